package dev.remit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.remit.core.lease.Broker;
import dev.remit.core.lease.Broker.Gone;
import dev.remit.core.lease.Broker.Lingering;
import dev.remit.core.lease.Broker.Made;
import dev.remit.core.lease.Broker.NotMade;
import dev.remit.core.lease.Credential;
import dev.remit.core.lease.Lease;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of {@link Broker}, run against the fake and against every real target. */
public abstract class BrokerContract {
  @SuppressWarnings("NullAway.Init") // set before each test
  private Target target;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Broker broker;

  /** A fresh target for one test. */
  protected abstract Target newTarget();

  /** What the suite needs to know of a target. */
  public interface Target extends AutoCloseable {
    /** The broker under test. */
    Broker broker();

    /** A lease of this installation that ends in the future; equal names give equal principals. */
    Lease lease(String name);

    /** The same lease, already over. */
    Lease over(String name);

    /** Whether the target lets a holder of this credential do what its scope says. */
    boolean works(Credential credential);

    /** Whether principals have names at the target, so that they can be listed. */
    boolean hasNames();

    /** Whether the principal's name is enough to revoke, also where nothing can be listed. */
    default boolean endsByName() {
      return hasNames();
    }

    /** Whether ending takes the target, so that it has to wait for one that is away. */
    default boolean endsAtTarget() {
      return true;
    }

    /** A principal of somebody else at the target; its name. */
    String foreign();

    /** Whether the foreign principal is still there. */
    boolean isForeignThere();

    /** The target is away. */
    void takeAway();

    /** The target is back with all it had. */
    void bringBack();

    /** The broker may no longer make principals. */
    void withdrawRights();

    /** All ends are past. */
    void passEnds();

    /** The secret inside a credential. */
    String secret(Credential credential);

    @Override
    void close();
  }

  @BeforeEach
  final void open() {
    target = newTarget();
    broker = target.broker();
  }

  @AfterEach
  final void close() {
    target.close();
  }

  private Credential issue(Lease lease) {
    if (broker.issue(lease) instanceof Made(Credential credential)) {
      return credential;
    }
    throw new AssertionError("no credential was made");
  }

  @Test
  void aCredentialWorksUnderItsLeasesName() {
    var lease = target.lease("a");
    var credential = issue(lease);
    assertThat(credential.principal()).isEqualTo(lease.principal());
    assertThat(target.works(credential)).isTrue();
  }

  @Test
  void aCredentialNeverShowsItsSecret() {
    var credential = issue(target.lease("a"));
    assertThat(credential.toString()).doesNotContain(target.secret(credential));
  }

  @Test
  void aCredentialTellsTheCheckWhatMustNotTravel() {
    var credential = issue(target.lease("a"));
    assertThat(credential.secrets()).contains(target.secret(credential));
  }

  @Test
  void aRevokedCredentialIsGoneAndRefused() {
    var lease = target.lease("a");
    var credential = issue(lease);
    assertThat(broker.revoke(lease, Optional.of(credential))).isInstanceOf(Gone.class);
    assertThat(target.works(credential)).isFalse();
  }

  @Test
  void revokingTwiceIsSuccess() {
    var lease = target.lease("a");
    var credential = issue(lease);
    broker.revoke(lease, Optional.of(credential));
    assertThat(broker.revoke(lease, Optional.of(credential))).isInstanceOf(Gone.class);
  }

  @Test
  void revokingOneLeavesTheOther() {
    var first = target.lease("a");
    var credential = issue(first);
    var other = issue(target.lease("b"));
    broker.revoke(first, Optional.of(credential));
    assertThat(target.works(other)).isTrue();
  }

  @Test
  void afterACrashTheNameAloneDoesOrTheEndDoes() {
    var lease = target.lease("a");
    var credential = issue(lease);
    var ended = broker.revoke(lease, Optional.empty());
    if (target.endsByName()) {
      assertThat(ended).isInstanceOf(Gone.class);
      assertThat(target.works(credential)).isFalse();
    } else {
      assertThat(ended).isInstanceOf(Lingering.class);
      target.passEnds();
      assertThat(broker.revoke(lease, Optional.empty())).isInstanceOf(Gone.class);
      assertThat(target.works(credential)).isFalse();
    }
  }

  @Test
  void revokingWhatNeverWasIsSuccessInTheEnd() {
    var lease = target.lease("a");
    if (!target.endsByName()) {
      target.passEnds();
    }
    assertThat(broker.revoke(lease, Optional.empty())).isInstanceOf(Gone.class);
  }

  @Test
  void aLeasePastItsEndGivesNothingThatWorks() {
    var issued = broker.issue(target.over("a"));
    if (issued instanceof Made(Credential credential)) {
      assertThat(target.works(credential)).isFalse();
    } else {
      assertThat(issued).isInstanceOf(NotMade.class);
    }
  }

  @Test
  void nothingIsMadeWhileTheTargetIsAway() {
    target.takeAway();
    assertThat(broker.issue(target.lease("a"))).isNotInstanceOf(Made.class);
  }

  @Test
  void revocationLingersWhileTheTargetIsAwayAndEndsWhenItIsBack() {
    assumeTrue(target.endsAtTarget());
    var lease = target.lease("a");
    var credential = issue(lease);
    target.takeAway();
    assertThat(broker.revoke(lease, Optional.of(credential))).isInstanceOf(Lingering.class);
    target.bringBack();
    assertThat(broker.revoke(lease, Optional.of(credential))).isInstanceOf(Gone.class);
    assertThat(target.works(credential)).isFalse();
  }

  @Test
  void nothingIsMadeWithoutTheRight() {
    target.withdrawRights();
    assertThat(broker.issue(target.lease("a"))).isInstanceOf(NotMade.class);
  }

  @Test
  void anExistingPrincipalIsNeverAdopted() {
    assumeTrue(target.hasNames());
    var first = issue(target.lease("a"));
    assertThat(broker.issue(target.lease("a"))).isInstanceOf(NotMade.class);
    assertThat(target.works(first)).isTrue();
  }

  @Test
  void onlyPrincipalsOfThisInstallationAreListed() {
    assumeTrue(target.hasNames());
    var lease = target.lease("a");
    var credential = issue(lease);
    issue(target.lease("b"));
    assertThat(broker.present())
        .containsExactlyInAnyOrder(lease.principal(), target.lease("b").principal())
        .doesNotContain(target.foreign());
    broker.revoke(lease, Optional.of(credential));
    assertThat(broker.present()).containsExactly(target.lease("b").principal());
  }

  @Test
  void aPrincipalWithoutLeaseIsRemovedByName() {
    assumeTrue(target.hasNames());
    var credential = issue(target.lease("a"));
    assertThat(broker.remove(credential.principal())).isInstanceOf(Gone.class);
    assertThat(target.works(credential)).isFalse();
    assertThat(broker.remove(credential.principal())).isInstanceOf(Gone.class);
  }

  @Test
  void hostileCase33AForeignPrincipalIsNeverRemoved() {
    assumeTrue(target.hasNames());
    assertThat(broker.remove(target.foreign())).isInstanceOf(Lingering.class);
    assertThat(target.isForeignThere()).isTrue();
  }
}

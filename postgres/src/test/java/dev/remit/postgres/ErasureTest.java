package dev.remit.postgres;

import static dev.remit.postgres.World.HARBOR;
import static dev.remit.postgres.World.NORTH;
import static dev.remit.postgres.World.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.approval.Asker;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Subject;
import dev.remit.core.custody.CustodyCase;
import dev.remit.core.evidence.Bodies.Due;
import dev.remit.core.evidence.Bodies.Hold;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Journal;
import dev.remit.core.evidence.ProposalLedger;
import dev.remit.core.identity.PersonId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import dev.remit.log.Ed25519Signer;
import dev.remit.log.KeyName;
import dev.remit.log.TrustedKeys;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bodies go by the rule or by an approval, and by nothing else. */
class ErasureTest {

  private static final Instant LATER = NOW.plus(Duration.ofDays(500));
  private static final Instant BEFORE = LATER.minus(Duration.ofDays(400));

  private final World world = new World();
  private final PostgresBodies bodies = new PostgresBodies(world.database);
  private final Ed25519Signer key =
      Ed25519Signer.generate(new KeyName("remit/lab"), new SecureRandom());
  private int count;

  @BeforeEach
  void fill() {
    for (int i = 0; i < 3; i++) {
      world.journal.append(entry(HARBOR, Entry.Kind.REFUSAL, NOW, Value.Obj.EMPTY));
      world.journal.append(entry(NORTH, Entry.Kind.REFUSAL, NOW, Value.Obj.EMPTY));
    }
    integrate();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void integrate() {
    try (var integrator =
        new PostgresIntegrator(
            world.database,
            "lab",
            new LogSigning((of, point) -> point.sign(key), TrustedKeys.of(key.verifier())),
            InstantSource.fixed(NOW))) {
      assertThat(integrator.runOnce()).isPositive();
    }
  }

  private Entry entry(TenantId tenant, Entry.Kind kind, Instant at, Value.Obj fields) {
    return new Entry(
        "erasure-" + count++,
        tenant,
        kind,
        Optional.empty(),
        Optional.empty(),
        at,
        fields,
        Value.object("arguments", "secret of " + tenant),
        "00112233445566778899aabbccddeeff");
  }

  private Entry erased(Due due) {
    return entry(
        due.tenant(),
        Entry.Kind.BODIES_ERASED,
        LATER,
        Value.object("from", due.first(), "to", due.last(), "count", due.bodies()));
  }

  private List<Journal.Stored> read(TenantId tenant) {
    return world.journal.read(
        new Journal.Query(tenant, 0, 100, Optional.empty(), Optional.empty(), Optional.empty()));
  }

  private long withBody(TenantId tenant) {
    return read(tenant).stream().filter(stored -> !stored.isErased()).count();
  }

  private Due due() {
    return bodies.due(HARBOR, BEFORE, 1_000).orElseThrow();
  }

  private void hold() {
    bodies.order(
        new Hold(HARBOR, "hold-1", "staff/ann", "a lawsuit", NOW),
        entry(HARBOR, Entry.Kind.LEGAL_HOLD_SET, NOW, Value.Obj.EMPTY));
  }

  private Proposal proposal(Subject.OfBodies.Act act, String what) {
    var subject =
        new Subject.OfBodies(
            act, HARBOR, what, new Asker(new PersonId("staff", "ann"), Optional.empty()), "asked");
    var proposal = CustodyCase.proposal(new ProposalId("proposal-" + count++), subject, NOW);
    return world
        .proposals
        .propose(
            proposal,
            new ProposalLedger.Caps(100, 100),
            Optional.empty(),
            entry(HARBOR, Entry.Kind.PROPOSED, NOW, Value.Obj.EMPTY))
        .orElseThrow();
  }

  private boolean eraseOne(String what, Proposal granted) {
    return bodies.erase(
        what,
        granted,
        entry(HARBOR, Entry.Kind.PROPOSAL_GRANTED, NOW, Value.Obj.EMPTY),
        entry(HARBOR, Entry.Kind.BODIES_ERASED, NOW, Value.object("entry", what)));
  }

  @Test
  void whatIsPastTheRuleGoesWithItsSaltAndTheLeafStays() {
    var leaves = read(HARBOR).stream().map(Journal.Stored::leaf).toList();
    var due = due();
    assertThat(due.bodies()).isEqualTo(3);
    assertThat(bodies.erase(due, erased(due))).isTrue();
    assertThat(read(HARBOR).subList(0, 3))
        .allMatch(Journal.Stored::isErased)
        .allMatch(stored -> stored.body().isEmpty());
    assertThat(read(HARBOR).subList(0, 3)).extracting(Journal.Stored::leaf).isEqualTo(leaves);
    assertThat(read(HARBOR).getLast().leaf()).contains("bodies-erased");
    assertThat(withBody(NORTH)).isEqualTo(3);
    assertThat(
            TestDatabase.count(
                world.at.admin(),
                "select count(*) from remit.entry where tenant = 'harbor-dental'"
                    + " and body like '%secret%' and kind = 'refusal'"))
        .isZero();
  }

  @Test
  void whatIsYoungerStaysAndIsNotDue() {
    assertThat(bodies.due(HARBOR, NOW, 1_000)).isEmpty();
    assertThat(withBody(HARBOR)).isEqualTo(3);
  }

  @Test
  void theLastDaysAreSparedWhateverSomebodyAsks() {
    var due = new Due(HARBOR, 0, 2, 3, LATER.minus(Duration.ofDays(29)));
    assertThatThrownBy(() -> bodies.erase(due, erased(due)))
        .hasStackTraceContaining("spares the last 30 days");
    assertThat(withBody(HARBOR)).isEqualTo(3);
  }

  @Test
  void anErasureThatSaysLessThanItDoesIsRefused() {
    var due = due();
    for (var lie :
        List.of(
            new Due(HARBOR, 0, 0, 1, BEFORE),
            new Due(HARBOR, 0, 2, 1, BEFORE),
            new Due(HARBOR, 1, 2, 2, BEFORE))) {
      assertThatThrownBy(() -> bodies.erase(due, erased(lie))).hasStackTraceContaining("erasure");
    }
    assertThatThrownBy(() ->
            bodies.erase(due, entry(HARBOR, Entry.Kind.READ, LATER, Value.object("from", 0L))))
        .hasStackTraceContaining("erasure");
    assertThat(withBody(HARBOR)).isEqualTo(3);
  }

  @Test
  void whileAHoldIsInForceNothingGoesAndNothingIsDue() {
    var due = due();
    hold();
    assertThat(bodies.due(HARBOR, BEFORE, 1_000)).isEmpty();
    assertThat(bodies.erase(due, erased(due))).isFalse();
    assertThat(eraseOne("erasure-0", proposal(Subject.OfBodies.Act.ERASE, "erasure-0"))).isFalse();
    assertThat(read(HARBOR).subList(0, 3)).noneMatch(Journal.Stored::isErased);
    assertThat(bodies.holds(HARBOR)).extracting(Hold::id).containsExactly("hold-1");
    assertThat(bodies.holds(NORTH)).isEmpty();
  }

  @Test
  void aHoldIsLiftedByItsProposalAloneAndOnce() {
    hold();
    var other = proposal(Subject.OfBodies.Act.ERASE, "hold-1");
    assertThat(lifted(other)).isFalse();
    var granted = proposal(Subject.OfBodies.Act.LIFT_HOLD, "hold-1");
    assertThat(lifted(granted)).isTrue();
    assertThat(bodies.holds(HARBOR)).isEmpty();
    hold2();
    assertThat(lifted(granted)).isFalse();
  }

  private void hold2() {
    bodies.order(
        new Hold(HARBOR, "hold-2", "staff/ann", "another", NOW),
        entry(HARBOR, Entry.Kind.LEGAL_HOLD_SET, NOW, Value.Obj.EMPTY));
  }

  private boolean lifted(Proposal granted) {
    return bodies.lift(
        "hold-1",
        granted,
        NOW,
        entry(HARBOR, Entry.Kind.PROPOSAL_GRANTED, NOW, Value.Obj.EMPTY),
        entry(HARBOR, Entry.Kind.LEGAL_HOLD_LIFTED, NOW, Value.Obj.EMPTY));
  }

  @Test
  void oneBodyGoesByItsApprovalAloneAndOnce() {
    var granted = proposal(Subject.OfBodies.Act.ERASE, "erasure-0");
    assertThat(eraseOne("erasure-0", granted)).isTrue();
    assertThat(read(HARBOR).getFirst().isErased()).isTrue();
    assertThat(read(HARBOR).get(1).isErased()).isFalse();
    assertThatThrownBy(() -> eraseOne("erasure-2", granted)).hasStackTraceContaining("used up");
    assertThat(read(HARBOR).get(1).isErased()).isFalse();
    var lift = proposal(Subject.OfBodies.Act.LIFT_HOLD, "erasure-2");
    assertThat(eraseOne("erasure-2", lift)).isFalse();
    // That of another tenant is never found.
    assertThat(eraseOne("erasure-1", proposal(Subject.OfBodies.Act.ERASE, "erasure-1"))).isFalse();
    assertThat(withBody(NORTH)).isEqualTo(3);
  }

  @Test
  void nobodyWhoServesChangesAnEntryAndNobodyAtAllAnythingButItsBody() {
    assertThatThrownBy(() ->
            TestDatabase.run(
                world.at.serving(),
                "set remit.tenant = 'harbor-dental'",
                "update remit.entry set body = '{}', salt = ''"))
        .hasStackTraceContaining("permission denied");
    for (var change :
        List.of(
            "leaf = '{}'",
            "body = '{\"arguments\":\"nicer\"}'",
            "body = '{}', salt = '', kind = 'read'",
            "salt = ''",
            "body = '{}'")) {
      assertThatThrownBy(
              () -> TestDatabase.run(world.at.admin(), "update remit.entry set " + change))
          .hasStackTraceContaining("nothing but its body");
    }
    var due = due();
    assertThat(bodies.erase(due, erased(due))).isTrue();
    assertThatThrownBy(() ->
            TestDatabase.run(
                world.at.admin(),
                "update remit.entry set body = '{\"arguments\":1}', salt = '00'"
                    + " where salt = ''"))
        .hasStackTraceContaining("nothing but its body");
  }

  @Test
  void anErasureThatWasDoneIsNotDoneAgain() {
    var due = due();
    assertThat(bodies.erase(due, erased(due))).isTrue();
    assertThat(bodies.erase(due, erased(due))).isFalse();
    assertThat(bodies.due(HARBOR, BEFORE, 1_000)).isEmpty();
  }
}

package dev.remit.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.identity.Authenticator.Authenticated;
import dev.remit.core.identity.Authenticator.Refused;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.EnforcementPoint;
import dev.remit.core.identity.EnforcementPointId;
import dev.remit.core.identity.WorkloadProof;
import dev.remit.core.release.OversightTerms;
import dev.remit.core.release.PolicyPeers;
import dev.remit.core.release.Release;
import dev.remit.core.release.Surroundings;
import dev.remit.core.tenant.TenantId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An enforcement point is proven like any workload, and is nothing beside. */
class EnforcementPointTest {

  private static final TestKey EC = TestKey.ec("ec");
  private static final TenantId HARBOR = new TenantId("harbor-dental");

  private final AuthenticatorFixture fixture = new AuthenticatorFixture(EC);

  @AfterEach
  void close() {
    fixture.close();
  }

  private static Release with(Release known, String issuer, String subject) {
    var id = new EnforcementPointId("gateway");
    var point =
        new EnforcementPoint(
            id, "owner", WorkloadProof.of(issuer, subject).unbound(), Set.of(HARBOR));
    return new Release(
        known.version(),
        known.organisation(),
        known.tenants(),
        known.agentClasses(),
        known.orchestrators(),
        known.taskClasses(),
        known.tools(),
        known.connectors(),
        known.ticketConnector(),
        known.people(),
        known.authors(),
        OversightTerms.DEFAULT,
        new PolicyPeers(Map.of(id, point), Optional.empty(), Map.of()),
        Surroundings.NONE);
  }

  @Test
  void aGoodTokenProvesItWithItsTenants() {
    fixture.release = () -> with(TestReleases.of(List.of()), TestToken.ISSUER, TestToken.SUBJECT);
    assertThat(fixture.authenticate(TestToken.by(EC).text()))
        .isInstanceOfSatisfying(
            Authenticated.class,
            proven -> {
              var point = (Caller.EnforcementPoint) proven.caller();
              assertThat(point.name()).isEqualTo("enforcement-point/gateway");
              assertThat(point.tenants()).containsExactly(HARBOR);
              assertThat(point.isBound()).isFalse();
            });
  }

  @Test
  void aSubjectThatIsAnAgentTooIsNeither() {
    var desk = TestReleases.agent(TestReleases.DESK, TestToken.SUBJECT);
    fixture.release =
        () -> with(TestReleases.of(List.of(desk)), TestToken.ISSUER, TestToken.SUBJECT);
    assertThat(fixture.authenticate(TestToken.by(EC).text()))
        .isEqualTo(new Refused("the token's subject is registered more than once"));
  }

  @Test
  void anotherIssuersSubjectOfThatNameIsNobody() {
    fixture.release =
        () -> with(TestReleases.of(List.of()), "https://other.example", TestToken.SUBJECT);
    assertThat(fixture.authenticate(TestToken.by(EC).text()))
        .isEqualTo(new Refused("the token's subject is not registered"));
  }
}

package dev.remit.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AgentClass.WorkloadIdentity;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.Autonomy;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.identity.SpiffeId;
import dev.remit.core.identity.WorkloadProof;
import dev.remit.core.identity.WorkloadProof.OfSpiffe;
import dev.remit.core.tenant.Environment;
import dev.remit.core.tenant.TenantId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One proof for several agents is one workload only where all that it can do is look. */
class TriageProofTest {

  private static final SpiffeId ID = SpiffeId.parse("spiffe://agents.example/reader");
  private static final WorkloadProof PROOF = WorkloadProof.of(new OfSpiffe(ID));
  private static final String HERE = "reader/harbor-dental/production/observe";
  private static final String THERE = "reader/northwind-legal/production/observe";

  private static AgentClass agentClass(String name, WorkloadProof proof, String... agents) {
    return new AgentClass(
        new AgentClassId(name),
        "owner",
        "purpose",
        "none",
        Set.of(),
        Arrays.stream(agents)
            .map(agent -> new WorkloadIdentity(proof, AgentId.parse(agent)))
            .toList(),
        Autonomy.of(AutonomyLevel.PROPOSE));
  }

  private static List<Workloads.Workload> found(AgentClass... classes) {
    return Workloads.of(TestReleases.of(List.of(classes))).find(ID);
  }

  @Test
  void whatLooksAtSeveralClientsIsOneCaller() {
    var known = found(agentClass("reader", PROOF, HERE, THERE));
    assertThat(known).hasSize(1);
    var workload = known.getFirst();
    assertThat(workload.acceptsUnbound()).isFalse();
    assertThat(workload.isWithin(Set.of(Environment.PRODUCTION))).isTrue();
    assertThat(workload.isWithin(Set.of(Environment.TEST, Environment.STAGING))).isFalse();
    var caller =
        (Caller.Triage)
            workload.caller(new InstanceId("k"), true, Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(caller.parts()).extracting(Caller.Agent::name).containsExactly(HERE, THERE);
    assertThat(caller.parts()).allMatch(part -> part.instance().equals(caller.instance()));
    assertThat(caller.at(new TenantId("summit-freight"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "reader/harbor-dental/production/observe, reader/northwind-legal/production/change",
    "reader/harbor-dental/production/change, reader/northwind-legal/production/change",
    "reader/harbor-dental/production/observe, reader/northwind-legal/test/observe",
    "reader/harbor-dental/production/observe, reader/harbor-dental/production/destructive",
    "reader/harbor-dental/production/observe, reader/harbor-dental/production/observe",
  })
  void whatCouldDoMoreOrElsewhereIsNobody(String one, String other) {
    assertThat(found(agentClass("reader", PROOF, one, other))).hasSize(2);
  }

  @Test
  void withoutAKeyItIsNobody() {
    assertThat(found(agentClass("reader", PROOF.unbound(), HERE, THERE))).hasSize(2);
  }

  @Test
  void agentsOfTwoClassesAreNeverOne() {
    assertThat(found(agentClass("reader", PROOF, HERE), agentClass("other", PROOF, THERE)))
        .hasSize(2);
    assertThat(
            found(
                agentClass("reader", PROOF, HERE, THERE),
                agentClass("desk", PROOF, "desk/harbor-dental/production/change")))
        .hasSize(2);
  }

  @Test
  void theLastClientButOneLeftMakesItAnOrdinaryAgent() {
    assertThat(found(agentClass("reader", PROOF, HERE)))
        .singleElement()
        .isInstanceOf(Workloads.OfAgent.class);
    assertThatThrownBy(() ->
            new Caller.Triage(
                new AgentClassId("reader"),
                Environment.PRODUCTION,
                Set.of(new TenantId("harbor-dental")),
                new InstanceId("k"),
                true,
                Instant.EPOCH))
        .isInstanceOf(IllegalStateException.class);
  }
}

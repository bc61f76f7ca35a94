package dev.remit.bench.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.value.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SaplPoliciesTest {

  @ParameterizedTest
  @ValueSource(ints = {10, 100, 1_000, 10_000})
  void thereAreAsManyPoliciesAsInCedarAndTwentyDeny(int size) {
    var workload = new Workload(size);
    var policies = SaplPolicies.of(workload);
    assertThat(policies).hasSameSizeAs(workload.text().lines().toList());
    assertThat(policies.stream().filter(policy -> policy.contains(" deny where "))).hasSize(20);
  }

  @Test
  void theFactsAreThoseOfTheCedarRequest() {
    var request = new Workload(100).request(17);
    var sapl = SaplPolicies.request(request);
    assertThat(sapl.get("action")).contains(Value.of(request.actionId()));
    assertThat(sapl.object("subject").flatMap(subject -> subject.text("tenant")))
        .contains(request.tenantId());
    assertThat(sapl.object("resource").flatMap(resource -> resource.text("tenant")))
        .contains(request.tenantId());
    assertThat(sapl.object("environment").orElseThrow().members().keySet())
        .isEqualTo(request.context().members().keySet());
  }

  @Test
  void whatMustBeRefusedDiffersFromWhatIsPermittedInOnePart() {
    var request = new Workload(100).request(17);
    var permitted = SaplPolicies.request(request);
    assertThat(SaplPolicies.refused(request))
        .hasSize(8)
        .allSatisfy(refused ->
            assertThat(refused.members().entrySet())
                .filteredOn(entry -> !permitted.members().containsValue(entry.getValue()))
                .hasSize(1));
  }
}

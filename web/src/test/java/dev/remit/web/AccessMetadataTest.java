package dev.remit.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.value.Value;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The discovery level and the transport requirements of the AuthZEN 1.0 certification scenario
 * (c-5, c-6), beside its 52 numbered sub-cases.
 */
class AccessMetadataTest {

  private static final String WELL_KNOWN = "/.well-known/authzen-configuration";

  @Test
  void theDocumentNamesEveryEndpointUnderTheConfiguredUrl() {
    try (var rig = rig()) {
      var document = get(rig, WELL_KNOWN);
      assertThat(document.text("policy_decision_point")).contains("https://pdp.example");
      assertEndpoints(document, "https://pdp.example");
    }
  }

  @Test
  void eachTenantHasADocumentOfItsOwn() {
    try (var rig = rig()) {
      var document = get(rig, WELL_KNOWN + "/tenants/harbor-dental");
      assertThat(document.text("policy_decision_point"))
          .contains("https://pdp.example/tenants/harbor-dental");
      assertEndpoints(document, "https://pdp.example/tenants/harbor-dental");
    }
  }

  @Test
  void aDocumentDoesNotTellWhetherATenantExists() {
    try (var rig = rig()) {
      var known = get(rig, WELL_KNOWN + "/tenants/harbor-dental").members().keySet();
      assertThat(get(rig, WELL_KNOWN + "/tenants/nobody").members().keySet()).isEqualTo(known);
      assertThat(status(rig, WELL_KNOWN + "/tenants/_operator")).isEqualTo(404);
      assertThat(status(rig, WELL_KNOWN + "/tenants/A")).isEqualTo(404);
    }
  }

  @Test
  void theEndpointsOfTheDocumentAnswer() {
    try (var rig = rig()) {
      var body =
          "{\"subject\":{\"type\":\"user\",\"id\":\"alice\"},"
              + "\"action\":{\"name\":\"read\"},"
              + "\"resource\":{\"type\":\"record\",\"id\":\"record-1\"}}";
      for (String before : List.of("", "/tenants/harbor-dental")) {
        assertThat(AccessRig.decision(rig.ask(before + "/access/v1/evaluation", body))).isTrue();
      }
    }
  }

  private static void assertEndpoints(Value.Obj document, String base) {
    for (var endpoint :
        Map.of(
                "access_evaluation_endpoint", "/access/v1/evaluation",
                "access_evaluations_endpoint", "/access/v1/evaluations",
                "search_subject_endpoint", "/access/v1/search/subject",
                "search_resource_endpoint", "/access/v1/search/resource",
                "search_action_endpoint", "/access/v1/search/action")
            .entrySet()) {
      assertThat(document.text(endpoint.getKey())).contains(base + endpoint.getValue());
    }
  }

  private static AccessRig rig() {
    var config = WireConfig.loopback(0, 0).with(Rig.QUICK);
    return new AccessRig(
        CedarAdvisor.of("certification"),
        new WireConfig(
            config.machines(),
            config.people(),
            config.limits(),
            Optional.of(URI.create("https://pdp.example")),
            List.of(),
            Optional.empty()));
  }

  private static int status(AccessRig rig, String path) {
    return rig.rig.get(URI.create(rig.rig.web.machinesUrl() + path), Map.of()).status();
  }

  private static Value.Obj get(AccessRig rig, String path) {
    var reply = rig.rig.get(URI.create(rig.rig.web.machinesUrl() + path), Map.of());
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    return reply.json();
  }
}

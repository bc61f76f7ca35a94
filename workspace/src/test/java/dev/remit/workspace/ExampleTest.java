package dev.remit.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.call.Tool;
import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AgentClass.WorkloadIdentity;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.Grade;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.identity.Orchestrator;
import dev.remit.core.identity.WorkloadProof;
import dev.remit.core.release.Release;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.tenant.TenantId;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ExampleTest {
  private static final Release RELEASE = Example.loaded().release();

  private static Tool tool(String name) {
    return Objects.requireNonNull(RELEASE.tools().get(name), name);
  }

  @Test
  void theExampleMeansThreeTenantsFiveConnectorsAndFiveThatAreDeclared() {
    assertThat(RELEASE.organisation()).isEqualTo("example-msp");
    assertThat(RELEASE.tenants().keySet())
        .extracting(TenantId::value)
        .containsExactlyInAnyOrder("harbor-dental", "northwind-legal", "summit-freight");
    assertThat(RELEASE.connectors().keySet())
        .extracting(ConnectorId::value)
        .containsExactlyInAnyOrder(
            "rmm",
            "assets",
            "psa",
            "monitoring",
            "directory",
            "scripts",
            "edr",
            "edge",
            "secrets",
            "storage");
    assertThat(RELEASE.declaredOnly())
        .extracting(ConnectorId::value)
        .containsExactlyInAnyOrder("scripts", "edr", "edge", "secrets", "storage");
    assertThat(RELEASE.ticketConnector()).isEqualTo(new ConnectorId("rmm"));
    assertThat(RELEASE.tenantOf(new ConnectorId("rmm"), "2"))
        .contains(new TenantId("northwind-legal"));
  }

  @Test
  void subjectsOfAgentsAreThoseOfTheLab() {
    var desk = Objects.requireNonNull(RELEASE.agentClasses().get(new AgentClassId("service-desk")));
    assertThat(desk.identities())
        .extracting(ExampleTest::subject)
        .hasSize(6)
        .contains("service-desk.harbor-dental.production.change");
    assertThat(desk.identities())
        .allSatisfy(identity ->
            assertThat(subject(identity)).isEqualTo(identity.agent().text().replace('/', '.')));
    assertThat(RELEASE.orchestrators().values())
        .extracting(Orchestrator::proof)
        .containsExactly(WorkloadProof.of("lab", "dispatcher"));
  }

  @Test
  void oneAgentShowsNoKey() {
    assertThat(RELEASE.agentClasses().values())
        .flatExtracting(AgentClass::identities)
        .filteredOn(identity -> identity.proof().acceptsUnbound())
        .extracting(WorkloadIdentity::agent)
        .containsExactly(AgentId.parse("asset-clerk/harbor-dental/production/observe"));
    assertThat(RELEASE.orchestrators().values())
        .noneMatch(orchestrator -> orchestrator.proof().acceptsUnbound());
    assertThat(RELEASE.peers().enforcementPoints().values())
        .noneMatch(point -> point.proof().acceptsUnbound());
  }

  private static String subject(WorkloadIdentity identity) {
    return ((WorkloadProof.OfSubject) identity.proof().match()).subject();
  }

  @Test
  void toolsCarryTheirGradeTargetsAndSettings() {
    var restart = tool("rmm_restart_service");
    assertThat(restart.effect()).isEqualTo(Grade.LOW);
    assertThat(restart.targets())
        .containsExactly(new Tool.TargetArgument("device", new ConnectorId("rmm"), "device"));
    assertThat(restart.settings().members()).containsOnlyKeys("request", "completion", "read-back");
    assertThat(restart.pin()).matches("sha256:[0-9a-f]{64}");
    assertThat(restart.inputSchema().get("additionalProperties"))
        .contains(dev.remit.core.value.Value.of(false));
    assertThat(tool("rmm_get_ticket").proof()).isEqualTo(Tool.Proof.ANSWER);
    assertThat(tool("rmm_list_services").isContentTrusted()).isFalse();
    assertThat(tool("rmm_reboot_device").effect()).isEqualTo(Grade.HIGH);
  }

  @Test
  void aToolThatIsOnlyDeclaredIsShownToNobody() {
    var id = AgentId.parse("security-desk/harbor-dental/production/change");
    var caller = new Caller.Agent(id, new InstanceId("x"), true, Instant.EPOCH.plusSeconds(60));
    assertThat(RELEASE.tools()).containsKeys("scripts_run_script", "edr_isolate_endpoint");
    assertThat(RELEASE.toolsOf(caller)).extracting(Tool::name).containsExactly("rmm_get_device");
    assertThat(RELEASE.toolOf(caller, "scripts_run_script")).isEmpty();
  }

  @Test
  void aPinChangesWithItsOperationOnly() throws IOException {
    var files = new TreeMap<>(Example.files());
    var text =
        new String(files.get("connectors/rmm.yaml"), java.nio.charset.StandardCharsets.UTF_8);
    files.put(
        "connectors/rmm.yaml",
        text.replace("within: 3s", "within: 4s").getBytes(java.nio.charset.StandardCharsets.UTF_8));
    var changed = loaded(files).release();
    assertThat(changed.tools().get("rmm_restart_service"))
        .isNotEqualTo(tool("rmm_restart_service"))
        .extracting(tool -> Objects.requireNonNull(tool).pin())
        .isNotEqualTo(tool("rmm_restart_service").pin());
    assertThat(changed.tools().get("rmm_get_device")).isEqualTo(tool("rmm_get_device"));
  }

  @Test
  void storedFilesMeanWhatTheFolderMeans() throws IOException {
    assertThat(loaded(Example.files()).release()).isEqualTo(RELEASE);
    assertThat(loaded(Example.files()).version()).isEqualTo(RELEASE.version());
  }

  @Test
  void theVersionCoversEveryByteAndEveryName() throws IOException {
    var files = new TreeMap<>(Example.files());
    files.put("README.md", "hello".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    var more = loaded(files).version();
    assertThat(more).isNotEqualTo(RELEASE.version());
    files.put("README.md", "hellO".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(loaded(files).version()).isNotEqualTo(more);
  }

  @Test
  void everyConditionIsCompiledWithItsLine() {
    var policies = Example.loaded().policies();
    assertThat(policies.find("ask.restart-service.critical-host").orElseThrow().origin())
        .hasToString("tasks/restart-service.yaml:12");
    assertThat(policies.find("msp.services").orElseThrow().isForbid()).isTrue();
    assertThat(policies.askRules())
        .containsKeys("restart-service.critical-host", "remit.unbound", "remit.autonomy");
  }

  private static LoadedWorkspace loaded(java.util.Map<String, byte[]> files) {
    return switch (new Workspaces().load(files)) {
      case WorkspaceResult.Loaded(LoadedWorkspace workspace) -> workspace;
      case WorkspaceResult.Refused refused -> throw new AssertionError(refused.text());
    };
  }

  @Test
  void aTemplateIsInOrder() {
    assertThat(Example.problems(WorkspaceTemplate.files())).isEqualTo(List.of());
  }
}

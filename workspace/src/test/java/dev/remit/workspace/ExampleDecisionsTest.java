package dev.remit.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.call.Call;
import dev.remit.core.call.CallId;
import dev.remit.core.decision.Decision;
import dev.remit.core.decision.Decision.Deny;
import dev.remit.core.decision.Decision.NeedsApproval;
import dev.remit.core.decision.Decision.Permit;
import dev.remit.core.decision.Question;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.release.Release;
import dev.remit.core.target.TargetRecord;
import dev.remit.core.target.TargetRef;
import dev.remit.core.task.Ground;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskClass.AskRule;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import dev.remit.policy.CedarDecisionPoint;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the example says about the calls of the demo, for agents whose tokens are not bound. */
class ExampleDecisionsTest {
  private static final LoadedWorkspace WORKSPACE = Example.loaded();
  private static final Release RELEASE = WORKSPACE.release();
  private static final CedarDecisionPoint POINT =
      new CedarDecisionPoint(RELEASE, WORKSPACE.policies());
  private static final Instant AT = Instant.parse("2026-01-05T12:00:00Z");

  private static Decision decide(
      String agent, String taskClass, String toolName, TargetRecord target, Value.Obj arguments) {
    var id = AgentId.parse(agent);
    var tool = Objects.requireNonNull(RELEASE.tools().get(toolName));
    var ticket =
        new Ground(RELEASE.ticketConnector(), "5001", id.tenant(), "p", true, true, "printer");
    var task =
        new Task(
            new TaskId("t"),
            id.tenant(),
            id.environment(),
            id,
            Optional.empty(),
            taskClass,
            ticket,
            Set.of(target.ref()),
            Set.of(toolName),
            5,
            AT,
            AT.plusSeconds(600),
            Task.State.OPEN,
            new Task.Prompt("", ""));
    var caller = new Caller.Agent(id, new InstanceId("unbound:x"), false, AT.plusSeconds(60));
    var call = new Call(new CallId("c"), caller, task, tool, arguments, List.of(target));
    var connector = Objects.requireNonNull(RELEASE.connectors().get(tool.connector()));
    return POINT.decide(
        new Question(
            call,
            Objects.requireNonNull(RELEASE.agentClasses().get(id.agentClass())),
            Objects.requireNonNull(RELEASE.taskClasses().get(taskClass)),
            Objects.requireNonNull(RELEASE.tenants().get(id.tenant())),
            connector.scopeTruth(),
            Optional.of(target),
            Set.of(),
            AT));
  }

  private static TargetRecord device(String tenant, String id, String role, int site) {
    return new TargetRecord(
        new TargetRef(RELEASE.ticketConnector(), "device", id),
        new TenantId(tenant),
        Value.object("role", role, "class", "WINDOWS_SERVER", "site", site, "name", "X"),
        Set.of("role"),
        "1",
        AT);
  }

  private static Decision restart(TargetRecord target, String service) {
    return decide(
        "service-desk/" + target.tenant() + "/production/change",
        "restart-service",
        "rmm_restart_service",
        target,
        Value.object("device", target.ref().id(), "service", service));
  }

  @Test
  void aServiceOnAWorkstationIsRestartedAlone() {
    assertThat(restart(device("harbor-dental", "1001", "workstation", 11), "Spooler"))
        .isInstanceOf(Permit.class);
  }

  @Test
  void onCriticalHostsPeopleOfBothSidesAreAsked() {
    for (String role : List.of("domain-controller", "hypervisor", "database")) {
      assertThat(restart(device("harbor-dental", "1010", role, 11), "Spooler"))
          .isInstanceOfSatisfying(
              NeedsApproval.class,
              asks -> {
                assertThat(asks.rules())
                    .extracting(AskRule::id)
                    .containsExactly("restart-service.critical-host");
                assertThat(asks.rules().getFirst().from()).hasSize(2);
              });
    }
  }

  @Test
  void aServiceOffTheListIsATechniciansWork() {
    assertThat(restart(device("harbor-dental", "1001", "workstation", 11), "NTDS"))
        .isInstanceOfSatisfying(
            Deny.class, deny -> assertThat(deny.determining()).contains("msp.services"));
  }

  @Test
  void theArchiveOfOneClientIsLeftAloneAndNoOtherClientNotices() {
    assertThat(restart(device("northwind-legal", "2004", "workstation", 22), "Spooler"))
        .isInstanceOf(Deny.class);
    assertThat(restart(device("summit-freight", "3004", "workstation", 22), "Spooler"))
        .isInstanceOf(Permit.class);
  }

  @Test
  void aDeviceOfAnotherClientIsAMismatch() {
    var foreign = device("northwind-legal", "2001", "workstation", 21);
    assertThat(
            decide(
                "service-desk/harbor-dental/production/observe",
                "read-device-health",
                "rmm_get_device",
                foreign,
                Value.object("device", "2001")))
        .isInstanceOfSatisfying(
            Deny.class, deny -> assertThat(deny.reason()).isEqualTo(ReasonCode.TENANT_MISMATCH));
  }

  @Test
  void aScanGoesAloneAndARebootWaits() {
    var workstation = device("harbor-dental", "1004", "workstation", 11);
    assertThat(
            decide(
                "service-desk/harbor-dental/production/change",
                "scan-patches",
                "rmm_scan_patches",
                workstation,
                Value.object("device", "1004")))
        .isInstanceOf(Permit.class);
    assertThat(
            decide(
                "service-desk/harbor-dental/production/change",
                "reboot-device",
                "rmm_reboot_device",
                workstation,
                Value.object("device", "1004", "reason", "hangs")))
        .isInstanceOfSatisfying(
            NeedsApproval.class,
            asks ->
                assertThat(asks.rules())
                    .extracting(AskRule::id)
                    .containsExactly(
                        "reboot-device.outside-maintenance", "remit.autonomy", "remit.unbound"));
  }

  @Test
  void anObserveIdentityRestartsNothing() {
    var target = device("harbor-dental", "1001", "workstation", 11);
    assertThat(
            decide(
                "service-desk/harbor-dental/production/observe",
                "restart-service",
                "rmm_restart_service",
                target,
                Value.object("device", "1001", "service", "Spooler")))
        .isInstanceOf(Deny.class);
  }
}

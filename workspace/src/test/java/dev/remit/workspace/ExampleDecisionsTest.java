package dev.remit.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.decision.Decision;
import dev.remit.core.decision.Decision.Deny;
import dev.remit.core.decision.Decision.NeedsApproval;
import dev.remit.core.decision.Decision.Permit;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.target.TargetRecord;
import dev.remit.core.target.TargetRef;
import dev.remit.core.task.TaskClass.AskRule;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the example says about the calls of the demo, for agents whose tokens are not bound. */
class ExampleDecisionsTest {
  private static TargetRecord device(String tenant, String id, String role, int site) {
    return new TargetRecord(
        new TargetRef(new ConnectorId("rmm"), "device", id),
        new TenantId(tenant),
        Value.object(
            "role",
            role,
            "class",
            "WINDOWS_SERVER",
            "site",
            site,
            "name",
            "X",
            "users",
            0,
            "backup",
            "idle"),
        Set.of("role"),
        "1",
        ExampleCalls.AT);
  }

  private static Decision restart(TargetRecord target, String service) {
    return ExampleCalls.decide(
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
            ExampleCalls.decide(
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
            ExampleCalls.decide(
                "service-desk/harbor-dental/production/change",
                "scan-patches",
                "rmm_scan_patches",
                workstation,
                Value.object("device", "1004")))
        .isInstanceOf(Permit.class);
    assertThat(
            ExampleCalls.decide(
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
            ExampleCalls.decide(
                "service-desk/harbor-dental/production/observe",
                "restart-service",
                "rmm_restart_service",
                target,
                Value.object("device", "1001", "service", "Spooler")))
        .isInstanceOf(Deny.class);
  }
}

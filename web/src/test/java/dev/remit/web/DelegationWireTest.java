package dev.remit.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.value.Value;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Work that is handed on, through the wire. */
class DelegationWireTest {

  private final Rig rig = new Rig();

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void workIsHandedOnByAToolThatTellsWhereItComesFrom() {
    tool(
        "remit_open_task",
        Value.object(
            "taskClass", "restart-service", "ticket", "4711", "targets", List.of("rmm/device/7")));
    var wish =
        Value.object(
            "parent", "task-1",
            "agent", "helper/harbor-dental/production/change",
            "taskClass", "restart-service",
            "calls", 2);
    var told = tool("remit_delegate", wish).result().object("structuredContent").orElseThrow();
    assertThat(told.text("parent")).contains("task-1");
    assertThat(told.items("chain")).hasSize(1);
    assertThat(rig.gateway.delegations.getFirst().calls()).contains(2);
    assertThat(rig.gateway.delegations.getFirst().actor()).isEmpty();
    for (var bad :
        List.of(
            wish.with("calls", Value.of(0)),
            wish.with("deadline", Value.of("tomorrow")),
            wish.with("instance", Value.of("mine")),
            wish.without("agent"))) {
      tool("remit_delegate", bad);
    }
    assertThat(rig.gateway.delegations).hasSize(1);
  }

  private Rig.Reply tool(String name, Value.Obj arguments) {
    return rig.legacy("tools/call", Value.object("name", name, "arguments", arguments));
  }
}

package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.CLERK;
import static dev.remit.testkit.flow.FlowRelease.DESK;
import static dev.remit.testkit.flow.FlowRelease.EXPORT;
import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.HEALTH;
import static dev.remit.testkit.flow.FlowRelease.NORTHWIND;
import static dev.remit.testkit.flow.FlowRelease.WIPE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.call.Tool;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.TaskResult;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.GradeFamily;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShownToolsTest {
  private static final List<String> DEVICES = List.of("1001", "1002", "1003", "2001", "9999", "");
  private final FlowWorld world = new FlowWorld();

  private List<String> shown(Caller.Agent caller) {
    return world.drivers().tools(caller).stream().map(Tool::name).toList();
  }

  @Test
  void anObserverIsShownReadsOnly() {
    var observer = world.agent(DESK, HARBOR, GradeFamily.OBSERVE, "o");
    assertThat(shown(observer))
        .containsExactly("rmm_compare", HEALTH, FlowRelease.MAIL, "rmm_services");
  }

  @Test
  void aToolThatNoTaskClassOfTheAgentNamesIsHidden() {
    assertThat(shown(world.desk)).contains(WIPE).doesNotContain(EXPORT);
    assertThat(shown(world.agent(CLERK, HARBOR, GradeFamily.DESTRUCTIVE, "c")))
        .containsExactly(EXPORT, HEALTH);
  }

  @Test
  void anUnknownClassIsShownNothing() {
    var stranger = world.agent(new AgentClassId("stranger"), HARBOR, GradeFamily.DESTRUCTIVE, "s");
    assertThat(shown(stranger)).isEmpty();
  }

  /** Policy permits all in this world: what is hidden must be refused by the drivers alone. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
  void aHiddenToolIsDeniedForEveryArgument(long seed) {
    var random = new Random(seed);
    var all = List.copyOf(FlowRelease.of("v1").tools().keySet());
    for (int i = 0; i < 60; i++) {
      var caller = caller(random);
      var task = task(caller, random);
      var shown = shown(caller);
      for (String tool : all) {
        world.watch.forget();
        var result = world.call(caller, tool, arguments(random), task);
        if (!shown.contains(tool)) {
          assertThat(result).isInstanceOf(CallResult.UnknownTool.class);
          assertThat(world.isAnythingSent()).isFalse();
        } else {
          assertThat(result).isNotInstanceOf(CallResult.UnknownTool.class);
        }
      }
      task.ifPresent(
          id -> world.drivers().closeTask(caller, id, dev.remit.core.task.Task.State.DONE));
    }
  }

  private Caller.Agent caller(Random random) {
    return world.agent(
        random.nextBoolean() ? DESK : CLERK,
        random.nextBoolean() ? HARBOR : NORTHWIND,
        List.of(GradeFamily.values()).get(random.nextInt(3)),
        "i" + random.nextInt(3));
  }

  private Optional<TaskId> task(Caller.Agent caller, Random random) {
    boolean isHarbor = caller.id().tenant().equals(HARBOR);
    var taskClass = List.of("service", "reading", "exports").get(random.nextInt(3));
    var result =
        world.wish(caller, taskClass, isHarbor ? "500" : "600", isHarbor ? "1001" : "2001");
    return result instanceof TaskResult.Told told
        ? Optional.of(told.task().id())
        : Optional.empty();
  }

  private static Value.Obj arguments(Random random) {
    var device = DEVICES.get(random.nextInt(DEVICES.size()));
    var arguments =
        switch (random.nextInt(4)) {
          case 0 -> Value.object("device", device);
          case 1 -> Value.object("devices", List.of(device, "1001"));
          case 2 -> Value.object("device", device, "service", "Spooler");
          default -> Value.Obj.EMPTY;
        };
    return random.nextBoolean()
        ? arguments.with("client", Value.of(new TenantId("harbor-dental").value()))
        : arguments;
  }
}

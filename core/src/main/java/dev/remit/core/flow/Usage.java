package dev.remit.core.flow;

import dev.remit.core.call.Call;
import dev.remit.core.call.Tool;
import dev.remit.core.delegation.Chain;
import dev.remit.core.evidence.Attempt;
import dev.remit.core.evidence.Intent;
import dev.remit.core.evidence.LimitUse;
import dev.remit.core.evidence.LimitUse.Form;
import dev.remit.core.identity.Grade;
import dev.remit.core.release.Release;
import dev.remit.core.task.Limit;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskClass;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Which counts a call goes into. */
final class Usage {

  private Usage() {}

  /** What an admitted call counts against. */
  static Intent.TaskUse of(Call call, TaskClass taskClass, Release release) {
    var task = call.task();
    var targets = call.targets().stream().map(target -> target.ref().text()).distinct().toList();
    var uses = new ArrayList<LimitUse>();
    covering(call.tool(), taskClass).forEach(limit -> add(uses, task, targets, limit));
    for (var above : Chain.of(release, call).orElse(List.of())) {
      covering(call.tool(), above.taskClass())
          .forEach(limit -> add(uses, above.call().task(), targets, limit));
    }
    return new Intent.TaskUse(
        task.id(),
        task.taskClass(),
        task.ground().ticket(),
        task.callLimit(),
        taskClass.limits().perTenantPerHour(),
        eachOnce(uses),
        task.hasReadUntrusted(),
        Chain.counted(release, task));
  }

  /** Two tasks of a chain may share a count: a call is one in it, under the lower limit. */
  private static List<LimitUse> eachOnce(List<LimitUse> uses) {
    var once = new LinkedHashMap<String, LimitUse>();
    uses.forEach(use ->
        once.merge(
            use.form() + " " + use.key(),
            use,
            (one, other) -> one.atMost() <= other.atMost() ? one : other));
    return List.copyOf(once.values());
  }

  /** What an attempt counts in that was refused, whatever it named. */
  static Attempt refused(Task task, Tool tool, TaskClass taskClass, Instant at) {
    var uses = new ArrayList<LimitUse>();
    covering(tool, taskClass).stream()
        .filter(Limit::countsRefused)
        .forEach(limit -> add(uses, task, List.of(), limit));
    var rates = uses.stream().filter(use -> use.form() == Form.CALLS).toList();
    return new Attempt(task.tenant(), taskClass.name(), rates, at);
  }

  private static List<Limit> covering(Tool tool, TaskClass taskClass) {
    boolean isEffect = tool.effect() != Grade.OBSERVE;
    return taskClass.limits().more().stream()
        .filter(limit -> limit.covers(tool.name(), isEffect))
        .toList();
  }

  private static void add(List<LimitUse> uses, Task task, List<String> targets, Limit limit) {
    if (limit.counted() == Limit.Counted.CALLS && limit.scope() == Limit.Scope.TARGET) {
      targets.forEach(target -> uses.add(use(Form.CALLS, limit, " " + target, List.of())));
      return;
    }
    var name =
        switch (limit.scope()) {
          case TASK -> " " + task.id().value();
          case TICKET -> " " + task.ground().connector() + "/" + task.ground().ticket();
          case AGENT -> " " + task.agent().text();
          case AGENT_CLASS -> " " + task.agent().agentClass().value();
          case TARGET, TENANT, FLEET -> "";
        };
    boolean isOfInstallation =
        limit.scope() == Limit.Scope.FLEET || limit.scope() == Limit.Scope.AGENT_CLASS;
    var members = isOfInstallation ? Form.FLEET_MEMBERS : Form.MEMBERS;
    uses.add(
        switch (limit.counted()) {
          case CALLS -> use(isOfInstallation ? Form.SHARE : Form.CALLS, limit, name, List.of());
          case TARGETS -> use(members, limit, name, targets);
          case TENANTS -> use(Form.FLEET_MEMBERS, limit, name, List.of(task.tenant().value()));
        });
  }

  private static LimitUse use(Form form, Limit limit, String name, List<String> members) {
    return new LimitUse(
        form, limit.key() + name, limit.atMost(), limit.window().orElse(Duration.ZERO), members);
  }
}

package dev.remit.policy;

import dev.remit.core.call.Tool;
import dev.remit.core.release.Release;
import dev.remit.core.task.TaskClass;
import dev.remit.core.task.TaskClass.AskRule;
import dev.remit.policy.CedarTokens.MalformedException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A task class as Cedar: one permit for its tools, and for each rule that asks one forbid that an
 * approval lifts. Tools that name no target act on the tenant itself and get policies of their own.
 */
final class TaskClassPolicies {
  private final PolicySource source;
  private final Consumer<Diagnostic> problems;

  TaskClassPolicies(PolicySource source, Consumer<Diagnostic> problems) {
    this.source = source;
    this.problems = problems;
  }

  List<PolicyText> all() {
    return source.release().taskClasses().values().stream()
        .sorted(Comparator.comparing(TaskClass::name))
        .flatMap(taskClass -> of(taskClass).stream())
        .toList();
  }

  private List<PolicyText> of(TaskClass taskClass) {
    var policies = new ArrayList<PolicyText>();
    String kind = Kinds.entityType(taskClass.targetKind());
    resource(policies, taskClass, kind, "", actions(source.release(), taskClass, false));
    resource(policies, taskClass, "Tenant", ".tenant", actions(source.release(), taskClass, true));
    return policies;
  }

  private void resource(
      List<PolicyText> policies,
      TaskClass taskClass,
      String type,
      String suffix,
      List<String> actions) {
    if (actions.isEmpty()) {
      return;
    }
    var head =
        "(\n  principal,\n  action in ["
            + actions.stream()
                .map(name -> "Action::\"" + name + "\"")
                .collect(Collectors.joining(", "))
            + "],\n  resource is "
            + type
            + "\n)\nwhen { context.task.class == \""
            + taskClass.name()
            + "\" }";
    permit(policies, taskClass, suffix, head);
    taskClass.ask().forEach(rule -> ask(policies, taskClass, rule, suffix, head));
  }

  private void permit(List<PolicyText> policies, TaskClass taskClass, String suffix, String head) {
    String id = PolicySource.permitId(taskClass.name());
    var origin = source.origin(id, taskClass.name());
    var text = "@id(\"" + id + suffix + "\")\npermit" + head;
    if (taskClass.when().isPresent()) {
      var condition = expand(taskClass.when().get(), origin);
      if (condition.isEmpty()) {
        return;
      }
      text += "\nwhen { (" + condition + ") }";
    }
    policies.add(new PolicyText(id + suffix, Layer.BASELINE, origin, text + ";", false));
  }

  private void ask(
      List<PolicyText> policies, TaskClass taskClass, AskRule rule, String suffix, String head) {
    String id = PolicySource.askId(rule.id());
    var origin = source.origin(id, taskClass.name());
    var condition = expand(rule.condition(), origin);
    if (condition.isEmpty()) {
      return;
    }
    String text =
        "@id(\""
            + id
            + suffix
            + "\")\n@ask(\""
            + rule.id()
            + "\")\nforbid"
            + head
            + "\nwhen { ("
            + condition
            + ") }\nunless { context.approvals.contains(\""
            + rule.id()
            + "\") };";
    policies.add(new PolicyText(id + suffix, Layer.BASELINE, origin, text, false));
  }

  /** The Cedar expression; empty after a problem was told. */
  private String expand(String condition, Origin origin) {
    try {
      var terms = PlainTerms.of(condition);
      for (String window : new TreeSet<>(terms.windows())) {
        if (!isWindow(window)) {
          problems.accept(
              origin.diagnostic(
                  "no tenant has a window `" + window + "`; declare it in a tenant's file"));
        }
      }
      return terms.expression();
    } catch (MalformedException e) {
      problems.accept(
          origin.diagnostic("condition `" + condition.strip() + "`: " + e.getMessage()));
      return "";
    }
  }

  private boolean isWindow(String name) {
    return source.release().tenants().values().stream()
        .anyMatch(tenant -> tenant.windows().stream().anyMatch(w -> w.name().equals(name)));
  }

  private static List<String> actions(Release release, TaskClass taskClass, boolean withoutTarget) {
    return taskClass.tools().stream()
        .sorted()
        .filter(name -> isWithoutTarget(release.tools().get(name)) == withoutTarget)
        .toList();
  }

  private static boolean isWithoutTarget(@org.jspecify.annotations.Nullable Tool tool) {
    return tool != null && tool.targets().isEmpty();
  }
}

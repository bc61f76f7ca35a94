package dev.remit.policy;

import dev.remit.core.call.Tool;
import dev.remit.core.task.TaskClass;
import dev.remit.core.task.TaskClass.AskRule;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.tenant.Window;
import dev.remit.policy.CedarTokens.MalformedException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A task class as Cedar: one permit for its tools, and for each rule that asks one forbid that an
 * approval lifts. What a tenant varies becomes a forbid of that tenant, but for a rule it does
 * without: that rule says so itself. Tools that name no target act on the tenant itself and get
 * policies of their own.
 */
final class TaskClassPolicies {
  private final PolicySource source;
  private final Consumer<Diagnostic> problems;
  private final List<PolicyText> policies = new ArrayList<>();
  private final Set<String> windows;

  TaskClassPolicies(PolicySource source, Consumer<Diagnostic> problems) {
    this.source = source;
    this.problems = problems;
    this.windows =
        source.release().tenants().values().stream()
            .flatMap(tenant -> tenant.windows().stream())
            .map(Window::name)
            .collect(Collectors.toSet());
  }

  List<PolicyText> all() {
    source.release().taskClasses().values().stream()
        .sorted(Comparator.comparing(TaskClass::name))
        .forEach(this::add);
    return policies;
  }

  /**
   * What the policies of a task class have in common.
   *
   * @param tenant the only tenant whose resources they are for, if they are
   */
  private record Head(
      TaskClass taskClass, String type, String suffix, Optional<TenantId> tenant, Layer layer) {
    Head in(TenantId one) {
      return new Head(taskClass, type, suffix, Optional.of(one), Layer.TENANT);
    }

    String text(Collection<String> actions) {
      var in = tenant.map(one -> " in Tenant::\"" + one.value() + "\"").orElse("");
      return "(\n  principal,\n  action in ["
          + actions.stream()
              .sorted()
              .map(name -> "Action::\"" + name + "\"")
              .collect(Collectors.joining(", "))
          + "],\n  resource is "
          + type
          + in
          + "\n)\nwhen { context.task.class == \""
          + taskClass.name()
          + "\" }";
    }
  }

  private void add(TaskClass taskClass) {
    String kind = Kinds.entityType(taskClass.targetKind());
    add(new Head(taskClass, kind, "", Optional.empty(), Layer.BASELINE), false);
    add(new Head(taskClass, "Tenant", ".tenant", Optional.empty(), Layer.BASELINE), true);
  }

  private void add(Head head, boolean isWithoutTarget) {
    var actions =
        head.taskClass().tools().stream()
            .filter(name -> isWithoutTarget(name) == isWithoutTarget)
            .toList();
    if (actions.isEmpty()) {
      return;
    }
    permit(head, head.text(actions));
    head.taskClass().ask().forEach(rule -> ask(head, rule, head.text(actions)));
    source.variations().stream()
        .filter(variation -> variation.taskClass().equals(head.taskClass().name()))
        .sorted(Comparator.comparing(variation -> variation.tenant().value()))
        .forEach(variation -> vary(head.in(variation.tenant()), variation, actions));
  }

  private void permit(Head head, String text) {
    String id = PolicySource.permitId(head.taskClass().name());
    var origin = source.origin(id, head.taskClass().name());
    var policy = "@id(\"" + id + head.suffix() + "\")\npermit" + text;
    if (head.taskClass().when().isPresent()) {
      var terms = expand(head.taskClass().when().get(), origin);
      if (terms.isEmpty()) {
        return;
      }
      policy += "\nwhen { (" + terms.get().expression() + ") }";
    }
    add(head, id, origin, policy);
  }

  private void ask(Head head, AskRule rule, String text) {
    String id = PolicySource.askId(rule.id());
    var origin = source.origin(id, head.taskClass().name());
    var terms = expand(rule.condition(), origin);
    if (terms.isEmpty()) {
      return;
    }
    var atMost = Optional.ofNullable(source.exceptions().get(rule.id()));
    var policy =
        "@id(\""
            + id
            + head.suffix()
            + "\")\n@ask(\""
            + rule.id()
            + "\")\n"
            + atMost.map(most -> "@exception(\"" + Spans.text(most) + "\")\n").orElse("")
            + "forbid"
            + text
            + "\nwhen { ("
            + terms.get().expression()
            + ") }\nunless { context.approvals.contains(\""
            + rule.id()
            + "\") }"
            + atMost
                .map(most -> "\nunless { context.exceptions.contains(\"" + rule.id() + "\") }")
                .orElse("")
            + without(rule);
    add(head, id, origin, policy);
  }

  /** The tenants that do without a rule of the baseline. */
  private String without(AskRule rule) {
    var tenants =
        source.variations().stream()
            .filter(variation -> variation.askWithout().contains(rule.id()))
            .map(variation -> "Tenant::\"" + variation.tenant().value() + "\"")
            .sorted()
            .toList();
    return tenants.isEmpty() ? "" : "\nunless { resource in [" + String.join(", ", tenants) + "] }";
  }

  private void vary(Head head, Variation variation, List<String> actions) {
    variation.ask().forEach(rule -> ask(head, rule, head.text(actions)));
    tools(head, variation, actions);
    variation.when().ifPresent(when -> when(head, when, head.text(actions)));
  }

  private void tools(Head head, Variation variation, List<String> actions) {
    var removed = actions.stream().filter(variation.toolsWithout()::contains).toList();
    if (!removed.isEmpty()) {
      String id = Variation.policyId(variation.taskClass(), variation.tenant(), "tools");
      add(head, id, origin(id, head), refusal(head, id, "outside-task") + head.text(removed));
    }
  }

  private void when(Head head, String when, String text) {
    String id = Variation.policyId(head.taskClass().name(), head.tenant().orElseThrow(), "when");
    var origin = origin(id, head);
    expand(when, origin)
        .ifPresent(terms -> {
          var reason = terms.windows().isEmpty() ? "outside-task" : "outside-window";
          add(
              head,
              id,
              origin,
              refusal(head, id, reason) + text + "\nunless { (" + terms.expression() + ") }");
        });
  }

  private static String refusal(Head head, String id, String reason) {
    return "@id(\"" + id + head.suffix() + "\")\n@reason(\"" + reason + "\")\nforbid";
  }

  private Origin origin(String id, Head head) {
    var known = source.origins().get(id);
    return known != null
        ? known
        : new Origin("tenants/" + head.tenant().map(TenantId::value).orElse("") + ".yaml", 1);
  }

  private void add(Head head, String id, Origin origin, String text) {
    policies.add(new PolicyText(id + head.suffix(), head.layer(), origin, text + ";", false));
  }

  /** The condition written out; empty after a problem was told. */
  private Optional<PlainTerms> expand(String condition, Origin origin) {
    try {
      var terms = PlainTerms.of(condition);
      for (String window : new TreeSet<>(terms.windows())) {
        if (!windows.contains(window)) {
          problems.accept(
              origin.diagnostic(
                  "no tenant has a window `" + window + "`; declare it in a tenant's file"));
        }
      }
      return Optional.of(terms);
    } catch (MalformedException e) {
      problems.accept(
          origin.diagnostic("condition `" + condition.strip() + "`: " + e.getMessage()));
      return Optional.empty();
    }
  }

  private boolean isWithoutTarget(String name) {
    Tool tool = source.release().tools().get(name);
    return tool != null && tool.targets().isEmpty();
  }
}

package dev.remit.workspace;

import dev.remit.core.task.TaskClass;
import dev.remit.core.task.TaskClass.AskRule;
import dev.remit.core.tenant.TenantId;
import dev.remit.policy.Diagnostic;
import dev.remit.policy.Origin;
import dev.remit.policy.Variation;
import dev.remit.workspace.Section.Amount;
import dev.remit.workspace.Section.Located;
import dev.remit.workspace.Vary.Freedom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Puts what tenants vary into the task classes that let them.
 *
 * <p>INVARIANT: nothing varies but what the baseline names, in its direction and within its bounds;
 * anything else is told with the line of the variation and the line of the baseline.
 */
final class Variations {
  private final Map<String, TaskClassFile> baselines = new HashMap<>();
  private final Consumer<Diagnostic> problems;
  private final Map<String, Map<TenantId, TaskClass>> varied = new HashMap<>();
  private final List<Variation> policies = new ArrayList<>();

  Variations(List<TaskClassFile> taskClasses, Consumer<Diagnostic> problems) {
    taskClasses.forEach(file -> baselines.put(file.taskClass().name(), file));
    this.problems = problems;
  }

  /** Takes what one tenant varies. */
  void add(TenantFile tenant) {
    for (var variation : tenant.variations()) {
      var baseline = baselines.get(variation.taskClass());
      if (baseline != null) {
        new OfTenant(tenant.tenant().id(), variation, baseline).apply();
      }
    }
  }

  /** The class with what its tenants vary. */
  TaskClass in(TaskClass taskClass) {
    return taskClass.with(varied.getOrDefault(taskClass.name(), Map.of()));
  }

  /** What becomes policy. */
  List<Variation> policies() {
    return List.copyOf(policies);
  }

  private final class OfTenant {
    private final TenantId tenant;
    private final VariationFile variation;
    private final TaskClass taskClass;
    private final Vary vary;

    OfTenant(TenantId tenant, VariationFile variation, TaskClassFile baseline) {
      this.tenant = tenant;
      this.variation = variation;
      this.taskClass = baseline.taskClass();
      this.vary = baseline.vary();
    }

    void apply() {
      variation.limits().forEach(this::limit);
      var without = tools();
      variation.when().ifPresent(when -> needs(Freedom.NARROW_WHEN, when.origin()));
      if (!variation.ask().isEmpty()) {
        needs(Freedom.ADD_ASK, askAt());
      }
      var dropped = dropped();
      policies.add(
          new Variation(
              tenant,
              taskClass.name(),
              without,
              variation.when().map(Located::text),
              variation.ask(),
              dropped));
      varied
          .computeIfAbsent(taskClass.name(), name -> new HashMap<>())
          .put(tenant, effective(without, dropped));
    }

    private Origin askAt() {
      return variation.ask().stream()
          .map(rule -> variation.origins().get(dev.remit.policy.PolicySource.askId(rule.id())))
          .filter(java.util.Objects::nonNull)
          .findFirst()
          .orElse(variation.at());
    }

    private void limit(LimitName name, Amount amount) {
      var range = vary.limits().get(name);
      if (range == null) {
        problem(amount.origin(), "`" + name.key() + "` does not vary", vary.at());
      } else if (amount.value() < range.least() || amount.value() > range.most()) {
        problem(
            amount.origin(),
            "`"
                + name.key()
                + ": "
                + name.text(amount.value())
                + "` is not from "
                + name.text(range.least())
                + " to "
                + name.text(range.most()),
            range.at());
      }
    }

    private Set<String> tools() {
      for (var tool : variation.toolsWithout()) {
        needs(Freedom.REMOVE_TOOLS, tool.origin());
        if (!taskClass.tools().contains(tool.text())) {
          problem(tool.origin(), "`" + tool.text() + "` is no tool of this class", vary.at());
        }
      }
      return variation.toolsWithout().stream().map(Located::text).collect(Collectors.toSet());
    }

    private Set<String> dropped() {
      var ids = new HashSet<String>();
      for (var rule : variation.askWithout()) {
        var id = taskClass.name() + "." + rule.text();
        if (!vary.droppable().containsKey(id)) {
          problem(rule.origin(), "rule `" + rule.text() + "` cannot be done without", vary.at());
        }
        ids.add(id);
      }
      return ids;
    }

    private void needs(Freedom freedom, Origin at) {
      if (!vary.freedoms().containsKey(freedom)) {
        problem(at, "needs `" + freedom.text() + "`, which the baseline does not give", vary.at());
      }
    }

    private void problem(Origin at, String message, Origin baseline) {
      problems.accept(
          new Diagnostic(
              at.file(),
              at.line(),
              message + "; what `" + taskClass.name() + "` lets vary is in " + baseline));
    }

    private TaskClass effective(Set<String> without, Set<String> dropped) {
      var limits = taskClass.limits();
      for (var limit : variation.limits().entrySet()) {
        limits = limit.getKey().in(limits, limit.getValue().value());
      }
      var tools = new HashSet<>(taskClass.tools());
      tools.removeAll(without);
      var ask = new ArrayList<AskRule>(taskClass.ask());
      ask.removeIf(rule -> dropped.contains(rule.id()));
      ask.addAll(variation.ask());
      return new TaskClass(
          taskClass.name(),
          taskClass.why(),
          taskClass.owner(),
          taskClass.risk(),
          tools,
          taskClass.targetKind(),
          (int) value(LimitName.TARGETS),
          java.time.Duration.ofMillis(value(LimitName.SEEN_WITHIN)),
          limits,
          taskClass.when(),
          ask,
          taskClass.serves());
    }

    private long value(LimitName name) {
      var amount = variation.limits().get(name);
      return amount == null ? name.of(taskClass) : amount.value();
    }
  }
}

package dev.remit.policy.lint;

import dev.remit.core.release.Release;
import dev.remit.core.task.TaskClass;
import dev.remit.policy.CompiledPolicies;
import dev.remit.policy.Diagnostic;
import dev.remit.policy.Origin;
import dev.remit.policy.PolicySource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** What stands beside the conditions: who answers, which limits, which objective. */
final class Standing {
  private static final String OURS = "msp.";
  private final CompiledPolicies policies;
  private final Release release;
  private final List<Diagnostic> warnings = new ArrayList<>();

  Standing(CompiledPolicies policies) {
    this.policies = policies;
    this.release = policies.source().release();
  }

  List<Diagnostic> warnings() {
    escalation();
    pins();
    for (var taskClass : release.taskClasses().values()) {
      limits(taskClass, policies.source().origin(taskClass.name()), "");
      taskClass
          .varied()
          .forEach((tenant, varied) ->
              limits(
                  varied,
                  policies.source().origin(taskClass.name(), tenant),
                  " at `" + tenant + "`"));
      if (taskClass.serves().isEmpty()) {
        warn(
            policies.source().origin(taskClass.name()),
            "`" + taskClass.name() + "` serves no control objective; name one under `serves`");
      }
    }
    return warnings;
  }

  /** A tool of an upstream server whose next change nobody could be shown. */
  private void pins() {
    for (var tool : release.tools().values()) {
      var connector = release.connectors().get(tool.connector());
      boolean isUpstream = connector != null && connector.kind().equals("mcp");
      if (isUpstream && tool.settings().object("accepted").isEmpty()) {
        warn(
            new Origin("connectors/" + tool.connector() + ".yaml", 1),
            "the accepted definition of `"
                + tool.name()
                + "` is not kept, so a change of it cannot be shown; add `accepted`");
      }
    }
  }

  /** A group that rules ask and nobody stands in for. */
  private void escalation() {
    var asked = new HashMap<String, String>();
    policies.askRules().values().stream()
        .sorted(java.util.Comparator.comparing(TaskClass.AskRule::id))
        .forEach(rule ->
            rule.from().stream()
                .filter(answers -> answers.group().startsWith(OURS))
                .forEach(answers -> asked.putIfAbsent(answers.group(), rule.id())));
    asked.forEach((group, rule) -> {
      var known = release.people().groups().get(group.substring(OURS.length()));
      if (known != null && known.standIn().isEmpty()) {
        warn(
            policies
                .source()
                .origins()
                .getOrDefault(PolicySource.askId(rule), new Origin("remit.yaml", 1)),
            "rule `"
                + rule
                + "` asks `"
                + group
                + "`, for whom nobody stands in; add `stand-in` to the group");
      }
    });
  }

  private void limits(TaskClass taskClass, Origin at, String where) {
    var limits = taskClass.limits();
    if (taskClass.targetsAtMost() > limits.calls() && limits.calls() > 0) {
      warn(
          at,
          "`"
              + taskClass.name()
              + "` takes "
              + taskClass.targetsAtMost()
              + " targets and "
              + limits.calls()
              + " calls"
              + where
              + ": not all of them can be reached");
    }
    boolean isWithinAnHour = limits.duration().compareTo(Duration.ofHours(1)) <= 0;
    if (isWithinAnHour
        && limits.perTenantPerHour() < limits.calls()
        && limits.calls() > 0
        && limits.perTenantPerHour() > 0) {
      warn(
          at,
          "the limit of "
              + limits.calls()
              + " calls of `"
              + taskClass.name()
              + "`"
              + where
              + " is never reached: "
              + limits.perTenantPerHour()
              + "/h ends them before");
    }
  }

  private void warn(Origin at, String words) {
    warnings.add(new Diagnostic(at.file(), at.line(), words));
  }
}

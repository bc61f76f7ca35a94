package dev.remit.policy;

import dev.remit.core.identity.AgentClass;
import dev.remit.core.release.Release;
import dev.remit.core.task.Limit;
import dev.remit.core.task.TaskClass;
import dev.remit.core.tenant.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the workspace says and Cedar does not decide: limits are counted when a call is admitted,
 * answers are counted when people give them, and an agent's level is a fact.
 */
public final class BesideCedar {
  private final PolicySource source;
  private final List<Stated> all = new ArrayList<>();

  private BesideCedar(PolicySource source) {
    this.source = source;
  }

  /**
   * One statement with its place.
   *
   * @param kind {@code limits}, {@code ground}, {@code answers} or {@code autonomy}
   * @param taskClass the only class it is about
   * @param tenant the only tenant it is about
   */
  public record Stated(
      String kind,
      String words,
      Origin origin,
      Optional<String> taskClass,
      Optional<TenantId> tenant) {}

  /** Everything, by task class. */
  static List<Stated> of(PolicySource source) {
    var beside = new BesideCedar(source);
    var release = source.release();
    sorted(release).forEach(beside::taskClass);
    source.asks().forEach(rule -> beside.answers(rule, new Origin("remit.yaml", 1)));
    release.agentClasses().values().stream()
        .sorted(Comparator.comparing(agent -> agent.id().value()))
        .forEach(beside::autonomy);
    return List.copyOf(beside.all);
  }

  private static List<TaskClass> sorted(Release release) {
    return release.taskClasses().values().stream()
        .sorted(Comparator.comparing(TaskClass::name))
        .toList();
  }

  private void taskClass(TaskClass taskClass) {
    var name = Optional.of(taskClass.name());
    var at = source.origin(taskClass.name());
    all.add(
        new Stated(
            "ground",
            "a task of class "
                + taskClass.name()
                + " begins with an open ticket of the client, opened by one of its people",
            at,
            name,
            Optional.empty()));
    all.add(new Stated("limits", limits(taskClass), at, name, Optional.empty()));
    taskClass.varied().entrySet().stream()
        .sorted(Comparator.comparing(varied -> varied.getKey().value()))
        .filter(varied -> !limits(varied.getValue()).equals(limits(taskClass)))
        .forEach(varied ->
            all.add(
                new Stated(
                    "limits",
                    limits(varied.getValue()) + ", for client " + varied.getKey(),
                    source.origin(taskClass.name(), varied.getKey()),
                    name,
                    Optional.of(varied.getKey()))));
  }

  private void answers(TaskClass.AskRule rule, Origin at) {
    all.add(
        new Stated(
            "answers",
            "rule "
                + rule.id()
                + " is answered by "
                + rule.from().stream()
                    .map(answers -> answers.count() + " of " + answers.group())
                    .collect(Collectors.joining(" and "))
                + " within "
                + PolicyWords.words(rule.answerWithin()),
            at,
            Optional.empty(),
            Optional.empty()));
  }

  private void autonomy(AgentClass agent) {
    var range = agent.autonomy().general();
    var words = new StringBuilder("agents of class " + agent.id() + " start at ");
    words.append(range.start().text()).append(" and rise to ").append(range.upTo().text());
    agent.autonomy().taskClasses().entrySet().stream()
        .sorted(java.util.Map.Entry.comparingByKey())
        .forEach(one ->
            words.append(
                "; in tasks of class %s at %s and to %s"
                    .formatted(
                        one.getKey(),
                        one.getValue().start().text(),
                        one.getValue().upTo().text())));
    all.add(
        new Stated(
            "autonomy",
            words.toString(),
            source
                .origins()
                .getOrDefault(
                    PolicySource.agentId(agent.id().value()),
                    new Origin("agents/" + agent.id() + ".yaml", 1)),
            Optional.empty(),
            Optional.empty()));
  }

  private static String limits(TaskClass taskClass) {
    var limits = taskClass.limits();
    var words = new ArrayList<String>();
    words.add(limits.calls() + " calls in " + PolicyWords.words(limits.duration()));
    if (limits.perTenantPerHour() < Integer.MAX_VALUE) {
      words.add(limits.perTenantPerHour() + " calls an hour at each client");
    }
    words.add(taskClass.targetsAtMost() + " targets");
    words.add("records read within " + PolicyWords.words(taskClass.seenWithin()));
    limits.more().forEach(limit -> words.add(words(limit)));
    return "tasks of class " + taskClass.name() + " have at most " + String.join(", ", words);
  }

  private static String words(Limit limit) {
    return limit.atMost()
        + " "
        + (limit.isOfEffects() ? "effects on " : "")
        + text(limit.counted())
        + limit.tool().map(tool -> " of " + tool).orElse("")
        + " for each "
        + text(limit.scope())
        + limit.window().map(BesideCedar::within).orElse("");
  }

  private static String within(Duration window) {
    return " within " + PolicyWords.words(window);
  }

  private static String text(Enum<?> name) {
    return name.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }
}

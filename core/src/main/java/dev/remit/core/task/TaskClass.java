package dev.remit.core.task;

import dev.remit.core.identity.Grade;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a kind of task may do, in plain terms.
 *
 * @param tools names of tools; empty means none
 * @param targetKind the kind of record its targets are
 * @param when a Cedar expression that must hold, if there is one
 * @param owner who answers for this class
 */
public record TaskClass(
    String name,
    String why,
    String owner,
    Grade risk,
    Set<String> tools,
    String targetKind,
    int targetsAtMost,
    Duration seenWithin,
    Limits limits,
    Optional<String> when,
    List<AskRule> ask,
    List<String> serves) {

  public TaskClass {
    tools = Set.copyOf(tools);
    ask = List.copyOf(ask);
    serves = List.copyOf(serves);
  }

  /** Limits of one task, of its ticket, and of the class in one tenant. Zero means none. */
  public record Limits(int calls, Duration duration, int perTenantPerHour) {}

  /**
   * When people decide: if the condition (a Cedar expression) holds, these answers are needed.
   *
   * @param from each a count and a group such as {@code 1 of tenant.approvers}; all are needed
   */
  public record AskRule(
      String id, String condition, List<Answers> from, Duration answerWithin, Duration useWithin) {
    public AskRule {
      from = List.copyOf(from);
    }
  }

  /** So many answers of one group. */
  public record Answers(int count, String group) {}
}

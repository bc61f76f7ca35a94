package dev.remit.core.task;

import dev.remit.core.identity.Grade;
import dev.remit.core.tenant.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a kind of task may do, in plain terms.
 *
 * @param tools names of tools; empty means none
 * @param targetKind the kind of record its targets are
 * @param when a Cedar expression that must hold, if there is one
 * @param owner who answers for this class
 * @param varied the class as it is for those tenants that vary it; these have no variations of
 *     their own
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
    List<String> serves,
    Map<TenantId, TaskClass> varied) {

  public TaskClass {
    tools = Set.copyOf(tools);
    ask = List.copyOf(ask);
    serves = List.copyOf(serves);
    varied = Map.copyOf(varied);
  }

  /** A class that is the same for every tenant. */
  public TaskClass(
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
    this(
        name,
        why,
        owner,
        risk,
        tools,
        targetKind,
        targetsAtMost,
        seenWithin,
        limits,
        when,
        ask,
        serves,
        Map.of());
  }

  /** The class as this tenant has it: what runs for a tenant asks this one for its limits. */
  public TaskClass of(TenantId tenant) {
    return varied.getOrDefault(tenant, this);
  }

  /** This class and its variations with these limits besides their own. */
  public TaskClass and(List<Limit> others) {
    var all = new ArrayList<>(limits.more());
    all.addAll(others);
    return copy(
        new Limits(limits.calls(), limits.duration(), limits.perTenantPerHour(), all),
        varied.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, variation -> variation.getValue().and(others))));
  }

  /** This class with the variations of these tenants. */
  public TaskClass with(Map<TenantId, TaskClass> variations) {
    return copy(limits, variations);
  }

  private TaskClass copy(Limits newLimits, Map<TenantId, TaskClass> variations) {
    return new TaskClass(
        name,
        why,
        owner,
        risk,
        tools,
        targetKind,
        targetsAtMost,
        seenWithin,
        newLimits,
        when,
        ask,
        serves,
        variations);
  }

  /**
   * Limits of one task, of its ticket, and of the class in one tenant. Zero means none.
   *
   * @param more what else is limited; every one of them must hold
   */
  public record Limits(int calls, Duration duration, int perTenantPerHour, List<Limit> more) {
    public Limits {
      more = List.copyOf(more);
    }

    /** Nothing else is limited. */
    public Limits(int calls, Duration duration, int perTenantPerHour) {
      this(calls, duration, perTenantPerHour, List.of());
    }
  }

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

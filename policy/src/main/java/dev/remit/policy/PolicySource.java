package dev.remit.policy;

import dev.remit.core.release.Release;
import dev.remit.core.release.Surroundings;
import dev.remit.core.task.TaskClass.Answers;
import dev.remit.core.task.TaskClass.AskRule;
import dev.remit.core.tenant.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Everything that policy is compiled from.
 *
 * @param files hand-written policies
 * @param guardrailAnswers who answers when a built-in guardrail asks
 * @param asks rules that hand-written policies may name with {@code @ask}
 * @param origins where the parts of task classes were written, by policy id; see {@link #permitId},
 *     {@link #askId} and {@link Variation#policyId}
 * @param variations what single tenants have otherwise
 * @param exceptions the ask rules that an exception may lift, with the longest it may be in force
 */
public record PolicySource(
    Release release,
    List<CedarFile> files,
    GuardrailAnswers guardrailAnswers,
    List<AskRule> asks,
    Map<String, Origin> origins,
    List<Variation> variations,
    Map<String, Duration> exceptions) {
  public PolicySource {
    files = List.copyOf(files);
    asks = List.copyOf(asks);
    origins = Map.copyOf(origins);
    variations = List.copyOf(variations);
    exceptions = Map.copyOf(exceptions);
  }

  /** Policy that no tenant varies and no exception lifts. */
  public PolicySource(
      Release release,
      List<CedarFile> files,
      GuardrailAnswers guardrailAnswers,
      List<AskRule> asks,
      Map<String, Origin> origins) {
    this(release, files, guardrailAnswers, asks, origins, List.of(), Map.of());
  }

  /** The id of the policy that permits the tools of a task class. */
  public static String permitId(String taskClass) {
    return "task." + taskClass;
  }

  /** The id of the policy that an ask rule of a task class becomes. */
  public static String askId(String rule) {
    return "ask." + rule;
  }

  /** The id of the place where a task class is written. */
  public static String classId(String taskClass) {
    return "class." + taskClass;
  }

  /** The id of the place where an agent class says how far its agents go alone. */
  public static String agentId(String agentClass) {
    return "agent." + agentClass;
  }

  /** The id of the place where Remit's own systems are listed. */
  public static final String OWN = "own";

  /** The id of the place where a group of the organisation's people is written. */
  public static String groupId(String group) {
    return "group." + group;
  }

  /** The id of the place where an orchestrator is written. */
  public static String orchestratorId(String orchestrator) {
    return "orchestrator." + orchestrator;
  }

  /** The id of the place where a client's approvers are written. */
  public static String approversId(TenantId tenant) {
    return "approvers." + tenant.value();
  }

  /** The id of the place where a connector says that it reaches another system. */
  public static String reachId(Surroundings.Reach reach) {
    return "reach." + reach.from().value() + "." + reach.number();
  }

  /** Where a task class is written. */
  public Origin origin(String taskClass) {
    return origin(classId(taskClass), taskClass);
  }

  /** Where a tenant varies a task class. */
  public Origin origin(String taskClass, TenantId tenant) {
    return origins.getOrDefault(
        Variation.policyId(taskClass, tenant, "limits"),
        new Origin("tenants/" + tenant.value() + ".yaml", 1));
  }

  /** Where a variation is written. */
  public Origin origin(Variation variation) {
    return origin(variation.taskClass(), variation.tenant());
  }

  Origin origin(String policyId, String taskClass) {
    var known = origins.get(policyId);
    return known != null ? known : new Origin("tasks/" + taskClass + ".yaml", 1);
  }

  /** The answers that lift an asking guardrail for one exact call. */
  public record GuardrailAnswers(List<Answers> from, Duration answerWithin, Duration useWithin) {
    public GuardrailAnswers {
      from = List.copyOf(from);
    }
  }
}

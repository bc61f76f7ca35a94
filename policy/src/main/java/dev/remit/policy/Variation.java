package dev.remit.policy;

import dev.remit.core.task.TaskClass.AskRule;
import dev.remit.core.tenant.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one tenant has otherwise than the baseline of a task class, beyond its limits: those are in
 * the release, see {@code TaskClass.of}.
 *
 * <p>Whether the baseline lets it vary was checked before. Everything but {@code askWithout}
 * narrows.
 *
 * @param toolsWithout tools of the class that this tenant does without
 * @param when a condition that must hold too
 * @param ask rules that ask here only; their ids begin with class and tenant
 * @param askWithout ids of the class's rules that do not ask here
 */
public record Variation(
    TenantId tenant,
    String taskClass,
    Set<String> toolsWithout,
    Optional<String> when,
    List<AskRule> ask,
    Set<String> askWithout) {
  public Variation {
    toolsWithout = Set.copyOf(toolsWithout);
    ask = List.copyOf(ask);
    askWithout = Set.copyOf(askWithout);
  }

  /** The id of the policy that a part of a variation becomes: {@code tools} or {@code when}. */
  public static String policyId(String taskClass, TenantId tenant, String part) {
    return "vary." + taskClass + "." + tenant.value() + "." + part;
  }
}

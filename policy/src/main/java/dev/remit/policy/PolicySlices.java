package dev.remit.policy;

import com.cedarpolicy.model.exception.CacheException;
import com.cedarpolicy.model.policy.Policy;
import com.cedarpolicy.model.policy.PolicySet;
import dev.remit.core.call.Tool;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The policies that can matter for one tenant and one tool: those of other tenants and of other
 * tools are left out, guardrails never.
 *
 * <p>A left-out policy's head cannot match, so it could neither decide nor err: slice and whole set
 * answer alike. Equal slices are one parsed set, shared by all tenants without policy of their own.
 * Thread safe.
 */
final class PolicySlices {
  private static final int PARSED_SETS_AT_MOST = 1 << 16;

  static {
    PolicySet.setCacheMaxPolicySets(PARSED_SETS_AT_MOST);
  }

  private final CompiledPolicies policies;
  private final Map<String, Tool> tools;
  private final Set<String> tenantsWithPolicy = new HashSet<>();
  private final Map<Key, PolicySet> slices = new ConcurrentHashMap<>();
  private final Map<List<String>, PolicySet> parsed = new ConcurrentHashMap<>();

  PolicySlices(CompiledPolicies policies, Map<String, Tool> tools) {
    this.policies = policies;
    this.tools = Map.copyOf(tools);
    for (var policy : policies.policies()) {
      policy.scope().principalTenant().ifPresent(tenantsWithPolicy::add);
      policy.scope().resourceTenant().ifPresent(tenantsWithPolicy::add);
    }
  }

  private record Key(String tenant, String tool) {}

  /** The slice for principals and resources of one tenant. */
  PolicySet of(String tenant, Tool tool) {
    if (!tool.equals(tools.get(tool.name()))) {
      return whole();
    }
    var key = new Key(tenantsWithPolicy.contains(tenant) ? tenant : "", tool.name());
    return slices.computeIfAbsent(key, k -> shared(selection(tenant, tool)));
  }

  /** Every policy: for questions whose principal and resource are not of one tenant. */
  PolicySet whole() {
    return shared(policies.policies());
  }

  /** The policies of a slice, sorted by id. */
  List<CompiledPolicy> selection(String tenant, Tool tool) {
    var names = new HashSet<>(CedarSchema.groupsOf(tool));
    names.add(tool.name());
    return policies.policies().stream()
        .filter(policy ->
            policy.layer().isGuardrail()
                || (policy.scope().canMatchTenant(tenant) && policy.scope().canMatchAction(names)))
        .toList();
  }

  private PolicySet shared(List<CompiledPolicy> selection) {
    var ids = selection.stream().map(CompiledPolicy::id).toList();
    return parsed.computeIfAbsent(ids, key -> parse(selection));
  }

  private static PolicySet parse(List<CompiledPolicy> selection) {
    var set = new LinkedHashSet<Policy>();
    selection.forEach(policy -> set.add(policy.policy()));
    var parsed = new PolicySet(set);
    try {
      parsed.cache();
    } catch (CacheException e) {
      // The engine's table of parsed sets is full: this one is parsed again for every question.
      return parsed;
    }
    return parsed;
  }
}

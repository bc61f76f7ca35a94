package dev.remit.policy;

import com.cedarpolicy.model.exception.CacheException;
import com.cedarpolicy.model.policy.Policy;
import com.cedarpolicy.model.policy.PolicySet;
import dev.remit.core.call.Tool;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The policies that can matter for a principal of one tenant, a resource of the same or another,
 * and one tool: those of further tenants and of other tools are left out, guardrails never.
 *
 * <p>A left-out policy's head cannot match, so it could neither decide nor err: slice and whole set
 * answer alike. Equal slices are one parsed set, shared by all tenants without policy of their own.
 * Thread safe.
 */
final class PolicySlices {
  private static final int PARSED_SETS_AT_MOST = 1 << 16;
  private static final Key WHOLE = new Key("", "", "");

  static {
    PolicySet.setCacheMaxPolicySets(PARSED_SETS_AT_MOST);
  }

  private final CompiledPolicies policies;
  private final Map<String, Tool> tools;
  private final List<CompiledPolicy> ofNoTenant = new ArrayList<>();
  private final Map<String, List<CompiledPolicy>> ofTenant = new HashMap<>();
  private final Map<Key, PolicySet> slices = new ConcurrentHashMap<>();
  private final Map<List<String>, PolicySet> parsed = new ConcurrentHashMap<>();

  PolicySlices(CompiledPolicies policies, Map<String, Tool> tools) {
    this.policies = policies;
    this.tools = Map.copyOf(tools);
    for (var policy : policies.policies()) {
      var scope = policy.scope();
      if (policy.layer().isGuardrail() || !scope.namesTenant()) {
        ofNoTenant.add(policy);
      } else {
        var tenant = scope.principalTenant().or(scope::resourceTenant).orElseThrow();
        ofTenant.computeIfAbsent(tenant, name -> new ArrayList<>()).add(policy);
      }
    }
  }

  private record Key(String principal, String resource, String tool) {}

  /** The slice for principals of one tenant and resources of the same or another. */
  PolicySet of(String principal, String resource, Tool tool) {
    if (!tool.equals(tools.get(tool.name()))) {
      return whole();
    }
    var key = new Key(known(principal), known(resource), tool.name());
    return slices.computeIfAbsent(key, k -> shared(selection(principal, resource, tool)));
  }

  private String known(String tenant) {
    return ofTenant.containsKey(tenant) ? tenant : "";
  }

  /** Every policy. */
  PolicySet whole() {
    return slices.computeIfAbsent(WHOLE, key -> shared(policies.policies()));
  }

  /** The policies of a slice, sorted by id. */
  List<CompiledPolicy> selection(String principal, String resource, Tool tool) {
    var names = new HashSet<>(CedarSchema.groupsOf(tool));
    names.add(tool.name());
    return Stream.concat(ofNoTenant.stream(), ofTenants(principal, resource))
        .filter(policy ->
            policy.layer().isGuardrail()
                || (policy.scope().canMatchTenants(principal, resource)
                    && policy.scope().canMatchAction(names)))
        .sorted(Comparator.comparing(CompiledPolicy::id))
        .toList();
  }

  private Stream<CompiledPolicy> ofTenants(String principal, String resource) {
    return Stream.of(principal, resource)
        .distinct()
        .flatMap(tenant -> ofTenant.getOrDefault(tenant, List.of()).stream());
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

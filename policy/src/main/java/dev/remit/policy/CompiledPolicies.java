package dev.remit.policy;

import dev.remit.cedar.PolicySet;
import dev.remit.core.task.TaskClass.AskRule;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The policies of one release, parsed and strictly validated against its schema.
 *
 * <p>Immutable. Every policy has a unique id, and every {@code @ask} names a rule in {@link
 * #askRules}.
 */
public final class CompiledPolicies {
  private final List<CompiledPolicy> policies;
  private final Map<String, CompiledPolicy> byId;
  private final Map<String, AskRule> askRules;
  private final String schema;
  private final PolicySet engine;

  CompiledPolicies(
      List<CompiledPolicy> policies,
      Map<String, AskRule> askRules,
      String schema,
      PolicySet engine) {
    this.policies = policies.stream().sorted(Comparator.comparing(CompiledPolicy::id)).toList();
    this.byId =
        this.policies.stream().collect(Collectors.toUnmodifiableMap(CompiledPolicy::id, p -> p));
    this.askRules = Map.copyOf(askRules);
    this.schema = schema;
    this.engine = engine;
  }

  /** All policies, sorted by id. */
  public List<CompiledPolicy> policies() {
    return policies;
  }

  /** The policy of this id. */
  public Optional<CompiledPolicy> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The rules that approvals answer, by id. */
  public Map<String, AskRule> askRules() {
    return askRules;
  }

  /** The Cedar schema, as text. */
  public String schema() {
    return schema;
  }

  /** The compiled engine over all of them. */
  PolicySet engine() {
    return engine;
  }

  /** The same policies, evaluated by another engine. */
  CompiledPolicies with(PolicySet other) {
    return new CompiledPolicies(policies, askRules, schema, other);
  }

  /** All policies as one Cedar text, each under a comment that says where it was written. */
  public String text() {
    return policies.stream()
        .map(policy -> "// " + policy.origin() + "\n" + policy.text() + "\n")
        .collect(Collectors.joining("\n"));
  }
}

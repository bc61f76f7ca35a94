package dev.remit.policy;

import dev.remit.cedar.PolicySet;
import dev.remit.cedar.json.Json;
import dev.remit.core.task.TaskClass.AskRule;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
  private final PolicySource source;

  CompiledPolicies(
      List<CompiledPolicy> policies,
      Map<String, AskRule> askRules,
      String schema,
      PolicySet engine,
      PolicySource source) {
    this.policies = policies.stream().sorted(Comparator.comparing(CompiledPolicy::id)).toList();
    this.byId =
        this.policies.stream().collect(Collectors.toUnmodifiableMap(CompiledPolicy::id, p -> p));
    this.askRules = Map.copyOf(askRules);
    this.schema = schema;
    this.engine = engine;
    this.source = source;
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

  /**
   * What an exception may lift, with the longest that it may be in force: ids of ask rules and of
   * hand-written policies. No guardrail is among them.
   */
  public Map<String, Duration> exceptions() {
    var known = new TreeMap<String, Duration>();
    for (var policy : policies) {
      policy.exception().ifPresent(atMost -> known.put(policy.ask().orElse(policy.id()), atMost));
    }
    return known;
  }

  /** What a policy says, as people read it. */
  public String wordsOf(CompiledPolicy policy) {
    return PolicyWords.of(policy, askRules);
  }

  /** What a rule asks and when, over all policies that ask by it; empty for a rule unheard of. */
  public String wordsOf(String rule) {
    return policies.stream()
        .filter(policy -> policy.ask().filter(rule::equals).isPresent())
        .map(this::wordsOf)
        .distinct()
        .collect(Collectors.joining("; "));
  }

  /** What they were compiled from. */
  public PolicySource source() {
    return source;
  }

  /** What is enforced beside them. */
  public List<BesideCedar.Stated> beside() {
    return BesideCedar.of(source);
  }

  /** An expression of Cedar's JSON form as Cedar text. */
  public static String text(Json expression) {
    return ExpressionText.of(expression);
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
    return new CompiledPolicies(policies, askRules, schema, other, source);
  }

  /** All policies as one Cedar text, each under a comment that says where it was written. */
  public String text() {
    return policies.stream()
        .map(policy -> "// " + policy.origin() + "\n" + policy.text() + "\n")
        .collect(Collectors.joining("\n"));
  }
}

package dev.remit.policy.lint;

import dev.remit.cedar.json.Json;
import dev.remit.policy.CompiledPolicies;
import dev.remit.policy.CompiledPolicy;
import dev.remit.policy.Diagnostic;
import dev.remit.policy.Layer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for rules that never do anything, and for layers that undo one another.
 *
 * <p>It warns only of what it can show for every request that fits the schema and the limits of the
 * task class; of what it cannot tell it says nothing.
 */
public final class Lint {
  private final CompiledPolicies policies;
  private final List<Situation> situations;
  private final List<Effect> everywhere = new ArrayList<>();
  private final Map<String, List<Effect>> ofTenant = new HashMap<>();
  private final List<Diagnostic> warnings = new ArrayList<>();

  private Lint(CompiledPolicies policies) {
    this.policies = policies;
    this.situations = Situation.all(policies.source().release());
  }

  /** All warnings, sorted by place. */
  public static List<Diagnostic> of(CompiledPolicies policies) {
    var lint = new Lint(policies);
    lint.run();
    lint.warnings.addAll(new Standing(policies).warnings());
    return lint.warnings.stream().sorted().distinct().toList();
  }

  private void run() {
    var effects = policies.policies().stream().map(Effect::new).toList();
    for (var effect : effects) {
      if (effect.isFinal()) {
        effect
            .policy()
            .tenant()
            .map(tenant -> ofTenant.computeIfAbsent(tenant, name -> new ArrayList<>()))
            .orElse(everywhere)
            .add(effect);
      }
    }
    for (var effect : effects) {
      if (effect.policy().layer() != Layer.BUILT_IN) {
        var concerned = situations.stream().filter(s -> s.concerns(effect.policy())).toList();
        look(effect, concerned);
      }
    }
    new Conflicts(policies, situations, everywhere, ofTenant, warnings).look();
  }

  private void look(Effect effect, List<Situation> concerned) {
    var policy = effect.policy();
    if (concerned.isEmpty()) {
      warn(policy, "no task class has a tool that it is about; it never does anything");
      return;
    }
    var possible = concerned.stream().filter(s -> !effect.in(s).equals(Known.FALSE)).toList();
    thresholds(effect, concerned);
    if (possible.isEmpty()) {
      warn(policy, "its condition never holds, so it never " + verb(policy));
      return;
    }
    if (policy.ask().isPresent()) {
      shadow(effect, possible)
          .ifPresent(other ->
              warn(
                  policy,
                  "it never asks: `"
                      + other.policy().id()
                      + "` ("
                      + other.policy().origin()
                      + ") refuses whenever it would"));
    }
  }

  private static String verb(CompiledPolicy policy) {
    return !policy.isForbid() ? "permits" : policy.ask().isPresent() ? "asks" : "refuses";
  }

  /** One policy that refuses in every situation in which this one takes effect. */
  private Optional<Effect> shadow(Effect effect, List<Situation> possible) {
    Optional<Effect> last = Optional.empty();
    for (var situation : possible) {
      last = refusing(effect, situation);
      if (last.isEmpty()) {
        return last;
      }
    }
    return last;
  }

  private Optional<Effect> refusing(Effect effect, Situation situation) {
    var near = effect.policy().tenant().map(tenant -> ofTenant.getOrDefault(tenant, List.of()));
    return java.util.stream.Stream.concat(everywhere.stream(), near.orElse(List.of()).stream())
        .filter(other -> situation.concerns(other.policy()))
        .filter(other -> other.in(situation, effect).equals(Known.TRUE))
        .findFirst();
  }

  private void thresholds(Effect effect, List<Situation> concerned) {
    for (Json threshold : effect.thresholds()) {
      var known =
          concerned.stream()
              .map(s -> new Truth(s::fact, Set.of(), Set.of()).of(threshold))
              .distinct()
              .toList();
      if (known.size() == 1 && !(known.getFirst() instanceof Known.Anything)) {
        warn(
            effect.policy(),
            "`"
                + CompiledPolicies.text(threshold)
                + (known.getFirst().equals(Known.TRUE) ? "` always holds" : "` can never hold")
                + " within the arguments' schema and the limits of the task class");
      }
    }
  }

  private void warn(CompiledPolicy policy, String words) {
    warnings.add(
        new Diagnostic(
            policy.origin().file(), policy.origin().line(), "`" + policy.id() + "`: " + words));
  }
}

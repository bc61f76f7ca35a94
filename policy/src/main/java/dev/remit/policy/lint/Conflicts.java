package dev.remit.policy.lint;

import dev.remit.policy.CompiledPolicies;
import dev.remit.policy.Diagnostic;
import dev.remit.policy.Origin;
import dev.remit.policy.Variation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Layers that undo one another: what one gives, another refuses whatever the request says. */
final class Conflicts {
  private final CompiledPolicies policies;
  private final List<Situation> situations;
  private final List<Effect> everywhere;
  private final Map<String, List<Effect>> ofTenant;
  private final List<Diagnostic> warnings;

  Conflicts(
      CompiledPolicies policies,
      List<Situation> situations,
      List<Effect> everywhere,
      Map<String, List<Effect>> ofTenant,
      List<Diagnostic> warnings) {
    this.policies = policies;
    this.situations = situations;
    this.everywhere = everywhere;
    this.ofTenant = ofTenant;
    this.warnings = warnings;
  }

  void look() {
    situations.forEach(this::tool);
    policies.source().release().taskClasses().keySet().stream().sorted().forEach(this::taskClass);
    policies.source().variations().forEach(this::variation);
  }

  /** A tool that a task class names and a guardrail always refuses. */
  private void tool(Situation situation) {
    refusing(everywhere, situation)
        .ifPresent(by ->
            warn(
                policies.source().origin(situation.taskClass().name()),
                "tool `"
                    + situation.tool().name()
                    + "` of `"
                    + situation.taskClass().name()
                    + "` is always refused by "
                    + name(by)));
  }

  /** A tenant's policy that refuses everything that a task class permits. */
  private void taskClass(String name) {
    var own = situations.stream().filter(s -> s.taskClass().name().equals(name)).toList();
    if (own.isEmpty()) {
      return;
    }
    ofTenant.forEach((tenant, effects) -> {
      var by = own.stream().map(s -> refusing(effects, s)).toList();
      if (by.stream().allMatch(Optional::isPresent)) {
        by.getFirst()
            .ifPresent(effect ->
                warn(
                    effect.policy().origin(),
                    "`"
                        + effect.policy().id()
                        + "` leaves nothing of `"
                        + name
                        + "` at `"
                        + tenant
                        + "`; give that tenant's agents other task classes"));
      }
    });
  }

  /** A variation of something that is refused whatever it says. */
  private void variation(Variation variation) {
    var effects =
        situations.stream()
            .filter(s -> s.taskClass().name().equals(variation.taskClass()))
            .filter(Situation::isEffect)
            .toList();
    var by = effects.stream().map(s -> refusing(everywhere, s)).toList();
    if (!by.isEmpty() && by.stream().allMatch(Optional::isPresent)) {
      by.getFirst()
          .ifPresent(effect ->
              warn(
                  policies.source().origin(variation),
                  "what `"
                      + variation.tenant()
                      + "` varies of `"
                      + variation.taskClass()
                      + "` changes nothing: "
                      + name(effect)
                      + " refuses its effects"));
    }
  }

  private static Optional<Effect> refusing(List<Effect> effects, Situation situation) {
    return Stream.of(effects)
        .flatMap(List::stream)
        .filter(effect -> situation.concerns(effect.policy()))
        .filter(effect -> effect.in(situation).equals(Known.TRUE))
        .findFirst();
  }

  private static String name(Effect effect) {
    return "`" + effect.policy().id() + "` (" + effect.policy().origin() + ")";
  }

  private void warn(Origin at, String words) {
    warnings.add(new Diagnostic(at.file(), at.line(), words));
  }
}

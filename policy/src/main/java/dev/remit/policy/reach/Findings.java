package dev.remit.policy.reach;

import dev.remit.policy.CompiledPolicies;
import dev.remit.policy.Diagnostic;
import dev.remit.policy.Origin;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong with what agents and people could do.
 *
 * @param errors what {@code remit check} refuses
 * @param warnings what is allowed and probably a mistake
 */
public record Findings(List<Diagnostic> errors, List<Diagnostic> warnings) {
  public Findings {
    errors = errors.stream().sorted().distinct().toList();
    warnings = warnings.stream().sorted().distinct().toList();
  }

  /** Looks at everything as it stands on a day. */
  public static Findings of(CompiledPolicies policies, LocalDate today) {
    var draft = new Draft();
    new InheritedAuthority(policies, today, draft).look();
    new SeparateGroups(policies, draft).look();
    new SeparateAnswers(policies, draft).look();
    return new Findings(draft.errors, draft.warnings);
  }

  /** Where findings are collected. */
  static final class Draft {
    private final List<Diagnostic> errors = new ArrayList<>();
    private final List<Diagnostic> warnings = new ArrayList<>();

    void error(Origin at, String message) {
      errors.add(new Diagnostic(at.file(), at.line(), message));
    }

    void warning(Origin at, String message) {
      warnings.add(new Diagnostic(at.file(), at.line(), message));
    }
  }
}

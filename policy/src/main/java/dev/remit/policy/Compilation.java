package dev.remit.policy;

import java.util.List;

/** What became of compiling a workspace's policy. */
public sealed interface Compilation {
  /** It parses and validates. */
  record Compiled(CompiledPolicies policies) implements Compilation {}

  /** It must not be activated; sorted by place, never empty. */
  record Refused(List<Diagnostic> diagnostics) implements Compilation {
    public Refused {
      diagnostics = diagnostics.stream().sorted().distinct().toList();
      if (diagnostics.isEmpty()) {
        throw new IllegalStateException("a refusal says why");
      }
    }
  }
}

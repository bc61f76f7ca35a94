package dev.remit.workspace;

import dev.remit.policy.Diagnostic;
import java.util.List;
import java.util.stream.Collectors;

/** What became of reading a workspace. */
public sealed interface WorkspaceResult {
  /** It is in order. */
  record Loaded(LoadedWorkspace workspace) implements WorkspaceResult {}

  /** It is not; nothing of it may be used. Sorted by place, never empty. */
  record Refused(List<Diagnostic> diagnostics) implements WorkspaceResult {
    public Refused {
      diagnostics = diagnostics.stream().sorted().distinct().toList();
      if (diagnostics.isEmpty()) {
        throw new IllegalStateException("a refusal says why");
      }
    }

    /** One line per problem. */
    public String text() {
      return diagnostics.stream().map(Diagnostic::text).collect(Collectors.joining("\n"));
    }
  }
}

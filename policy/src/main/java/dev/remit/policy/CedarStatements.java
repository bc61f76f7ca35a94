package dev.remit.policy;

import dev.remit.policy.CedarTokens.MalformedException;
import dev.remit.policy.CedarTokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A hand-written file cut into its policies, each with the line it begins on. */
final class CedarStatements {
  private CedarStatements() {}

  static List<PolicyText> of(CedarFile file, Consumer<Diagnostic> problems) {
    List<Token> tokens;
    try {
      tokens = CedarTokens.of(file.text());
    } catch (MalformedException e) {
      problems.accept(new Diagnostic(file.name(), 1, "cedar does not parse: " + e.getMessage()));
      return List.of();
    }
    var statements = new ArrayList<PolicyText>();
    int start = -1;
    for (var token : tokens) {
      if (start < 0 && !token.isBlank()) {
        start = token.start();
      }
      if (token.is(";")) {
        statements.add(statement(file, start, token.end()));
        start = -1;
      }
    }
    if (start >= 0) {
      problems.accept(
          new Diagnostic(file.name(), line(file, start), "a policy ends with `;`; add it"));
    }
    return statements;
  }

  private static PolicyText statement(CedarFile file, int start, int end) {
    var origin = new Origin(file.name(), line(file, start));
    return new PolicyText("", file.layer(), origin, file.text().substring(start, end), true);
  }

  private static int line(CedarFile file, int offset) {
    return 1 + (int) file.text().substring(0, offset).chars().filter(c -> c == '\n').count();
  }
}

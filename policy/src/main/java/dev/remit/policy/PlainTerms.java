package dev.remit.policy;

import dev.remit.policy.CedarTokens.Kind;
import dev.remit.policy.CedarTokens.MalformedException;
import dev.remit.policy.CedarTokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A condition in plain terms, written out as a Cedar expression.
 *
 * <p>At the root of an expression {@code tenant}, {@code task}, {@code tool}, {@code arguments},
 * {@code environment}, {@code at} stand for the members of {@code context}, and {@code
 * tenant.window.NAME} for "that window is open". Nothing is touched inside string literals.
 *
 * @param expression the Cedar expression
 * @param windows names of windows it asks for
 */
record PlainTerms(String expression, Set<String> windows) {
  private static final Set<String> ROOTS =
      Set.of("tenant", "task", "tool", "arguments", "environment", "at", "chain");
  private static final int MAX_LENGTH = 4_096;
  private static final Map<String, String> CLOSING = Map.of("(", ")", "[", "]", "{", "}");

  PlainTerms {
    windows = Set.copyOf(windows);
  }

  /**
   * Expands one condition.
   *
   * @throws MalformedException when it is no single expression; brackets that close what the
   *     condition did not open would otherwise end the clause it is put into
   */
  static PlainTerms of(String condition) {
    if (condition.isBlank() || condition.length() > MAX_LENGTH) {
      throw new MalformedException("a condition has 1 to " + MAX_LENGTH + " characters");
    }
    var tokens = CedarTokens.of(condition);
    requireOneExpression(tokens);
    var windows = new TreeSet<String>();
    var out = new StringBuilder();
    for (int i = 0; i < tokens.size(); i++) {
      if (isRoot(tokens, i)) {
        i = expand(tokens, i, out, windows);
      } else {
        out.append(tokens.get(i).text());
      }
    }
    return new PlainTerms(out.toString(), windows);
  }

  private static void requireOneExpression(List<Token> tokens) {
    var open = new ArrayList<String>();
    for (var token : tokens) {
      if (token.kind() == Kind.COMMENT || token.is(";") || token.is("@") || token.is("?")) {
        throw new MalformedException(
            "a condition is one cedar expression without comments, `;`, `@` and `?`");
      }
      var closing = token.kind() == Kind.SIGN ? CLOSING.get(token.text()) : null;
      if (closing != null) {
        open.addLast(closing);
      } else if (token.kind() == Kind.SIGN && CLOSING.containsValue(token.text())) {
        if (open.isEmpty() || !open.removeLast().equals(token.text())) {
          throw new MalformedException("`" + token.text() + "` closes what was not opened");
        }
      }
    }
    if (!open.isEmpty()) {
      throw new MalformedException("`" + open.getLast() + "` is missing");
    }
  }

  private static boolean isRoot(List<Token> tokens, int i) {
    var token = tokens.get(i);
    if (token.kind() != Kind.NAME || !ROOTS.contains(token.text())) {
      return false;
    }
    var before = neighbour(tokens, i, -1);
    var after = neighbour(tokens, i, 1);
    boolean isMember = before.is(".") || before.is("has") || before.is("::");
    boolean isKey = after.is(":") || after.is("::");
    return !isMember && !isKey;
  }

  private static Token neighbour(List<Token> tokens, int from, int step) {
    for (int i = from + step; i >= 0 && i < tokens.size(); i += step) {
      if (!tokens.get(i).isBlank()) {
        return tokens.get(i);
      }
    }
    return new Token(Kind.SPACE, "", 0);
  }

  /** Writes the member of context; answers the index of the last token it took. */
  private static int expand(List<Token> tokens, int i, StringBuilder out, Set<String> windows) {
    out.append("context.").append(tokens.get(i).text());
    boolean asksForWindow =
        tokens.get(i).is("tenant")
            && i + 4 < tokens.size()
            && tokens.get(i + 1).is(".")
            && tokens.get(i + 2).is("window")
            && tokens.get(i + 3).is(".")
            && tokens.get(i + 4).kind() == Kind.NAME;
    if (!asksForWindow) {
      return i;
    }
    int last = i + 4;
    var name = new StringBuilder(tokens.get(last).text());
    while (last + 2 < tokens.size() && tokens.get(last + 1).is("-") && isPart(tokens, last + 2)) {
      name.append('-').append(tokens.get(last + 2).text());
      last += 2;
    }
    windows.add(name.toString());
    out.append(".windows.contains(\"").append(name).append("\")");
    return last;
  }

  private static boolean isPart(List<Token> tokens, int i) {
    return tokens.get(i).kind() == Kind.NAME || tokens.get(i).kind() == Kind.NUMBER;
  }
}

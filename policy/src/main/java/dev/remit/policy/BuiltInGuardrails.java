package dev.remit.policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The guardrails that come with Remit and that no workspace can leave out. */
final class BuiltInGuardrails {
  /** The rules of built-in guardrails that an approval lifts. */
  static final List<String> ASK_RULES =
      List.of(
          "remit.autonomy",
          "remit.delegated",
          "remit.scope-truth",
          "remit.unbound",
          "remit.untrusted-content");

  private static final String FILE = "guardrails.cedar";

  private BuiltInGuardrails() {}

  static List<PolicyText> all() {
    var file = CedarFile.of("remit/" + FILE, Layer.BUILT_IN, text());
    return CedarStatements.of(
        file,
        problem -> {
          throw new IllegalStateException("built-in guardrails: " + problem.text());
        });
  }

  private static String text() {
    try (var in = BuiltInGuardrails.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("built-in guardrails are missing from this build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

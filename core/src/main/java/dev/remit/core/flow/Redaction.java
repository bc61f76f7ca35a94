package dev.remit.core.flow;

import dev.remit.core.call.Sha256;
import dev.remit.core.secret.SecretCheck;
import dev.remit.core.task.Task;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Shortens words that came from outside to what may be kept: control characters out, what looks
 * like a secret or an address replaced, at most 200 characters.
 */
final class Redaction {

  private static final int EXCERPT = 200;
  private static final int READ = 4_000;
  private static final List<Pattern> SECRETS =
      List.of(
          Pattern.compile(
              "(?i)(pass(?:word|phrase)?|pwd|secret|token|api[-_ ]?key)\\s*[:=]?\\s*\\S+"),
          Pattern.compile("eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_.-]+"),
          Pattern.compile("-----BEGIN [A-Z ]{1,40}-----"),
          Pattern.compile("\\b(?=[A-Za-z0-9+/_-]*[0-9])[A-Za-z0-9+/_-]{24,}={0,2}"),
          Pattern.compile("[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,255}"));

  private Redaction() {}

  /** Of no words. */
  static Task.Prompt none() {
    return new Task.Prompt(Sha256.of(new byte[0]), "");
  }

  /** The digest of the whole and the redacted excerpt. */
  static Task.Prompt prompt(String words, SecretCheck secrets) {
    String read = words.substring(0, Math.min(words.length(), READ));
    String excerpt = secrets.clean(read).replaceAll("\\p{C}", " ");
    for (var secret : SECRETS) {
      excerpt = secret.matcher(excerpt).replaceAll("[redacted]");
    }
    int end = Math.min(excerpt.length(), EXCERPT);
    if (end > 0 && Character.isHighSurrogate(excerpt.charAt(end - 1))) {
      end--;
    }
    return new Task.Prompt(
        Sha256.of(words.getBytes(StandardCharsets.UTF_8)), excerpt.substring(0, end));
  }
}

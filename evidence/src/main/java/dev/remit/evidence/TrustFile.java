package dev.remit.evidence;

import dev.remit.core.value.InvalidValueException;
import dev.remit.log.InvalidLogDataException;
import dev.remit.log.LogVerifier;
import dev.remit.log.TrustPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Whom a client trusts, as a text file: log keys alone, or a policy with witnesses.
 *
 * <p>Log keys alone are verifier keys ({@code name+id+base64}), one a line; then no witness is
 * asked for. A file in which any line has more than one word is a policy in the form of C2SP
 * tlog-policy. Empty lines and lines that begin with {@code #} are for people.
 */
public final class TrustFile {

  private TrustFile() {}

  /** Reads it. A file without a log's key is refused: nothing to trust is never everything. */
  public static TrustPolicy read(Path file) throws IOException {
    if (Files.size(file) > TrustPolicy.LIMIT_BYTES) {
      throw new InvalidValueException("`" + file.getFileName() + "` is too large for a key file");
    }
    return parse(Files.readString(file, StandardCharsets.UTF_8));
  }

  /** As {@link #read}, from text. */
  public static TrustPolicy parse(String text) {
    Set<String> lines = new LinkedHashSet<>();
    text.lines().map(String::strip).filter(TrustFile::isSaying).forEach(lines::add);
    if (lines.isEmpty()) {
      throw new InvalidValueException("the key file holds no key; put one verifier key on a line");
    }
    boolean isPolicy =
        lines.stream().anyMatch(line -> line.indexOf(' ') >= 0 || line.indexOf('\t') >= 0);
    try {
      return isPolicy ? policy(text) : keys(lines);
    } catch (InvalidLogDataException e) {
      throw new InvalidValueException(
          "the key file holds a line that is no key: "
              + Printable.of(String.valueOf(e.getMessage())));
    }
  }

  private static TrustPolicy keys(Set<String> lines) {
    return TrustPolicy.of(lines.stream().map(LogVerifier::parse).toList());
  }

  private static TrustPolicy policy(String text) {
    TrustPolicy policy = TrustPolicy.parse(text.getBytes(StandardCharsets.UTF_8));
    if (policy.logs().equals(List.of())) {
      throw new InvalidValueException("the policy names no log; add a line `log VKEY`");
    }
    return policy;
  }

  private static boolean isSaying(String line) {
    return !line.isEmpty() && !line.startsWith("#");
  }
}

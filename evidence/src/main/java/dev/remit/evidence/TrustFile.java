package dev.remit.evidence;

import dev.remit.core.value.InvalidValueException;
import dev.remit.log.Ed25519Verifier;
import dev.remit.log.InvalidLogDataException;
import dev.remit.log.TrustedKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The log keys that a client keeps: a text file with one verifier key ({@code name+id+base64}) a
 * line. Empty lines and lines that begin with {@code #} are for people.
 */
public final class TrustFile {

  private static final int LIMIT_BYTES = 1 << 16;

  private TrustFile() {}

  /** Reads it. A file without a key is refused: nothing to trust is never everything. */
  public static TrustedKeys read(Path file) throws IOException {
    if (Files.size(file) > LIMIT_BYTES) {
      throw new InvalidValueException("`" + file.getFileName() + "` is too large for a key file");
    }
    return parse(Files.readString(file, StandardCharsets.UTF_8));
  }

  /** As {@link #read}, from text. */
  public static TrustedKeys parse(String text) {
    Set<String> keys = new LinkedHashSet<>();
    text.lines().map(String::strip).filter(TrustFile::isKey).forEach(keys::add);
    if (keys.isEmpty()) {
      throw new InvalidValueException("the key file holds no key; put one verifier key on a line");
    }
    try {
      List<Ed25519Verifier> verifiers = new ArrayList<>();
      keys.forEach(key -> verifiers.add(Ed25519Verifier.parse(key)));
      return TrustedKeys.of(verifiers);
    } catch (InvalidLogDataException e) {
      throw new InvalidValueException(
          "the key file holds a line that is no key: " + e.getMessage());
    }
  }

  private static boolean isKey(String line) {
    return !line.isEmpty() && !line.startsWith("#");
  }
}

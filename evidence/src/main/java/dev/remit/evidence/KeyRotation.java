package dev.remit.evidence;

import dev.remit.core.value.InvalidValueException;
import dev.remit.log.Ed25519Signer;
import dev.remit.log.Ed25519Verifier;
import dev.remit.log.NoteSigner;
import dev.remit.log.SignedNote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Replaces the key of a log by another one. Both sign a statement that names both (C2SP
 * signed-note), which is kept for the operator's log; clients add the new line of {@code log.pub}
 * to their key file, and old checkpoints stay verifiable by the old one.
 *
 * <p>Crash order: the new key and the statement under other names, then {@code log.pub}, which
 * decides, then the new key into its place. {@link #finish} takes it further from there.
 */
public final class KeyRotation {

  /** The statements, in the data folder. */
  static final String STATEMENTS = "log.rotations";

  private static final String HEAD = "remit log key rotation\n";

  private KeyRotation() {}

  /** A new key in the data folder for the one that lies there; the new verifier key. */
  public static String rotate(Path dataFolder, SecureRandom random) {
    try {
      finish(dataFolder);
      Path key = dataFolder.resolve("keys").resolve("log.key");
      var old =
          CheckpointSigning.stored(key)
              .map(CheckpointSigning::parse)
              .orElseThrow(
                  () -> new InvalidValueException("there is no `keys/log.key` to be replaced"));
      var fresh = Ed25519Signer.generate(old.name(), random);
      CheckpointSigning.write(next(dataFolder), KeyFile.text(fresh));
      replace(dataFolder, old, old.verifier(), fresh, fresh.verifier());
      finish(dataFolder);
      return fresh.verifier().toString();
    } catch (IOException e) {
      throw new UncheckedIOException("the log key cannot be replaced", e);
    }
  }

  /** From one command to another; the first is not used afterwards. */
  public static String rotate(Path dataFolder, CommandSigner old, CommandSigner fresh) {
    try {
      replace(dataFolder, old, old.verifier(), fresh, fresh.verifier());
      return fresh.verifier().toString();
    } catch (IOException e) {
      throw new UncheckedIOException("the log key cannot be replaced", e);
    }
  }

  private static void replace(
      Path dataFolder, NoteSigner old, Ed25519Verifier from, NoteSigner fresh, Ed25519Verifier to)
      throws IOException {
    var file = dataFolder.resolve("log.pub");
    var keys = CheckpointSigning.keys(file);
    if (keys.isEmpty() || !keys.getLast().equals(from)) {
      throw new InvalidValueException("`log.pub` does not end with the key that is to be replaced");
    }
    if (!old.name().equals(fresh.name()) || keys.contains(to)) {
      throw new InvalidValueException("the new key must be new, and of the same installation");
    }
    var note = SignedNote.sign(HEAD + from + "\n" + to + "\n", List.of(old, fresh));
    var known = new ArrayList<>(statements(dataFolder));
    known.add(note.toString());
    CheckpointSigning.write(dataFolder.resolve(STATEMENTS), String.join("\n", known));
    var lines = new StringBuilder();
    keys.forEach(key -> lines.append(key).append('\n'));
    CheckpointSigning.write(file, lines.append(to).append('\n').toString());
  }

  /** Brings a rotation of the key's file to its end, or takes back one that decided nothing. */
  static void finish(Path dataFolder) throws IOException {
    var next = next(dataFolder);
    if (!Files.exists(next)) {
      return;
    }
    var fresh = CheckpointSigning.parse(Files.readString(next, StandardCharsets.UTF_8));
    var published = CheckpointSigning.keys(dataFolder.resolve("log.pub"));
    if (!published.isEmpty() && published.getLast().equals(fresh.verifier())) {
      Files.move(next, next.resolveSibling("log.key"), StandardCopyOption.ATOMIC_MOVE);
    } else {
      Files.delete(next);
    }
  }

  private static Path next(Path dataFolder) {
    return dataFolder.resolve("keys").resolve("log.key.next");
  }

  /** What was signed at each rotation, oldest first, as note texts. */
  public static List<String> statements(Path dataFolder) throws IOException {
    var file = dataFolder.resolve(STATEMENTS);
    if (!Files.exists(file)) {
      return List.of();
    }
    var text = Files.readString(file, StandardCharsets.UTF_8);
    return List.of(text.split("(?m)^(?=" + HEAD.strip() + "$)", -1)).stream()
        .map(String::strip)
        .filter(note -> !note.isEmpty())
        .map(note -> note + "\n")
        .toList();
  }

  /** The verifier keys of a statement: the old one and the new one; empty if it is none. */
  public static Optional<Keys> keys(String statement) {
    var lines = statement.lines().toList();
    return lines.size() > 4 && (lines.getFirst() + "\n").equals(HEAD)
        ? Optional.of(new Keys(lines.get(1), lines.get(2)))
        : Optional.empty();
  }

  /** From which key to which. */
  public record Keys(String from, String to) {}
}

package dev.remit.evidence;

import dev.remit.core.value.InvalidValueException;
import dev.remit.log.Ed25519Cosigner;
import dev.remit.log.Ed25519Signer;
import dev.remit.log.InvalidLogDataException;
import dev.remit.log.KeyName;
import dev.remit.log.witness.FolderStates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * All that a client's witness has: its key in {@code witness.key} and its memory in {@code seen/}.
 *
 * <p>Both lie in one folder, so that who loses the memory loses the key with it: a witness that
 * forgot comes back under a new key, which nobody trusts yet. A key without its memory, or a memory
 * with checkpoints and without its key, stops the start. On the first start the memory is made
 * before the key.
 */
public final class WitnessFolder implements AutoCloseable {

  private final Ed25519Signer key;
  private final FolderStates seen;

  private WitnessFolder(Ed25519Signer key, FolderStates seen) {
    this.key = key;
    this.seen = seen;
  }

  /**
   * Opens the folder, or makes it on the first start.
   *
   * @param name of the witness, usually a URL without scheme
   */
  public static WitnessFolder open(Path folder, String name, SecureRandom random) {
    try {
      Path keyFile = folder.resolve("witness.key");
      Path seen = folder.resolve("seen");
      var key =
          Files.exists(keyFile) ? stored(keyFile, seen, name) : create(keyFile, seen, name, random);
      return new WitnessFolder(key, FolderStates.open(seen));
    } catch (IOException e) {
      throw new InvalidValueException(String.valueOf(e.getMessage()));
    } catch (InvalidLogDataException e) {
      throw new InvalidValueException("the witness's name is none: " + e.getMessage());
    }
  }

  private static Ed25519Signer stored(Path keyFile, Path seen, String name) throws IOException {
    if (PrivateFile.isOpenToOthers(keyFile)) {
      throw new InvalidValueException("`witness.key` is open to others; set its mode to 0600");
    }
    if (!Files.isDirectory(seen)) {
      throw new InvalidValueException(
          "the key is there and its memory `"
              + seen
              + "` is not: restore it, or begin anew in an"
              + " empty folder and hand out the new key");
    }
    Ed25519Signer key =
        KeyFile.parse(Files.readString(keyFile, StandardCharsets.UTF_8))
            .orElseThrow(() -> new InvalidValueException("`witness.key` is damaged"));
    if (!key.name().value().equals(name)) {
      throw new InvalidValueException("the key in this folder is that of `" + key.name() + "`");
    }
    return key;
  }

  private static Ed25519Signer create(Path keyFile, Path seen, String name, SecureRandom random)
      throws IOException {
    var key = Ed25519Signer.generate(new KeyName(name), random);
    Files.createDirectories(keyFile.toAbsolutePath().getParent());
    if (!Files.isDirectory(seen)) {
      FolderStates.create(seen);
    } else if (hasCheckpoints(seen)) {
      throw new InvalidValueException(
          "there is a memory in `" + seen + "` and no `witness.key`: restore the key");
    }
    PrivateFile.write(
        keyFile, out -> out.write(KeyFile.text(key).getBytes(StandardCharsets.UTF_8)));
    return key;
  }

  private static boolean hasCheckpoints(Path seen) throws IOException {
    try (var files = Files.newDirectoryStream(seen, "*.checkpoint")) {
      return files.iterator().hasNext();
    }
  }

  /** What signs for the witness. */
  public Ed25519Cosigner cosigner(InstantSource clock) {
    return new Ed25519Cosigner(key, clock);
  }

  /** What it remembers. */
  public FolderStates seen() {
    return seen;
  }

  @Override
  public void close() {
    try {
      seen.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the witness's memory cannot be closed", e);
    }
  }
}

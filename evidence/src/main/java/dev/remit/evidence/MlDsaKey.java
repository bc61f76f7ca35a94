package dev.remit.evidence;

import dev.remit.core.value.InvalidValueException;
import dev.remit.log.KeyName;
import dev.remit.log.MlDsa44Cosigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * A second key of an installation's logs, of ML-DSA-44, for readers who want signatures that
 * outlive Ed25519: each head then bears both (C2SP tlog-checkpoint "Signatures").
 *
 * <p>It lies in {@code keys/log-ml-dsa.key}; {@code log-ml-dsa.pub} holds the verifier keys for
 * handing out, the one in use last. Where there is none, heads are signed with Ed25519 alone.
 */
public final class MlDsaKey {

  private static final String FILE = "log-ml-dsa.key";
  private static final String PUBLIC = "log-ml-dsa.pub";

  private MlDsaKey() {}

  /** Makes one for the installation of this data folder, or another one; the verifier key. */
  public static String create(Path dataFolder, SecureRandom random) {
    try {
      var name = Files.readString(dataFolder.resolve("installation")).strip();
      var signer = MlDsa44Cosigner.forLog(new KeyName(Anchor.keyName(name)), random);
      var published = dataFolder.resolve(PUBLIC);
      var before = Files.exists(published) ? Files.readString(published) : "";
      Files.createDirectories(dataFolder.resolve("keys"));
      // A published key that was never used harms nobody, a used one that was not would.
      CheckpointSigning.write(published, before + signer.verifier() + "\n");
      CheckpointSigning.write(file(dataFolder), KeyFile.text(signer));
      return signer.verifier().toString();
    } catch (IOException e) {
      throw new UncheckedIOException("the data folder has no `installation`", e);
    }
  }

  /**
   * The key in a data folder.
   *
   * @throws InvalidValueException if it is damaged, open to others or of another installation
   */
  static Optional<MlDsa44Cosigner> open(Path dataFolder, String installation) throws IOException {
    var file = file(dataFolder);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    if (PrivateFile.isOpenToOthers(file)) {
      throw new InvalidValueException(
          "`keys/" + FILE + "` is open to others; set its mode to 0600");
    }
    return Optional.of(
        KeyFile.parseMlDsa44(Files.readString(file, StandardCharsets.UTF_8))
            .filter(key -> key.name().value().equals(Anchor.keyName(installation)))
            .orElseThrow(() ->
                new InvalidValueException(
                    "`keys/" + FILE + "` is damaged or of another installation: restore it")));
  }

  private static Path file(Path dataFolder) {
    return dataFolder.resolve("keys").resolve(FILE);
  }
}

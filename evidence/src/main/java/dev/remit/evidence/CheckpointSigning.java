package dev.remit.evidence;

import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.log.Checkpoint;
import dev.remit.log.Ed25519Signer;
import dev.remit.log.KeyName;
import dev.remit.log.Origin;
import dev.remit.log.TreeHead;
import dev.remit.log.TrustedKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Signs the heads of all logs of one installation with its one log key (Ed25519).
 *
 * <p>The key lies in {@code keys/log.key}: its verifier key, then the private key as PKCS#8 in PEM
 * (RFC 7468, which lets text stand before it). One file, so that a crash cannot part the two.
 * {@code log.pub} is a copy of the verifier key for handing out. The key bears the name {@code
 * remit/<installation>}; a log's origin is {@code remit/<installation>/<tenant>}.
 *
 * <p>A key is made only where there is none and never was: whatever is missing of a key that was
 * used stops the start, because a second key would look to clients like a second history.
 */
public final class CheckpointSigning {

  private final String installation;
  private final Ed25519Signer signer;

  private CheckpointSigning(String installation, Ed25519Signer signer) {
    this.installation = installation;
    this.signer = signer;
  }

  /** Loads what the data folder holds; makes an installation's name and key on the first start. */
  public static CheckpointSigning open(Path dataFolder, SecureRandom random) {
    Path key = dataFolder.resolve("keys").resolve("log.key");
    try {
      Optional<String> stored = stored(key);
      String installation = installation(dataFolder, random, stored.isPresent());
      Ed25519Signer signer =
          stored.isPresent() ? parse(stored.get()) : create(dataFolder, key, installation, random);
      if (!signer.name().value().equals(Anchor.keyName(installation))) {
        throw new InvalidValueException(
            "`keys/log.key` is the key of `" + signer.name() + "`, not of this installation");
      }
      publish(dataFolder.resolve("log.pub"), signer.verifier().toString() + "\n");
      return new CheckpointSigning(installation, signer);
    } catch (IOException e) {
      throw new UncheckedIOException("the log key cannot be read or written", e);
    }
  }

  private static Optional<String> stored(Path key) throws IOException {
    if (!Files.exists(key)) {
      return Optional.empty();
    }
    if (PrivateFile.isOpenToOthers(key)) {
      throw new InvalidValueException("`keys/log.key` is open to others; set its mode to 0600");
    }
    return Optional.of(Files.readString(key, StandardCharsets.UTF_8));
  }

  private static String installation(Path folder, SecureRandom random, boolean isKnown)
      throws IOException {
    Path file = folder.resolve("installation");
    if (!Files.exists(file)) {
      if (isKnown) {
        throw new InvalidValueException("the file `installation` is missing beside `keys/log.key`");
      }
      byte[] name = new byte[8];
      random.nextBytes(name);
      write(file, HexFormat.of().formatHex(name) + "\n");
    }
    String name = Files.readString(file, StandardCharsets.UTF_8).strip();
    if (!name.matches("[0-9a-f]{16}")) {
      throw new InvalidValueException("the file `installation` holds 16 hexadecimal digits");
    }
    return name;
  }

  private static Ed25519Signer create(
      Path folder, Path key, String installation, SecureRandom random) throws IOException {
    if (Files.exists(folder.resolve("log.pub"))) {
      throw new InvalidValueException(
          "`keys/log.key` is missing and `log.pub` is there: restore the key from a backup");
    }
    var signer = Ed25519Signer.generate(new KeyName(Anchor.keyName(installation)), random);
    Files.createDirectories(folder.resolve("keys"));
    write(key, KeyFile.text(signer));
    return signer;
  }

  private static Ed25519Signer parse(String text) {
    return KeyFile.parse(text)
        .orElseThrow(
            () -> new InvalidValueException("`keys/log.key` is damaged: restore it from a backup"));
  }

  private static void publish(Path file, String verifierKey) throws IOException {
    if (!Files.exists(file)) {
      write(file, verifierKey);
    } else if (!Files.readString(file, StandardCharsets.UTF_8).equals(verifierKey)) {
      throw new InvalidValueException("`log.pub` is not the key of `keys/log.key`");
    }
  }

  private static void write(Path file, String text) {
    PrivateFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** The signed checkpoint of a tenant's log at this head, as note text. */
  public String sign(TenantId tenant, TreeHead head) {
    return new Checkpoint(new Origin(origin(tenant)), head).sign(signer).toString();
  }

  /** The name of a tenant's log. */
  public String origin(TenantId tenant) {
    return Anchor.origin(installation, tenant.value());
  }

  /** 16 hexadecimal digits. */
  public String installation() {
    return installation;
  }

  /** The keys by which an own checkpoint is known. */
  public TrustedKeys trusted() {
    return TrustedKeys.of(signer.verifier());
  }

  /** What clients put into their key file. */
  public String verifierKey() {
    return signer.verifier().toString();
  }
}

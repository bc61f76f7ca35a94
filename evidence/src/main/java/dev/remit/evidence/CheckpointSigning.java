package dev.remit.evidence;

import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.log.Checkpoint;
import dev.remit.log.Ed25519Signer;
import dev.remit.log.Ed25519Verifier;
import dev.remit.log.InvalidLogDataException;
import dev.remit.log.KeyName;
import dev.remit.log.NoteSigner;
import dev.remit.log.Origin;
import dev.remit.log.SignedNote;
import dev.remit.log.TreeHead;
import dev.remit.log.TrustedKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Signs the heads of all logs of one installation with its one log key (Ed25519).
 *
 * <p>The key lies in {@code keys/log.key}: its verifier key, then the private key as PKCS#8 in PEM
 * (RFC 7468, which lets text stand before it). One file, so that a crash cannot part the two. Or it
 * is behind a command ({@link CommandSigner}). {@code log.pub} holds the verifier keys for handing
 * out: the key in use on the last line, those before it above, so that old checkpoints stay
 * verifiable. A second key of another kind may sign beside it ({@link MlDsaKey}). The key bears the
 * name {@code remit/<installation>}; a log's origin is {@code remit/<installation>/<tenant>}.
 *
 * <p>A key is made only where there is none and never was: whatever is missing of a key that was
 * used stops the start, because a second key would look to clients like a second history. Another
 * key comes by {@link KeyRotation} alone.
 */
public final class CheckpointSigning {

  private final String installation;
  private final List<NoteSigner> signers;
  private final List<Ed25519Verifier> keys;

  private CheckpointSigning(
      String installation, List<NoteSigner> signers, List<Ed25519Verifier> keys) {
    this.installation = installation;
    this.signers = List.copyOf(signers);
    this.keys = keys;
  }

  /** Loads what the data folder holds; makes an installation's name and key on the first start. */
  public static CheckpointSigning open(Path dataFolder, SecureRandom random) {
    Path key = dataFolder.resolve("keys").resolve("log.key");
    try {
      KeyRotation.finish(dataFolder);
      Optional<String> stored = stored(key);
      String installation = installation(dataFolder, random, stored.isPresent());
      Ed25519Signer signer =
          stored.isPresent() ? parse(stored.get()) : create(dataFolder, key, installation, random);
      return of(dataFolder, installation, signer, signer.verifier(), "`keys/log.key`");
    } catch (IOException e) {
      throw new UncheckedIOException("the log key cannot be read or written", e);
    }
  }

  /** As {@link #open(Path, SecureRandom)}, with a key that lies elsewhere. */
  public static CheckpointSigning open(Path dataFolder, SecureRandom random, CommandSigner signer) {
    try {
      String installation = installation(dataFolder, random, false);
      return of(dataFolder, installation, signer, signer.verifier(), "the signing command");
    } catch (IOException e) {
      throw new UncheckedIOException("the log's keys cannot be read or written", e);
    }
  }

  private static CheckpointSigning of(
      Path dataFolder, String installation, NoteSigner signer, Ed25519Verifier key, String where)
      throws IOException {
    if (!signer.name().value().equals(Anchor.keyName(installation))) {
      throw new InvalidValueException(
          where + " is the key of `" + signer.name() + "`, not of this installation");
    }
    var keys = published(dataFolder.resolve("log.pub"), key, where);
    var signers = new ArrayList<NoteSigner>(List.of(signer));
    MlDsaKey.open(dataFolder, installation).ifPresent(signers::add);
    return new CheckpointSigning(installation, signers, keys);
  }

  static Optional<String> stored(Path key) throws IOException {
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

  static Ed25519Signer parse(String text) {
    return KeyFile.parse(text)
        .orElseThrow(
            () -> new InvalidValueException("`keys/log.key` is damaged: restore it from a backup"));
  }

  /** All keys that were ever handed out, the one in use last. */
  private static List<Ed25519Verifier> published(Path file, Ed25519Verifier key, String where)
      throws IOException {
    if (!Files.exists(file)) {
      write(file, key + "\n");
    }
    var keys = keys(file);
    if (keys.isEmpty() || !keys.getLast().equals(key)) {
      throw new InvalidValueException(
          keys.contains(key)
              ? where + " is a key that was replaced: use the newest one"
              : "`log.pub` is not the key of " + where + ": a new one comes by `remit log-key`");
    }
    return keys;
  }

  static List<Ed25519Verifier> keys(Path file) throws IOException {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(Ed25519Verifier::parse)
          .toList();
    } catch (InvalidLogDataException e) {
      throw new InvalidValueException("`log.pub` holds a line that is no key");
    }
  }

  static void write(Path file, String text) {
    PrivateFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** The signed checkpoint of a tenant's log at this head, as note text. */
  public String sign(TenantId tenant, TreeHead head) {
    var checkpoint = new Checkpoint(new Origin(origin(tenant)), head);
    return SignedNote.sign(checkpoint.toText(), signers).toString();
  }

  /** The name of a tenant's log. */
  public String origin(TenantId tenant) {
    return Anchor.origin(installation, tenant.value());
  }

  /** 16 hexadecimal digits. */
  public String installation() {
    return installation;
  }

  /** The keys by which an own checkpoint is known: the one in use and those before it. */
  public TrustedKeys trusted() {
    return TrustedKeys.of(keys);
  }

  /** What clients put into their key file. */
  public String verifierKey() {
    return keys.getLast().toString();
  }
}

package dev.remit.identity.secret;

import com.google.crypto.tink.Aead;
import dev.remit.core.value.InvalidValueException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Secrets of connectors in a data folder, each sealed with AES-256-GCM under its own name (Tink
 * keyset).
 *
 * <p>Promises: files and keyset are readable by their owner only, writing is atomic, and a file
 * that was changed or put under another name is refused. It does not protect from who can read the
 * whole folder: the keyset lies in it.
 */
public final class SealedSecrets {

  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,63}");
  private static final int MOST_BYTES = 64 * 1024;

  private final Path folder;
  private final Aead aead;

  private SealedSecrets(Path folder, Aead aead) {
    this.folder = folder;
    this.aead = aead;
  }

  /** Opens the secrets of this data folder; makes folder and keyset on first use. */
  public static SealedSecrets open(Path dataFolder) {
    try {
      var keys = PrivateFiles.folder(dataFolder.resolve("keys"));
      var folder = PrivateFiles.folder(dataFolder.resolve("secrets"));
      return new SealedSecrets(folder, SecretsKeyset.open(keys.resolve("secrets.keyset")));
    } catch (IOException e) {
      throw new UncheckedIOException("the folder of secrets cannot be used", e);
    }
  }

  /** Seals these bytes under this name, in place of what was there. */
  public void put(String name, byte[] secret) {
    requireName(name);
    if (secret.length == 0 || secret.length > MOST_BYTES) {
      throw new InvalidValueException(
          "secret `" + name + "` must have between 1 and " + MOST_BYTES + " bytes");
    }
    try {
      PrivateFiles.replace(folder.resolve(name), aead.encrypt(secret, associated(name)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a secret cannot be sealed", e);
    } catch (IOException e) {
      throw new UncheckedIOException("secret `" + name + "` cannot be written", e);
    }
  }

  /** Seals this text as UTF-8. The caller still owns, and wipes, the characters. */
  public void put(String name, char[] secret) {
    byte[] room = new byte[3 * secret.length];
    byte[] bytes = {};
    try {
      var encoded = ByteBuffer.wrap(room);
      var encoder = StandardCharsets.UTF_8.newEncoder();
      var result = encoder.encode(CharBuffer.wrap(secret), encoded, true);
      if (result.isError()) {
        throw new InvalidValueException("a secret must be valid text");
      }
      bytes = Arrays.copyOf(room, encoded.position());
      put(name, bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
      Arrays.fill(room, (byte) 0);
    }
  }

  /** The secret of this name, if there is one. */
  public Optional<byte[]> get(String name) {
    requireName(name);
    try {
      return Optional.of(aead.decrypt(Files.readAllBytes(folder.resolve(name)), associated(name)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new SecretUnreadableException(
          "secret `" + name + "` was changed, moved or sealed with another keyset; put it again",
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("secret `" + name + "` cannot be read", e);
    }
  }

  /** Makes the secret of this name go away; nothing happens if there is none. */
  public void remove(String name) {
    requireName(name);
    try {
      Files.deleteIfExists(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException("secret `" + name + "` cannot be removed", e);
    }
  }

  /** The names of all secrets, sorted. */
  public Set<String> names() {
    var names = new TreeSet<String>();
    try (var files = Files.newDirectoryStream(folder)) {
      files.forEach(file -> names.add(String.valueOf(file.getFileName())));
    } catch (IOException e) {
      throw new UncheckedIOException("the folder of secrets cannot be read", e);
    }
    names.removeIf(name -> !NAME.matcher(name).matches());
    return names;
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new InvalidValueException(
          "a secret's name is 1 to 63 lower-case letters, digits and hyphens");
    }
  }

  private static byte[] associated(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }
}

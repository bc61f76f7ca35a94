package dev.remit.identity.secret;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.StreamingAead;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.streamingaead.PredefinedStreamingAeadParameters;
import com.google.crypto.tink.streamingaead.StreamingAeadConfig2026;
import dev.remit.core.value.InvalidValueException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/**
 * The key that backups are sealed with (AES-256-GCM-HKDF in segments of one MiB, Tink streaming
 * AEAD), in a file of its own that is kept away from them.
 *
 * <p>Promises: a backup that was changed, cut off or sealed with another key does not open to its
 * end; what was read before the fault is no more than what the fault left.
 */
public final class BackupKey {

  private static final byte[] CONTEXT = "remit backup".getBytes(StandardCharsets.UTF_8);

  private final StreamingAead aead;

  private BackupKey(StreamingAead aead) {
    this.aead = aead;
  }

  /** Makes a key in a new file that its owner alone can read. */
  public static void create(Path file) {
    if (Files.exists(file)) {
      throw new InvalidValueException("`" + file + "` is there already: name another file");
    }
    try {
      var keyset =
          KeysetHandle.generateNew(
              PredefinedStreamingAeadParameters.AES256_GCM_HKDF_1MB, StreamingAeadConfig2026.get());
      var text =
          TinkJsonProtoKeysetFormat.serializeKeyset(
              keyset, StreamingAeadConfig2026.get(), InsecureSecretKeyAccess.get());
      PrivateFiles.createOnce(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key cannot be made", e);
    } catch (IOException e) {
      throw new InvalidValueException("`" + file + "` cannot be written");
    }
  }

  /** Reads the key in this file, which nobody else may be able to read. */
  public static BackupKey read(Path file) {
    try {
      PrivateFiles.requirePrivate(file);
      return new BackupKey(
          TinkJsonProtoKeysetFormat.parseKeyset(
                  Files.readString(file),
                  StreamingAeadConfig2026.get(),
                  InsecureSecretKeyAccess.get())
              .getPrimitive(StreamingAeadConfig2026.get(), StreamingAead.class));
    } catch (IOException e) {
      throw new InvalidValueException(
          "the key `" + file + "` cannot be read, or others can read it: set its mode to 600");
    } catch (GeneralSecurityException e) {
      throw new InvalidValueException("`" + file + "` holds no key for backups");
    }
  }

  /** Seals what is written. */
  public OutputStream seal(OutputStream out) throws IOException {
    try {
      return aead.newEncryptingStream(out, CONTEXT);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a backup cannot be sealed", e);
    }
  }

  /** Opens what was sealed; reading fails with an {@link IOException} where it was changed. */
  public InputStream open(InputStream in) throws IOException {
    try {
      return aead.newDecryptingStream(in, CONTEXT);
    } catch (GeneralSecurityException e) {
      throw new IOException("the backup is not sealed with this key", e);
    }
  }
}

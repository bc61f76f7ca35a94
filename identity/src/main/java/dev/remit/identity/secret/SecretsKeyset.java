package dev.remit.identity.secret;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/** The keyset file under which secrets are sealed. */
final class SecretsKeyset {

  private SecretsKeyset() {}

  static Aead open(Path file) throws IOException {
    try {
      if (!Files.exists(file)) {
        create(file);
      }
      PrivateFiles.requirePrivate(file);
      return TinkJsonProtoKeysetFormat.parseKeyset(
              Files.readString(file), AeadConfig2026.get(), InsecureSecretKeyAccess.get())
          .getPrimitive(AeadConfig2026.get(), Aead.class);
    } catch (GeneralSecurityException e) {
      throw new SecretUnreadableException(
          "the keyset of secrets cannot be read; restore it from a backup", e);
    }
  }

  /** Of two processes that start on one new folder, the first one's keyset stays. */
  private static void create(Path file) throws IOException, GeneralSecurityException {
    var keyset =
        KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, AeadConfig2026.get());
    var text =
        TinkJsonProtoKeysetFormat.serializeKeyset(
            keyset, AeadConfig2026.get(), InsecureSecretKeyAccess.get());
    PrivateFiles.createOnce(file, text.getBytes(StandardCharsets.UTF_8));
  }
}

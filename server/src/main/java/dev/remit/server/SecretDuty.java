package dev.remit.server;

import dev.remit.core.secret.LiveSecrets;
import dev.remit.core.secret.SecretCheck;
import dev.remit.identity.secret.SealedSecrets;
import dev.remit.identity.secret.SecretUnreadableException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/** Keeps secrets from travelling: what is sealed here is watched for from the start on. */
final class SecretDuty {

  private SecretDuty() {}

  /** The check of this process, which its log goes through, too. */
  static SecretCheck begin(Path data, SecureRandom random) {
    byte[] key = new byte[32];
    random.nextBytes(key);
    var live = new LiveSecrets(key);
    var sealed = SealedSecrets.open(data);
    for (var name : sealed.names()) {
      try {
        sealed.get(name).ifPresent(secret -> hold(live, name, text(secret)));
      } catch (SecretUnreadableException e) {
        // Whoever needs it is told; nobody can use it, so it can give nothing away.
      }
    }
    var check = new SecretCheck(live);
    Logs.without(check);
    return check;
  }

  /** A standing secret, in place of what it was before. */
  static void hold(LiveSecrets live, String name, String secret) {
    live.hold("standing " + name, List.of(secret.strip()));
  }

  static String text(byte[] secret) {
    return new String(secret, StandardCharsets.UTF_8);
  }
}

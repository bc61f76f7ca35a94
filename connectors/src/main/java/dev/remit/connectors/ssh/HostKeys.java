package dev.remit.connectors.ssh;

import dev.remit.core.value.InvalidValueException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.common.util.security.SecurityUtils;

/** Ed25519 keys in OpenSSH's text forms; every other kind of key is refused. */
final class HostKeys {
  static {
    // Bouncy Castle serves this library alone; registered, it would serve the whole process.
    System.setProperty("org.apache.sshd.security.provider.BC.useNamed", "false");
  }

  private HostKeys() {}

  /** To be called before the library is used for anything else. */
  static void prepare() {
    // What has to be done is done when this class is loaded.
  }

  /** A public key's line. */
  static PublicKey parse(String line) {
    try {
      var key = PublicKeyEntry.parsePublicKeyEntry(line).resolvePublicKey(null, null, null);
      if (isEd25519(key)) {
        return key;
      }
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      // Falls through to the refusal.
    }
    throw new InvalidValueException("a host's key is one line that begins with `ssh-ed25519`");
  }

  /** A private key in OpenSSH's format; the message never quotes it. */
  static KeyPair parsePrivate(String text) {
    try {
      var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
      var all =
          SecurityUtils.loadKeyPairIdentities(null, NamedResource.ofName("authority"), bytes, null);
      if (all != null) {
        var keys = all.iterator();
        var pair = keys.hasNext() ? keys.next() : null;
        if (pair != null && isEd25519(pair.getPublic()) && !keys.hasNext()) {
          return pair;
        }
      }
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      // Falls through to the refusal.
    }
    throw new InvalidValueException(
        "the authority's secret is no Ed25519 key of OpenSSH without passphrase: make one with"
            + " `ssh-keygen -t ed25519 -N \"\"`");
  }

  private static boolean isEd25519(PublicKey key) {
    return KeyPairProvider.SSH_ED25519.equals(KeyUtils.getKeyType(key));
  }

  /** The key as SSH sends it (RFC 8709, section 4). */
  static byte[] wire(PublicKey key) {
    var buffer = new ByteArrayBuffer();
    buffer.putRawPublicKey(key);
    return buffer.getCompactData();
  }

  /** As people compare it: {@code SHA256:…}. */
  static String fingerprint(String line) {
    return KeyUtils.getFingerPrint(parse(line));
  }
}

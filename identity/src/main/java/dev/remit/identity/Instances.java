package dev.remit.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.remit.core.call.Sha256;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.value.InvalidValueException;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;

/**
 * Which instance a caller is: its key, whatever way it showed that it holds it.
 *
 * <p>A key that is shown in a certificate and in a proof of possession is one instance: both are
 * named by the thumbprint of the key itself (RFC 7638).
 */
public final class Instances {

  private static final int DIGITS = 32;
  private static final int ED25519_BYTES = 32;

  private Instances() {}

  /** The holder of this key. */
  public static InstanceId of(PublicKey key) {
    return ofThumbprint(thumbprint(key));
  }

  /** The holder of the key with this thumbprint (RFC 7638, SHA-256, base64url). */
  public static InstanceId ofThumbprint(String thumbprint) {
    return new InstanceId("jkt:" + thumbprint);
  }

  /** Whoever calls under this name without a key: all copies are one. */
  public static InstanceId unbound(String issuer, String subject) {
    String digest = Sha256.of((issuer + "\n" + subject).getBytes(StandardCharsets.UTF_8));
    int start = digest.indexOf(':') + 1;
    return new InstanceId("unbound:" + digest.substring(start, start + DIGITS));
  }

  /** The thumbprint of a key (RFC 7638, SHA-256, base64url); of unknown kinds, wrong input. */
  public static String thumbprint(PublicKey key) {
    try {
      return switch (key) {
        case ECPublicKey ec ->
            new ECKey.Builder(Curve.forECParameterSpec(ec.getParams()), ec)
                .build()
                .computeThumbprint()
                .toString();
        case RSAPublicKey rsa -> new RSAKey.Builder(rsa).build().computeThumbprint().toString();
        case EdECPublicKey ed ->
            new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(lastBytes(ed)))
                .build()
                .computeThumbprint()
                .toString();
        default -> throw new InvalidValueException("the key is of an unknown kind");
      };
    } catch (JOSEException | IllegalArgumentException | IllegalStateException e) {
      throw new InvalidValueException("the key is of an unknown kind");
    }
  }

  /** An encoded Ed25519 key ends with its 32 bytes (RFC 8410, section 4). */
  private static byte[] lastBytes(EdECPublicKey key) {
    if (!key.getParams().getName().equals("Ed25519")) {
      throw new InvalidValueException("the key is of an unknown kind");
    }
    var encoded = key.getEncoded();
    return Arrays.copyOfRange(encoded, encoded.length - ED25519_BYTES, encoded.length);
  }
}

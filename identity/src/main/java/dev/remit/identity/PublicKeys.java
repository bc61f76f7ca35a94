package dev.remit.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/** Public keys of the kinds that tokens are signed with: P-256, Ed25519, RSA (RFC 7518, 8037). */
public final class PublicKeys {

  private static final int FEWEST_RSA_BITS = 2048;
  private static final int MOST_RSA_BITS = 8192;

  /** SubjectPublicKeyInfo of Ed25519 up to the 32 bytes of the key (RFC 8410, section 4). */
  private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private PublicKeys() {}

  /** The public half as the platform knows it; empty for another kind of key. */
  public static Optional<PublicKey> of(JWK jwk) throws JOSEException, GeneralSecurityException {
    return switch (jwk) {
      case ECKey ec when Curve.P_256.equals(ec.getCurve()) -> Optional.of(ec.toECPublicKey());
      case RSAKey rsa -> Optional.of(rsa.toRSAPublicKey());
      case OctetKeyPair okp when Curve.Ed25519.equals(okp.getCurve()) ->
          Optional.of(ed25519(okp.getDecodedX()));
      default -> Optional.empty();
    };
  }

  /** What a key of this kind and size may sign with; nothing if it is too weak. */
  public static Set<SigningAlgorithm> algorithms(JWK jwk) {
    return switch (jwk) {
      case ECKey ec when Curve.P_256.equals(ec.getCurve()) -> Set.of(SigningAlgorithm.ES256);
      case OctetKeyPair okp when Curve.Ed25519.equals(okp.getCurve()) ->
          Set.of(SigningAlgorithm.EDDSA);
      case RSAKey rsa when rsa.size() >= FEWEST_RSA_BITS && rsa.size() <= MOST_RSA_BITS ->
          Set.of(SigningAlgorithm.RS256, SigningAlgorithm.PS256);
      default -> Set.of();
    };
  }

  private static PublicKey ed25519(byte[] x) throws GeneralSecurityException {
    var encoded = new byte[ED25519_PREFIX.length + x.length];
    System.arraycopy(ED25519_PREFIX, 0, encoded, 0, ED25519_PREFIX.length);
    System.arraycopy(x, 0, encoded, ED25519_PREFIX.length, x.length);
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
  }
}

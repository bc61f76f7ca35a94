package dev.remit.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a JWK set (RFC 7517). Keys of unknown kinds, without a {@code kid}, or shared secrets are
 * left out; keys that are too weak, meant for something else, of a lab, or published with their
 * private half stay as keys that fit no algorithm.
 */
public final class JwkSetReader {

  /** Keys of lab estates are named so; they lie in everybody's working folder. */
  static final String LAB_KID = "lab-";

  private static final int MOST_KEYS = 100;
  private static final int FEWEST_RSA_BITS = 2048;
  private static final int MOST_RSA_BITS = 8192;

  /** SubjectPublicKeyInfo of Ed25519 up to the 32 bytes of the key (RFC 8410, section 4). */
  private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private JwkSetReader() {}

  static List<VerificationKey> read(Value.Obj keySet, boolean isLab) {
    var items = keySet.items("keys");
    if (items.size() > MOST_KEYS) {
      throw new InvalidValueException("the key set has more than " + MOST_KEYS + " keys");
    }
    var keys = new ArrayList<VerificationKey>();
    items.forEach(item -> read(item, isLab).ifPresent(keys::add));
    if (keys.isEmpty()) {
      throw new InvalidValueException("the key set has no key that could be used");
    }
    return List.copyOf(keys);
  }

  /**
   * The public key of one JWK, with the algorithms that it may be used with; empty for keys of
   * unknown kinds, shared secrets and keys without a {@code kid}.
   */
  public static Optional<VerificationKey> one(Value jwk) {
    return read(jwk, true);
  }

  private static Optional<VerificationKey> read(Value item, boolean isLab) {
    try {
      var jwk = JWK.parse(Json.text(item));
      if (jwk.getKeyID() == null || jwk.getKeyID().isEmpty()) {
        return Optional.empty();
      }
      return publicKey(jwk)
          .map(key -> new VerificationKey(jwk.getKeyID(), key, algorithms(jwk, isLab)));
    } catch (ParseException | JOSEException | IllegalArgumentException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static Optional<PublicKey> publicKey(JWK jwk)
      throws JOSEException, GeneralSecurityException {
    return switch (jwk) {
      case ECKey ec when Curve.P_256.equals(ec.getCurve()) -> Optional.of(ec.toECPublicKey());
      case RSAKey rsa -> Optional.of(rsa.toRSAPublicKey());
      case OctetKeyPair okp when Curve.Ed25519.equals(okp.getCurve()) ->
          Optional.of(ed25519(okp.getDecodedX()));
      default -> Optional.empty();
    };
  }

  private static PublicKey ed25519(byte[] x) throws GeneralSecurityException {
    var encoded = new byte[ED25519_PREFIX.length + x.length];
    System.arraycopy(ED25519_PREFIX, 0, encoded, 0, ED25519_PREFIX.length);
    System.arraycopy(x, 0, encoded, ED25519_PREFIX.length, x.length);
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
  }

  private static Set<SigningAlgorithm> algorithms(JWK jwk, boolean isLab) {
    boolean isForSigning =
        (jwk.getKeyUse() == null || jwk.getKeyUse().equals(KeyUse.SIGNATURE))
            && (jwk.getKeyOperations() == null
                || jwk.getKeyOperations().contains(KeyOperation.VERIFY));
    boolean isForeign = jwk.getKeyID().startsWith(LAB_KID) && !isLab;
    if (!isForSigning || jwk.isPrivate() || isForeign) {
      return Set.of();
    }
    var fitting = ofKind(jwk);
    if (jwk.getAlgorithm() == null) {
      return fitting;
    }
    return SigningAlgorithm.find(jwk.getAlgorithm().getName())
        .filter(fitting::contains)
        .map(Set::of)
        .orElse(Set.of());
  }

  private static Set<SigningAlgorithm> ofKind(JWK jwk) {
    return switch (jwk) {
      case ECKey _ -> Set.of(SigningAlgorithm.ES256);
      case OctetKeyPair _ -> Set.of(SigningAlgorithm.EDDSA);
      case RSAKey rsa when rsa.size() >= FEWEST_RSA_BITS && rsa.size() <= MOST_RSA_BITS ->
          Set.of(SigningAlgorithm.RS256, SigningAlgorithm.PS256);
      default -> Set.of();
    };
  }
}

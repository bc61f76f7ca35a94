package dev.remit.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.util.ArrayList;
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

  /** The same of a client's key, which is never a lab's. */
  static Optional<VerificationKey> ofClient(Value jwk) {
    return read(jwk, false);
  }

  private static Optional<VerificationKey> read(Value item, boolean isLab) {
    try {
      var jwk = JWK.parse(Json.text(item));
      if (jwk.getKeyID() == null || jwk.getKeyID().isEmpty()) {
        return Optional.empty();
      }
      return PublicKeys.of(jwk)
          .map(key -> new VerificationKey(jwk.getKeyID(), key, algorithms(jwk, isLab)));
    } catch (ParseException | JOSEException | IllegalArgumentException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
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
    var fitting = PublicKeys.algorithms(jwk);
    if (jwk.getAlgorithm() == null) {
      return fitting;
    }
    return SigningAlgorithm.find(jwk.getAlgorithm().getName())
        .filter(fitting::contains)
        .map(Set::of)
        .orElse(Set.of());
  }
}

package dev.remit.identity;

import dev.remit.core.value.InvalidValueException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The signature algorithms of tokens (RFC 7518, section 3; RFC 8037; RFC 9864). There is no {@code
 * none} and nothing with a shared secret.
 *
 * <p>Runs on whichever JCA provider comes first.
 */
public enum SigningAlgorithm {
  ES256("ES256"),
  RS256("RS256"),
  PS256("PS256"),
  EDDSA("EdDSA");

  /** All of them. */
  public static final Set<SigningAlgorithm> ALL = Set.copyOf(EnumSet.allOf(SigningAlgorithm.class));

  private final String header;

  SigningAlgorithm(String header) {
    this.header = header;
  }

  /** The value of the header {@code alg}. */
  public String header() {
    return header;
  }

  /** The algorithm of this header value, if it is one of ours. */
  public static Optional<SigningAlgorithm> find(String header) {
    if (header.equals("Ed25519")) {
      return Optional.of(EDDSA); // the fully specified name, RFC 9864
    }
    return ALL.stream().filter(algorithm -> algorithm.header.equals(header)).findFirst();
  }

  /** Reads {@link #header()}; anything else is wrong input. */
  public static SigningAlgorithm parse(String header) {
    return find(header)
        .orElseThrow(() ->
            new InvalidValueException(
                "unknown algorithm `" + header + "`: use ES256, RS256, PS256 or EdDSA"));
  }

  /** Whether this signature is of these bytes by the holder of that key. */
  boolean isSigned(byte[] bytes, byte[] signature, PublicKey key) {
    try {
      var verifier = verifier();
      verifier.initVerify(key);
      verifier.update(bytes);
      return verifier.verify(signature);
    } catch (SignatureException | InvalidKeyException e) {
      return false; // not even of the right form
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the platform lacks a signature algorithm", e);
    }
  }

  private Signature verifier() throws GeneralSecurityException {
    return switch (this) {
      case ES256 -> Signature.getInstance("SHA256withECDSAinP1363Format");
      case RS256 -> Signature.getInstance("SHA256withRSA");
      case EDDSA -> Signature.getInstance("Ed25519");
      case PS256 -> {
        var pss = Signature.getInstance("RSASSA-PSS");
        pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        yield pss;
      }
    };
  }
}

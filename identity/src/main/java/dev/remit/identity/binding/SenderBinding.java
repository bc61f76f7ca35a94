package dev.remit.identity.binding;

import dev.remit.core.identity.InstanceId;
import dev.remit.core.identity.Presented;
import dev.remit.core.identity.Presented.Credential;
import dev.remit.core.identity.Presented.Scheme;
import dev.remit.core.value.InvalidValueException;
import dev.remit.identity.Instances;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * Holds a token against who shows it. A bound token is worth nothing without its key, and an
 * unbound one proves no key.
 */
public final class SenderBinding {

  private final DpopProofs proofs;

  public SenderBinding(DpopProofs proofs) {
    this.proofs = proofs;
  }

  /** What is known of the sender. */
  public sealed interface Sender {}

  /** It holds this key: an instance of its own. */
  public record Bound(InstanceId instance) implements Sender {}

  /** The token is bound to nobody. */
  public record Unbound() implements Sender {}

  /** The token is not the sender's, or shown in a way that is not its own. */
  public record Foreign(String detail) implements Sender {}

  /** The proof must name this nonce. */
  public record NeedsNonce(String nonce) implements Sender {}

  /** Asks the sender of a token for its key. */
  public Sender of(Credential shown, Confirmation confirmation, Presented presented, Instant now) {
    return switch (confirmation) {
      case Confirmation.None() ->
          shown.scheme() == Scheme.BEARER && presented.proof().isEmpty()
              ? new Unbound()
              : new Foreign("a token that is bound to no key came with a proof of one");
      case Confirmation.Key(String thumbprint) -> byKey(shown, thumbprint, presented, now);
      case Confirmation.Certificate(String digest) -> byCertificate(shown, digest, presented);
    };
  }

  private Sender byKey(Credential shown, String thumbprint, Presented presented, Instant now) {
    if (shown.scheme() != Scheme.DPOP || presented.proof().isEmpty()) {
      return new Foreign("the token is bound to a key and came without proof of it");
    }
    var checked =
        proofs.check(
            presented.proof().get(),
            presented.method(),
            presented.uri(),
            Optional.of(shown.token()),
            Optional.of(thumbprint),
            now);
    return switch (checked) {
      case DpopProofs.Holds(String held) -> new Bound(Instances.ofThumbprint(held));
      case DpopProofs.Wrong(String detail) -> new Foreign(detail);
      case DpopProofs.Again(String nonce) -> new NeedsNonce(nonce);
    };
  }

  private static Sender byCertificate(Credential shown, String digest, Presented presented) {
    if (shown.scheme() != Scheme.BEARER || presented.certificates().isEmpty()) {
      return new Foreign("the token is bound to a certificate and came without it");
    }
    var leaf = presented.certificates().getFirst();
    if (!digest.equals(digest(leaf))) {
      return new Foreign("the token is bound to another certificate");
    }
    try {
      return new Bound(Instances.of(leaf.getPublicKey()));
    } catch (InvalidValueException e) {
      return new Foreign("the certificate's key is of a kind that is not used here");
    }
  }

  /** SHA-256 of a certificate in base64url, as {@code x5t#S256} says it (RFC 8705, section 3.1). */
  public static String digest(X509Certificate certificate) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that was parsed has an encoding", e);
    }
  }
}

package dev.remit.identity.binding;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which key the holder of a token must prove: its claim {@code cnf} (RFC 7800, section 3). */
public sealed interface Confirmation {

  /** No key: whoever holds the token may use it. */
  record None() implements Confirmation {}

  /** The key with this thumbprint, by DPoP (RFC 9449, section 6.1). */
  record Key(String thumbprint) implements Confirmation {}

  /** The client certificate with this SHA-256 digest (RFC 8705, section 3.1). */
  record Certificate(String digest) implements Confirmation {}

  /**
   * Reads a token's claims. Any {@code cnf} that is not exactly one of the two kinds is refused,
   * never taken for none.
   */
  static Confirmation of(Value.Obj claims) {
    var cnf = claims.get("cnf");
    if (cnf.isEmpty()) {
      return new None();
    }
    if (cnf.get() instanceof Value.Obj said && withoutKind(said).members().size() == 1) {
      var one = withoutKind(said);
      var key = one.text("jkt").filter(Thumbprints::isOne);
      if (key.isPresent()) {
        return new Key(key.get());
      }
      var certificate = one.text("x5t#S256").filter(Thumbprints::isOne);
      if (certificate.isPresent()) {
        return new Certificate(certificate.get());
      }
    }
    throw new InvalidValueException("the token is bound in a way that is not known here");
  }

  /**
   * The same without what Keycloak writes beside {@code jkt}: that it saw a proof by DPoP. Any
   * other word of it stays, and so is refused.
   */
  private static Value.Obj withoutKind(Value.Obj cnf) {
    boolean isByDpop =
        cnf.get("jkt").isPresent() && cnf.text("kc-jkt-type").equals(Optional.of("DPoP"));
    return isByDpop ? cnf.without("kc-jkt-type") : cnf;
  }

  /** SHA-256 in base64url without padding. */
  final class Thumbprints {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    private Thumbprints() {}

    static boolean isOne(String text) {
      return FORM.matcher(text).matches();
    }
  }
}

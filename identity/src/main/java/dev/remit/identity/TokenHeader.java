package dev.remit.identity;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The header of an access token, checked against what its issuer may use (RFC 8725, sections 3.1
 * and 3.11; RFC 9068, section 2.1).
 *
 * <p>A header that brings or points to a key is refused, not ignored: keys come from the issuer's
 * address only. No extension is understood, so any {@code crit} is refused.
 */
record TokenHeader(SigningAlgorithm algorithm, String kid) {

  private static final Set<String> ACCESS_TOKEN = Set.of("at+jwt", "application/at+jwt");
  private static final Set<String> PLAIN = Set.of("jwt", "application/jwt");

  /** As those who issue plain tokens write it: some leave the type out. */
  private static final Set<String> PLAIN_OR_NONE = Set.of("jwt", "application/jwt", "");

  private static final Set<String> ASSERTION =
      Set.of(
          "jwt",
          "application/jwt",
          "client-authentication+jwt",
          "application/client-authentication+jwt");

  private static final List<String> REFUSED =
      List.of("jku", "x5u", "jwk", "x5c", "crit", "b64", "zip", "enc");
  private static final int LONGEST_KID = 256;

  /** The header of an access token. */
  static TokenHeader of(Value.Obj header, TrustedIssuer issuer) {
    requireType(header, issuer);
    return read(header, issuer);
  }

  /** The header of an id token, which is never that of an access token. */
  static TokenHeader ofIdToken(Value.Obj header, TrustedIssuer issuer) {
    var type = header.text("typ");
    if (header.members().containsKey("typ")
        && type.filter(text -> PLAIN.contains(text.toLowerCase(Locale.ROOT))).isEmpty()) {
      throw new InvalidValueException("the token's type is not that of an id token");
    }
    return read(header, issuer);
  }

  /** The header of a client's assertion (RFC 7523), whose keys are in the workspace alone. */
  static TokenHeader ofAssertion(Value.Obj header) {
    var type = header.text("typ").map(text -> text.toLowerCase(Locale.ROOT));
    if (header.members().containsKey("typ") && type.filter(ASSERTION::contains).isEmpty()) {
      throw new InvalidValueException("the assertion's type is not that of one");
    }
    return read(header, SigningAlgorithm.ALL, "the assertion's");
  }

  private static TokenHeader read(Value.Obj header, TrustedIssuer issuer) {
    return read(header, issuer.algorithms(), "the token's");
  }

  private static TokenHeader read(Value.Obj header, Set<SigningAlgorithm> allowed, String whose) {
    for (var name : REFUSED) {
      if (header.members().containsKey(name)) {
        throw new InvalidValueException(whose + " header has `" + name + "`");
      }
    }
    var algorithm =
        header
            .text("alg")
            .flatMap(SigningAlgorithm::find)
            .filter(allowed::contains)
            .orElseThrow(() -> new InvalidValueException(whose + " algorithm is not the issuer's"));
    var kid =
        header
            .text("kid")
            .filter(text -> !text.isEmpty() && text.length() <= LONGEST_KID)
            .orElseThrow(() -> new InvalidValueException(whose + " header has no usable kid"));
    return new TokenHeader(algorithm, kid);
  }

  private static void requireType(Value.Obj header, TrustedIssuer issuer) {
    String type = header.text("typ").orElse("").toLowerCase(Locale.ROOT);
    if (!ACCESS_TOKEN.contains(type)
        && !(issuer.acceptsPlainType() && PLAIN_OR_NONE.contains(type))) {
      throw new InvalidValueException("the token's type is not that of an access token");
    }
  }
}

package dev.remit.identity;

import static dev.remit.identity.IdentityCase.proven;

import dev.remit.core.identity.Authenticator.Authentication;
import dev.remit.identity.IdentityCase.Outcome;
import java.util.List;
import java.util.stream.Stream;

/** Access tokens of an agent that needs no key, as the page tells them. */
final class AccessTokenCases {

  private static final String GROUP = "Access tokens of issuers";

  private AccessTokenCases() {}

  static List<IdentityCase> all() {
    return Stream.concat(
            Stream.of(
                proven(
                    GROUP,
                    "an access token of a registered subject",
                    "RFC 9068 4",
                    () -> shown(HostileTokens.good().text()))),
            HostileTokens.all().map(AccessTokenCases::refused))
        .toList();
  }

  private static IdentityCase refused(HostileTokens.Case one) {
    return new IdentityCase(
        GROUP, one.name(), Outcome.REFUSED, rule(one.detail()), () -> shown(one.token()));
  }

  private static Authentication shown(String token) {
    try (var fixture = new AuthenticatorFixture(HostileTokens.KEYS)) {
      return fixture.authenticate(token);
    }
  }

  /** By what the log says, which is one rule each. */
  private static String rule(String detail) {
    return switch (detail) {
      case "the token's type is not that of an access token" -> "RFC 9068 4";
      case "the token's algorithm is not the issuer's" -> "RFC 8725 3.1";
      case "the key is too weak, of a lab, or not for this algorithm or use" -> "RFC 8725 3.1, 3.5";
      case "the token's signature is wrong" -> "RFC 8725 3.3";
      case "the token is not for this audience alone" -> "RFC 8725 3.9; our rule: alone";
      case "the token's issuer is not trusted" -> "RFC 8725 3.8";
      case "the token has no usable subject" -> "RFC 9068 2.2";
      case "the token's subject is not registered" -> "our rule: exactly one";
      case "the token's header has no usable kid" -> "our rule: the key is named";
      case "the issuer has no key of this kid", "the issuer has several keys of this kid" ->
          "RFC 7515 4.1.4; our rule: exactly one";
      case "the token's header has `crit`" -> "RFC 7515 4.1.11";
      case "the token's header has `zip`" -> "RFC 8725 3.6";
      case "the token is bound in a way that is not known here" -> "RFC 7800 3";
      case "the token's life is longer than the issuer's may be" -> "our rule: at most an hour";
      case "the token has expired", "the token has no `exp`" -> "RFC 7519 4.1.4";
      case "the token is not valid yet" -> "RFC 7519 4.1.5";
      case "the token was issued in the future", "the token has no `iat`" -> "RFC 7519 4.1.6";
      default -> byWord(detail);
    };
  }

  private static String byWord(String detail) {
    if (detail.startsWith("the token's header has `")) {
      return "RFC 8725 3.10";
    }
    if (detail.contains("duplicate name")) {
      return "RFC 8725 2.4; our rule: one reading";
    }
    if (detail.endsWith("is not whole seconds")) {
      return "RFC 7519 2; our rule: whole seconds";
    }
    return detail.startsWith("the token is longer") ? "our rule: at most 8 KiB" : "RFC 7515 5.2";
  }
}

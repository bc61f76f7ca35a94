package dev.remit.identity;

import dev.remit.core.identity.Authenticator.Authenticated;
import dev.remit.core.identity.Authenticator.Authentication;
import dev.remit.core.identity.Authenticator.NonceNeeded;
import dev.remit.core.identity.Authenticator.Refused;
import dev.remit.core.identity.Authenticator.Unavailable;
import java.util.function.Supplier;

/**
 * One row of the table of identity cases: what comes, what becomes of it, by which rule.
 *
 * @param group the heading it stands under
 * @param shown what the caller shows, in words
 * @param outcome what becomes of it
 * @param rule the specification's section, or the product's own rule
 * @param run does it for real
 */
record IdentityCase(
    String group, String shown, Outcome outcome, String rule, Supplier<Authentication> run) {

  /** What can become of a caller. */
  enum Outcome {
    PROVEN,
    REFUSED,
    UNAVAILABLE,
    NEW_NONCE;

    static Outcome of(Authentication answer) {
      return switch (answer) {
        case Authenticated _ -> PROVEN;
        case Refused _ -> REFUSED;
        case Unavailable _ -> UNAVAILABLE;
        case NonceNeeded _ -> NEW_NONCE;
      };
    }

    String words() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
  }

  static IdentityCase proven(
      String group, String shown, String rule, Supplier<Authentication> run) {
    return new IdentityCase(group, shown, Outcome.PROVEN, rule, run);
  }

  static IdentityCase refused(
      String group, String shown, String rule, Supplier<Authentication> run) {
    return new IdentityCase(group, shown, Outcome.REFUSED, rule, run);
  }

  static IdentityCase unavailable(
      String group, String shown, String rule, Supplier<Authentication> run) {
    return new IdentityCase(group, shown, Outcome.UNAVAILABLE, rule, run);
  }

  /** Its row of the page, with what operators read of it. */
  String row(int number, Authentication answer) {
    var log =
        switch (answer) {
          case Refused(String detail) -> detail;
          case Unavailable(String detail) -> detail;
          case Authenticated _, NonceNeeded _ -> "";
        };
    return "| "
        + number
        + " | "
        + shown
        + " | "
        + outcome.words()
        + " | "
        + rule
        + " | "
        + log
        + " |";
  }
}

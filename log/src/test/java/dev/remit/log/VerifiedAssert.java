package dev.remit.log;

import static org.assertj.core.api.Assertions.assertThat;

/** How tests look at answers. */
final class VerifiedAssert {
  private VerifiedAssert() {}

  static <T> T proven(Verified<T> verified) {
    return switch (verified) {
      case Verified.Proven<T>(T value) -> value;
      case Verified.Refuted<T>(Refutation reason, String detail) ->
          throw new AssertionError(reason + ": " + detail);
    };
  }

  static void refuted(Verified<?> verified, Refutation expected) {
    assertThat(verified)
        .isInstanceOfSatisfying(
            Verified.Refuted.class,
            refuted -> assertThat(refuted.reason()).as(refuted.detail()).isEqualTo(expected));
  }
}

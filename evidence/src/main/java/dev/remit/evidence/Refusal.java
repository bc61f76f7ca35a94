package dev.remit.evidence;

import java.util.Optional;

/** Why a check did not succeed, before it is known where. */
record Refusal(Finding.Code code, String detail) {

  static Optional<Refusal> of(Finding.Code code, String detail) {
    return Optional.of(new Refusal(code, detail));
  }

  Finding at(Place place) {
    return new Finding(code, place, detail);
  }
}

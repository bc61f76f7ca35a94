package dev.remit.web.authzen;

import dev.remit.core.value.InvalidValueException;
import java.time.Duration;

/**
 * How much one AuthZEN request may cost. Zero or less is refused.
 *
 * @param evaluations the most items of one {@code evaluations} request; more is refused whole
 * @param page the most results of one page of a search; a request may ask for fewer
 * @param candidates the most decisions made for one page; a page that ends there goes on with its
 *     token
 * @param within how long one request may decide; items past it are answered {@code false}
 */
public record AccessLimits(int evaluations, int page, int candidates, Duration within) {

  /** What a server takes unless it is told otherwise. */
  public static final AccessLimits DEFAULT =
      new AccessLimits(100, 100, 1_000, Duration.ofSeconds(2));

  public AccessLimits {
    if (evaluations <= 0 || page <= 0 || candidates <= 0 || !within.isPositive()) {
      throw new InvalidValueException("limits of the access wire must be above zero");
    }
  }
}

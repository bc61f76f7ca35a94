package dev.remit.web.people;

import dev.remit.core.value.InvalidValueException;
import java.time.Duration;

/**
 * How long people stay signed in.
 *
 * @param idle without a request, at most an hour
 * @param whole in any case, at most twelve hours
 * @param stepUp how fresh a sign-in must be for what cannot be taken back
 */
public record SessionTimes(Duration idle, Duration whole, Duration stepUp) {

  /** Half an hour, eight hours, five minutes. */
  public static final SessionTimes DEFAULT =
      new SessionTimes(Duration.ofMinutes(30), Duration.ofHours(8), Duration.ofMinutes(5));

  public SessionTimes {
    require("idle", idle, Duration.ofHours(1));
    require("whole", whole, Duration.ofHours(12));
    require("step-up", stepUp, Duration.ofMinutes(15));
  }

  private static void require(String name, Duration time, Duration most) {
    if (!time.isPositive() || time.compareTo(most) > 0) {
      throw new InvalidValueException(
          "session time `" + name + "` must be above zero and at most " + most);
    }
  }
}

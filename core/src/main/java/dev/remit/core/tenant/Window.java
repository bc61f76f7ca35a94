package dev.remit.core.tenant;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;

/**
 * A recurring span of a tenant's week, such as its support hours.
 *
 * <p>{@code from} is inclusive, {@code to} exclusive, both in {@code zone}; a window whose end is
 * not after its start never opens.
 */
public record Window(String name, Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {

  public Window {
    days = Set.copyOf(days);
  }

  /** Whether the window is open at this moment. */
  public boolean isOpenAt(Instant instant) {
    var local = instant.atZone(zone);
    var time = local.toLocalTime();
    return days.contains(local.getDayOfWeek()) && !time.isBefore(from) && time.isBefore(to);
  }
}

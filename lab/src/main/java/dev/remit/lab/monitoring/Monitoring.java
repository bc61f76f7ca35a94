package dev.remit.lab.monitoring;

import dev.remit.lab.estate.Estate;
import dev.remit.lab.vendor.OAuthClient;
import dev.remit.lab.vendor.Tokens;
import dev.remit.lab.vendor.Vendor;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The monitoring system. */
public final class Monitoring {
  static final String READ = "read";
  static final String ACKNOWLEDGE = "acknowledge";
  static final String MUTE = "mute";

  private Monitoring() {}

  /** Its API over the estate. */
  public static Vendor of(Estate estate, Tokens tokens, OAuthClient client) {
    return new Vendor(
        "monitoring",
        "monitoring-",
        tokens,
        client,
        Set.of(READ, ACKNOWLEDGE, MUTE),
        Stream.of(new AlertApi(estate).operations(), new WatchApi(estate).operations())
            .flatMap(List::stream)
            .toList());
  }
}

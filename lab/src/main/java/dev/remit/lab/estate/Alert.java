package dev.remit.lab.estate;

import java.time.Instant;
import java.util.Optional;

/**
 * What a monitor reported.
 *
 * @param state `open`, `acknowledged`, or `suppressed` when nobody was told because the device was
 *     muted
 */
public record Alert(
    int id,
    int deviceId,
    String monitor,
    String severity,
    String message,
    String state,
    Optional<String> acknowledgedBy,
    Instant since,
    int version) {

  /** Whether it is about security. */
  public boolean isSecurity() {
    return Watches.SECURITY.contains(monitor);
  }

  Alert acknowledged(String by) {
    return new Alert(
        id,
        deviceId,
        monitor,
        severity,
        message,
        "acknowledged",
        Optional.of(by),
        since,
        version + 1);
  }
}

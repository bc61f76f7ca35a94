package dev.remit.lab.estate;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Work that the RMM queued for a device.
 *
 * @param result SUCCESS, FAILURE, or null while it is not over
 * @param by who asked
 */
public record Job(
    UUID uid,
    int deviceId,
    String subject,
    String mode,
    String reason,
    Status status,
    @Nullable String result,
    Actor by,
    Instant createTime,
    Instant updateTime) {

  /** NinjaOne's job states that the lab uses. */
  public enum Status {
    /** Queued: it may be cancelled. */
    START_REQUESTED,
    /** Running: too late to cancel. */
    IN_PROCESS,
    COMPLETED,
    CANCELLED;

    /** Whether nothing more will happen. */
    public boolean isEnd() {
      return this == COMPLETED || this == CANCELLED;
    }
  }

  Job in(Status other, @Nullable String otherResult, Instant time) {
    return new Job(uid, deviceId, subject, mode, reason, other, otherResult, by, createTime, time);
  }
}

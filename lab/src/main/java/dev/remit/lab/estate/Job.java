package dev.remit.lab.estate;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Work that the RMM queued for a device or a ring of devices.
 *
 * @param deviceId 0 when it is a ring
 * @param mode how, or the ring
 * @param result SUCCESS, FAILURE, or null while it is not over
 * @param by who asked
 */
public record Job(
    UUID uid,
    int deviceId,
    Work work,
    String mode,
    String reason,
    Status status,
    @Nullable String result,
    Actor by,
    Instant createTime,
    Instant updateTime) {

  /** What is done. */
  public enum Work {
    REBOOT("Reboot", "reboot"),
    PATCH_SCAN("OS patch scan", "patch scan"),
    PATCH_INSTALL("OS patch installation", "patch installation");

    private final String subject;
    private final String words;

    Work(String subject, String words) {
      this.subject = subject;
      this.words = words;
    }

    public String subject() {
      return subject;
    }

    String words() {
      return words;
    }
  }

  /** NinjaOne's job states that the lab uses. */
  public enum Status {
    /** Queued: it may be cancelled. */
    START_REQUESTED,
    /** Running: too late to cancel. */
    IN_PROCESS,
    COMPLETED,
    /** It ran and did not do all it should. */
    FAILED,
    CANCELLED;

    /** Whether nothing more will happen. */
    public boolean isEnd() {
      return this == COMPLETED || this == FAILED || this == CANCELLED;
    }
  }

  Job in(Status other, @Nullable String otherResult, Instant time) {
    return new Job(uid, deviceId, work, mode, reason, other, otherResult, by, createTime, time);
  }
}

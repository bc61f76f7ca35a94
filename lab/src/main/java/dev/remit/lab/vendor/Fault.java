package dev.remit.lab.vendor;

import dev.remit.lab.http.Refusal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * A bad day of the vendor.
 *
 * @param operation the operation it meets, or `*`
 * @param device the device it meets, or 0 for any
 * @param times how many calls it meets
 * @param millis how long it hangs or delays
 * @param isAfterEffect whether the act happens before the fault
 * @param location where a redirect leads; empty for the lab's own trap
 * @param bytes how long a huge answer is
 */
public record Fault(
    String operation,
    Mode mode,
    int device,
    int times,
    long millis,
    boolean isAfterEffect,
    String location,
    long bytes) {

  /** What goes wrong. */
  public enum Mode {
    /** No answer until {@code millis} are over, then the connection closes. */
    HANG,
    /** The right answer, late. */
    SLOW,
    /** Status 500. */
    ERROR500,
    /** The connection closes without an answer. */
    RESET,
    /** An endless-looking JSON string of {@code bytes}. */
    HUGE,
    /** Status 200 and text that is not JSON. */
    GARBAGE,
    /** Status 307 to {@code location}. */
    REDIRECT,
    /** A length is announced, half is sent, then after {@code millis} the connection closes. */
    HALF
  }

  /** Reads the control API's form. */
  public static Fault of(Map<String, Object> json) {
    String name = String.valueOf(json.getOrDefault("mode", ""));
    Mode mode =
        Arrays.stream(Mode.values())
            .filter(m -> m.name().toLowerCase(Locale.ROOT).equals(name))
            .findFirst()
            .orElseThrow(() -> Refusal.badRequest("unknown mode `" + name + "`"));
    Object when = json.getOrDefault("when", "before");
    if (!when.equals("before") && !when.equals("after")) {
      throw Refusal.badRequest("`when` must be before or after");
    }
    return new Fault(
        String.valueOf(json.getOrDefault("operation", "*")),
        mode,
        (int) number(json, "device", 0),
        (int) number(json, "times", 1),
        number(json, "millis", mode == Mode.HANG ? 60_000 : 0),
        when.equals("after"),
        String.valueOf(json.getOrDefault("location", "")),
        number(json, "bytes", 64L << 20));
  }

  private static long number(Map<String, Object> json, String name, long otherwise) {
    Object value = json.getOrDefault(name, otherwise);
    if (value instanceof Number number && number.longValue() >= 0) {
      return number.longValue();
    }
    throw Refusal.badRequest("`" + name + "` must be a number from 0");
  }

  boolean meets(String op, int deviceId) {
    return (operation.equals("*") || operation.equals(op)) && (device == 0 || device == deviceId);
  }

  Fault once() {
    return new Fault(operation, mode, device, times - 1, millis, isAfterEffect, location, bytes);
  }
}

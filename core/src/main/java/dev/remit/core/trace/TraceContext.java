package dev.remit.core.trace;

import dev.remit.core.value.InvalidValueException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The names by which systems tie what they did to one request (W3C Trace Context, section 3.2).
 *
 * <p>A {@code tracestate} and baggage are never taken: they are words of the agent that no policy
 * has looked at, and would reach a vendor.
 *
 * @param traceId 32 hexadecimal digits in lower case, not all zero
 * @param spanId of the hop that speaks: 16 hexadecimal digits in lower case, not all zero
 * @param isSampled whether whoever began it keeps it
 */
public record TraceContext(String traceId, String spanId, boolean isSampled) {

  private static final Pattern FORM =
      Pattern.compile("([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");
  private static final int LONGEST = 512;

  public TraceContext {
    if (!isId(traceId, 32) || !isId(spanId, 16)) {
      throw new InvalidValueException("a trace context needs ids in lower-case hexadecimal");
    }
  }

  /**
   * Reads a {@code traceparent}; one that is not well-formed is as none (section 3.2.2.2). Of a
   * later version what version 00 has is taken.
   */
  public static Optional<TraceContext> parse(String traceparent) {
    if (traceparent.length() > LONGEST) {
      return Optional.empty();
    }
    var match = FORM.matcher(traceparent);
    if (!match.matches()
        || match.group(1).equals("ff")
        || (match.group(1).equals("00") && match.group(5) != null)
        || !isId(match.group(2), 32)
        || !isId(match.group(3), 16)) {
      return Optional.empty();
    }
    boolean isSampled = (Integer.parseInt(match.group(4), 16) & 1) == 1;
    return Optional.of(new TraceContext(match.group(2), match.group(3), isSampled));
  }

  /** A trace that begins here. */
  public static TraceContext fresh(RandomGenerator random) {
    return new TraceContext(id(random, 16), id(random, 8), false);
  }

  /** The same trace at another hop. */
  public TraceContext next(RandomGenerator random) {
    return new TraceContext(traceId, id(random, 8), isSampled);
  }

  /** The header field of version 00. */
  public String traceparent() {
    return "00-" + traceId + "-" + spanId + (isSampled ? "-01" : "-00");
  }

  private static String id(RandomGenerator random, int bytes) {
    byte[] id = new byte[bytes];
    random.nextBytes(id);
    id[0] |= 1; // never all zero
    return HexFormat.of().formatHex(id);
  }

  private static boolean isId(String text, int length) {
    return text.length() == length
        && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))
        && text.chars().anyMatch(c -> c != '0');
  }
}

package dev.remit.cedar.value;

import org.jspecify.annotations.Nullable;

/**
 * An {@code ipaddr}: an address of version 4 or 6 with the length of its prefix. Addresses that
 * differ outside their prefix differ.
 *
 * @param high the first 64 bits; 0 for version 4
 * @param low the last 64 bits, or the 32 of version 4
 */
public record IpAddress(boolean isV6, long high, long low, int prefix) implements Value {

  /** The address or range that this text writes, or null. IPv4 within IPv6 is not accepted. */
  public static @Nullable IpAddress parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    boolean isV6 = address.indexOf(':') >= 0;
    int width = isV6 ? 128 : 32;
    int prefix = slash < 0 ? width : prefix(text.substring(slash + 1), width);
    if (prefix < 0 || address.length() > 39) {
      return null;
    }
    return isV6 ? v6(address, prefix) : v4(address, prefix);
  }

  /** -1 if it is none. */
  private static int prefix(String digits, int most) {
    int value = number(digits, 10, most == 32 ? 2 : 3);
    return value > most || (digits.length() > 1 && digits.startsWith("0")) ? -1 : value;
  }

  /** A number without sign of so many digits at most, or -1. */
  private static int number(String digits, int radix, int most) {
    if (digits.isEmpty() || digits.length() > most) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      int digit = c < 128 ? Character.digit(c, radix) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value * radix + digit;
    }
    return value;
  }

  private static @Nullable IpAddress v4(String text, int prefix) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return null;
    }
    long bits = 0;
    for (String part : parts) {
      int octet = number(part, 10, 3);
      if (octet < 0 || octet > 255 || (part.length() > 1 && part.startsWith("0"))) {
        return null;
      }
      bits = bits << 8 | octet;
    }
    return new IpAddress(false, 0, bits, prefix);
  }

  private static @Nullable IpAddress v6(String text, int prefix) {
    int gap = text.indexOf("::");
    long[] bits = new long[2];
    if (gap < 0) {
      return groups(text, 0, bits) == 8 ? new IpAddress(true, bits[0], bits[1], prefix) : null;
    }
    String head = text.substring(0, gap);
    String tail = text.substring(gap + 2);
    int first = groups(head, 0, bits);
    int last = tail.isEmpty() ? 0 : tail.split(":", -1).length;
    if (first < 0 || first + last > 7 || groups(tail, 8 - last, bits) < 0) {
      return null;
    }
    return new IpAddress(true, bits[0], bits[1], prefix);
  }

  /** Sets the groups of this text from a place on; how many they are, or -1. */
  private static int groups(String text, int from, long[] bits) {
    if (text.isEmpty()) {
      return 0;
    }
    String[] parts = text.split(":", -1);
    if (from + parts.length > 8) {
      return -1;
    }
    for (int i = 0; i < parts.length; i++) {
      int group = number(parts[i], 16, 4);
      if (group < 0) {
        return -1;
      }
      int place = from + i;
      bits[place / 4] |= (long) group << (48 - place % 4 * 16);
    }
    return parts.length;
  }

  /** Whether every address of this range is of version 4 or 6 and loops back. */
  public boolean isLoopback() {
    return isV6 ? high == 0 && low == 1 && prefix == 128 : low >> 24 == 127 && prefix >= 8;
  }

  /** Whether every address of this range is for many. */
  public boolean isMulticast() {
    return isV6 ? high >>> 56 == 0xff && prefix >= 8 : low >> 28 == 0xe && prefix >= 4;
  }

  /** Whether every address of this range lies in the other. */
  public boolean isInRange(IpAddress other) {
    if (isV6 != other.isV6 || prefix < other.prefix) {
      return false;
    }
    if (!isV6) {
      return ((low ^ other.low) & mask(other.prefix + 32)) == 0;
    }
    return ((high ^ other.high) & mask(Math.min(other.prefix, 64))) == 0
        && ((low ^ other.low) & mask(Math.max(other.prefix - 64, 0))) == 0;
  }

  /** The first so many of 64 bits. */
  private static long mask(int bits) {
    return bits == 0 ? 0 : -1L << (64 - bits);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(high) * 31 + Long.hashCode(low) + prefix + (isV6 ? 7 : 5);
  }
}

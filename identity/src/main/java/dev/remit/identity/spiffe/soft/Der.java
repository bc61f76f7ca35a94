package dev.remit.identity.spiffe.soft;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes the few forms of DER (X.690) that a certificate needs. */
final class Der {

  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;
  static final int OCTETS = 0x04;

  private static final int LONG = 0x80;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private Der() {}

  /** Parts under a tag. */
  static byte[] of(int tag, byte[]... parts) {
    var body = new ByteArrayOutputStream();
    for (var part : parts) {
      body.writeBytes(part);
    }
    var all = new ByteArrayOutputStream();
    all.write(tag);
    if (body.size() < LONG) {
      all.write(body.size());
    } else {
      byte[] length = BigInteger.valueOf(body.size()).toByteArray();
      int skip = length[0] == 0 ? 1 : 0;
      all.write(LONG | (length.length - skip));
      all.write(length, skip, length.length - skip);
    }
    all.writeBytes(body.toByteArray());
    return all.toByteArray();
  }

  static byte[] sequence(byte[]... parts) {
    return of(SEQUENCE, parts);
  }

  static byte[] integer(BigInteger value) {
    return of(0x02, value.toByteArray());
  }

  static byte[] yes() {
    return of(0x01, new byte[] {(byte) 0xff});
  }

  static byte[] text(String value) {
    return of(0x0c, value.getBytes(StandardCharsets.UTF_8));
  }

  /** A time before the year 2050. */
  static byte[] time(Instant at) {
    return of(0x17, TIME.format(at).getBytes(StandardCharsets.US_ASCII));
  }

  /** A bit string of whole bytes. */
  static byte[] bits(byte[] value) {
    return of(0x03, new byte[] {0}, value);
  }

  /** Named bits, counted from zero, none beyond the eighth. */
  static byte[] namedBits(int... bits) {
    int value = 0;
    int last = 0;
    for (int bit : bits) {
      value |= 0x80 >> bit;
      last = Math.max(last, bit);
    }
    return of(0x03, new byte[] {(byte) (7 - last), (byte) value});
  }

  static byte[] oid(String dotted) {
    var arcs = dotted.split("\\.", -1);
    var body = new ByteArrayOutputStream();
    body.write(Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
    for (int i = 2; i < arcs.length; i++) {
      int arc = Integer.parseInt(arcs[i]);
      for (int shift = 28; shift > 0; shift -= 7) {
        if (arc >> shift != 0) {
          body.write(LONG | (arc >> shift & 0x7f));
        }
      }
      body.write(arc & 0x7f);
    }
    return of(0x06, body.toByteArray());
  }
}

package dev.remit.identity.passkey.soft;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The little of CBOR (RFC 8949, section 3) that an authenticator writes. */
final class Cbor {

  private Cbor() {}

  static void map(ByteArrayOutputStream out, int pairs) {
    head(out, 5, pairs);
  }

  static void text(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    head(out, 3, bytes.length);
    out.writeBytes(bytes);
  }

  static void bytes(ByteArrayOutputStream out, byte[] bytes) {
    head(out, 2, bytes.length);
    out.writeBytes(bytes);
  }

  static void number(ByteArrayOutputStream out, int number) {
    if (number < 0) {
      head(out, 1, -1 - number);
    } else {
      head(out, 0, number);
    }
  }

  private static void head(ByteArrayOutputStream out, int major, int length) {
    if (length < 24) {
      out.write(major << 5 | length);
    } else if (length < 256) {
      out.write(major << 5 | 24);
      out.write(length);
    } else {
      out.write(major << 5 | 25);
      out.write(length >> 8);
      out.write(length & 0xff);
    }
  }
}

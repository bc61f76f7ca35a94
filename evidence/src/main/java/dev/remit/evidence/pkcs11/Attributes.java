package dev.remit.evidence.pkcs11;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** A template: an array of CK_ATTRIBUTE, that is type, pointer and length (PKCS #11 3.0, 4.4). */
final class Attributes {

  static final long PRIVATE_KEY = 3;
  static final long PUBLIC_KEY = 2;
  static final long VALUE = 0x11;
  static final long EC_POINT = 0x181;

  private static final long CLASS = 0;
  private static final long ON_TOKEN = 1;
  private static final long PRIVATE = 2;
  private static final long LABEL = 3;
  private static final long KEY_TYPE = 0x100;
  private static final long SENSITIVE = 0x103;
  private static final long SIGN = 0x108;
  private static final long VERIFY = 0x10a;
  private static final long EXTRACTABLE = 0x162;
  private static final long EC_PARAMS = 0x180;
  private static final long EC_EDWARDS = 0x40;
  private static final byte[] ED25519 = HexFormat.of().parseHex("06032b6570");
  private static final byte[] YES = {1};
  private static final byte[] NO = {0};

  private final Map<Long, byte[]> values = new LinkedHashMap<>();

  private Attributes() {}

  /** Keys of this class and label that are for Ed25519 or another Edwards curve. */
  static Attributes of(long objectClass, String label) {
    return new Attributes()
        .with(CLASS, number(objectClass))
        .with(KEY_TYPE, number(EC_EDWARDS))
        .with(LABEL, label.getBytes(StandardCharsets.UTF_8));
  }

  /** A private key to be made, which never leaves the token. */
  static Attributes newPrivate(String label) {
    return of(PRIVATE_KEY, label)
        .with(ON_TOKEN, YES)
        .with(PRIVATE, YES)
        .with(SENSITIVE, YES)
        .with(EXTRACTABLE, NO)
        .with(SIGN, YES);
  }

  /** A public key to be made (RFC 8410, section 3: the curve by its identifier). */
  static Attributes newPublic(String label) {
    return of(PUBLIC_KEY, label).with(ON_TOKEN, YES).with(EC_PARAMS, ED25519).with(VERIFY, YES);
  }

  private Attributes with(long type, byte[] value) {
    values.put(type, value);
    return this;
  }

  private static byte[] number(long value) {
    return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder()).putLong(value).array();
  }

  long count() {
    return values.size();
  }

  MemorySegment in(Arena arena) {
    var array = arena.allocate(3L * Long.BYTES * values.size(), Long.BYTES);
    long at = 0;
    for (var value : values.entrySet()) {
      array.set(JAVA_LONG, at, value.getKey());
      array.set(ADDRESS, at + Long.BYTES, arena.allocateFrom(JAVA_BYTE, value.getValue()));
      array.set(JAVA_LONG, at + 2 * Long.BYTES, value.getValue().length);
      at += 3 * Long.BYTES;
    }
    return array;
  }
}

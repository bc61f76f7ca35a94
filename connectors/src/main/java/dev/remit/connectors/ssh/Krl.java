package dev.remit.connectors.ssh;

import dev.remit.core.value.InvalidValueException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A key revocation list in OpenSSH's binary form (OpenSSH, PROTOCOL.krl), as far as Remit writes
 * it: serials of one authority.
 *
 * <p>Promises: sections that are not ours are kept as they were, byte for byte; a list that cannot
 * be understood, or is signed (a changed list would have a wrong signature), is refused and never
 * replaced.
 *
 * @param version rises with each change
 * @param serials revoked certificates of our authority; others of ours are in {@code others}
 * @param others sections that are not ours, each with its type and length, in hexadecimal
 */
record Krl(long version, Set<Long> serials, List<String> others) {
  private static final long MAGIC = 0x5353484B524C0A00L; // SSHKRL\n\0
  private static final int FORMAT = 1;
  private static final int CERTIFICATES = 1;
  private static final int SIGNATURE = 4;
  private static final int SERIAL_LIST = 0x20;

  Krl {
    serials = Set.copyOf(serials);
    others = List.copyOf(others);
  }

  /**
   * Reads a list; {@code authority} is the public key, in SSH's wire form, whose serials we own.
   */
  static Krl parse(byte[] file, byte[] authority) {
    try {
      var in = ByteBuffer.wrap(file);
      if (in.getLong() != MAGIC || in.getInt() != FORMAT) {
        throw new InvalidValueException("the host's revocation list is no list of OpenSSH");
      }
      long version = in.getLong();
      in.getLong(); // when it was made
      in.getLong(); // flags
      string(in); // reserved
      string(in); // comment
      return sections(in, version, authority);
    } catch (BufferUnderflowException e) {
      throw new InvalidValueException("the host's revocation list is cut off");
    }
  }

  private static Krl sections(ByteBuffer in, long version, byte[] authority) {
    var serials = new TreeSet<Long>();
    var others = new ArrayList<String>();
    while (in.hasRemaining()) {
      int type = in.get();
      if (type == SIGNATURE) {
        throw new InvalidValueException("the host's revocation list is signed; use one of its own");
      }
      var body = string(in);
      if (type != CERTIFICATES || !isOurs(body, authority, serials)) {
        others.add(HexFormat.of().formatHex(section(type, body)));
      }
    }
    return new Krl(version, serials, others);
  }

  /** Whether a section lists serials of our authority and nothing else; then it takes them. */
  private static boolean isOurs(byte[] body, byte[] authority, Set<Long> serials) {
    var in = ByteBuffer.wrap(body);
    if (!Arrays.equals(string(in), authority)) {
      return false;
    }
    string(in); // reserved
    var found = new TreeSet<Long>();
    while (in.hasRemaining()) {
      int type = in.get();
      var list = ByteBuffer.wrap(string(in));
      if (type != SERIAL_LIST) {
        return false;
      }
      while (list.hasRemaining()) {
        found.add(list.getLong());
      }
    }
    serials.addAll(found);
    return true;
  }

  private static byte[] string(ByteBuffer in) {
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new InvalidValueException("the host's revocation list is cut off");
    }
    var bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  /** The next list, with this serial and without those that ended before {@code forget}. */
  Krl with(long serial, Instant forget) {
    var next = new TreeSet<>(serials);
    next.removeIf(old -> Serials.end(old).isBefore(forget));
    next.add(serial);
    return new Krl(version + 1, next, others);
  }

  /** The file's bytes. */
  byte[] bytes(byte[] authority, Instant made) {
    var file = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(file)) {
      out.writeLong(MAGIC);
      out.writeInt(FORMAT);
      out.writeLong(version);
      out.writeLong(made.getEpochSecond());
      out.writeLong(0);
      string(out, new byte[0]);
      string(out, "remit".getBytes(StandardCharsets.UTF_8));
      for (String other : others) {
        out.write(HexFormat.of().parseHex(other));
      }
      if (!serials.isEmpty()) {
        out.write(section(CERTIFICATES, ours(authority)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toByteArray();
  }

  private byte[] ours(byte[] authority) throws IOException {
    var body = new ByteArrayOutputStream();
    var out = new DataOutputStream(body);
    string(out, authority);
    string(out, new byte[0]);
    var list = ByteBuffer.allocate(8 * serials.size());
    serials.stream().sorted(Long::compareUnsigned).forEach(list::putLong);
    out.write(section(SERIAL_LIST, list.array()));
    return body.toByteArray();
  }

  private static byte[] section(int type, byte[] body) {
    return ByteBuffer.allocate(5 + body.length)
        .put((byte) type)
        .putInt(body.length)
        .put(body)
        .array();
  }

  private static void string(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}

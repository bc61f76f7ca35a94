package dev.remit.evidence;

import dev.remit.core.evidence.Entry;
import dev.remit.json.Json;
import dev.remit.log.Hash;
import dev.remit.log.MerkleTree;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Looks at the line of a logged entry without making a tree of it: most lines of a pack are entries
 * that are right, and this finds that out several times faster.
 *
 * <p>What it accepts, the slow way ({@link PackForm}, {@link EntryCheck}) finds right as well, with
 * the same leaf, name and call. What it does not accept is left to that way, which knows what is
 * wrong. Not for two threads at once.
 */
final class EntryScan {

  private static final Map<String, String> KINDS =
      Arrays.stream(Entry.Kind.values())
          .map(Entry.Kind::text)
          .collect(Collectors.toMap(Function.identity(), Function.identity()));

  private static final String PREFIX = "sha256:";
  private static final int MOST_INDEX_DIGITS = 15;

  private final byte[] tenant;
  private final CanonicalScan line = new CanonicalScan();
  private final CanonicalScan leaf = new CanonicalScan();
  private final MessageDigest digest = LineReader.sha256();
  private byte[] unescaped = new byte[4_096];
  private int length;
  private byte[] knownDate = new byte[0];

  private long index;
  private Hash hash = MerkleTree.emptyRoot();
  private String id = "";
  private String kind = "";
  private Optional<String> call = Optional.empty();
  private boolean hasBody;

  EntryScan(String tenant) {
    this.tenant = tenant.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether this is the line of an entry about which nothing is wrong by itself. */
  boolean accepts(byte[] bytes) {
    if (!line.isObject(bytes, bytes.length, Json.MAX_DEPTH)) {
      return false;
    }
    int bodyAt = line.find("body");
    int leafAt = line.find("leaf");
    int hashAt = line.find("hash");
    int saltAt = line.find("salt");
    hasBody = bodyAt >= 0;
    return line.count() == (hasBody ? 5 : 3)
        && hasBody == saltAt >= 0
        && leafAt >= 0
        && isIndex(bytes, line.find("index"))
        && unescape(bytes, line.from(leafAt), line.to(leafAt))
        && isHash(bytes, hashAt)
        && isEntry(bytes, bodyAt, saltAt);
  }

  private boolean isIndex(byte[] bytes, int member) {
    if (member < 0 || line.to(member) - line.from(member) > MOST_INDEX_DIGITS) {
      return false;
    }
    index = 0;
    for (int i = line.from(member); i < line.to(member); i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return false;
      }
      index = 10 * index + bytes[i] - '0';
    }
    return true;
  }

  /** The bytes that a canonical text stands for; the scan has seen that each escape is whole. */
  private boolean unescape(byte[] bytes, int from, int to) {
    if (bytes[from] != '"') {
      return false;
    }
    if (unescaped.length < to - from) {
      unescaped = new byte[2 * (to - from)];
    }
    int out = 0;
    for (int i = from + 1; i < to - 1; i++) {
      byte next = bytes[i];
      if (next == '\\') {
        next = bytes[++i];
        if (next == 'u') {
          next = (byte) (16 * (bytes[i + 3] - '0') + Character.digit(bytes[i + 4], 16));
          i += 4;
        } else {
          next = meaning(next);
        }
      }
      unescaped[out++] = next;
    }
    length = out;
    return true;
  }

  private static byte meaning(byte escape) {
    return switch (escape) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> escape;
    };
  }

  private boolean isHash(byte[] bytes, int member) {
    if (member < 0) {
      return false;
    }
    hash = MerkleTree.hashLeaf(unescaped, 0, length);
    byte[] said = Base64.getEncoder().encode(hash.toBytes());
    return isText(bytes, line.from(member), line.to(member), said);
  }

  private static boolean isText(byte[] bytes, int from, int to, byte[] text) {
    return bytes[from] == '"' && Arrays.equals(bytes, from + 1, to - 1, text, 0, text.length);
  }

  private boolean isEntry(byte[] bytes, int bodyAt, int saltAt) {
    if (!leaf.isObject(unescaped, length, Json.MAX_DEPTH)) {
      return false;
    }
    int version = leaf.find("v");
    int fields = leaf.find("fields");
    int tenantAt = leaf.find("tenant");
    return version >= 0
        && leaf.to(version) - leaf.from(version) == 1
        && unescaped[leaf.from(version)] == '1'
        && fields >= 0
        && unescaped[leaf.from(fields)] == '{'
        && tenantAt >= 0
        && isText(unescaped, leaf.from(tenantAt), leaf.to(tenantAt), tenant)
        && isTime(leaf.find("at"))
        && isNamed()
        && isDigest(leaf.find("body"))
        && (!hasBody || isBody(bytes, bodyAt, saltAt));
  }

  private boolean isNamed() {
    var name = plain(leaf.find("id"));
    var known = plain(leaf.find("kind")).map(KINDS::get);
    int callAt = leaf.find("call");
    call = plain(callAt);
    id = name.orElse("");
    kind = known.orElse("");
    return name.isPresent() && known.isPresent() && (callAt < 0 || call.isPresent());
  }

  /** A text without escapes. */
  private Optional<String> plain(int member) {
    if (member < 0 || unescaped[leaf.from(member)] != '"') {
      return Optional.empty();
    }
    int from = leaf.from(member) + 1;
    int to = leaf.to(member) - 1;
    for (int i = from; i < to; i++) {
      if (unescaped[i] == '\\') {
        return Optional.empty();
      }
    }
    return Optional.of(new String(unescaped, from, to - from, StandardCharsets.UTF_8));
  }

  private boolean isTime(int member) {
    if (member < 0 || unescaped[leaf.from(member)] != '"') {
      return false;
    }
    int from = leaf.from(member) + 1;
    int size = leaf.to(member) - 1 - from;
    boolean isShaped =
        size >= 20
            && unescaped[from + 10] == 'T'
            && isBelow(from + 11, 24)
            && unescaped[from + 13] == ':'
            && isBelow(from + 14, 60)
            && unescaped[from + 16] == ':'
            && isBelow(from + 17, 60)
            && unescaped[from + size - 1] == 'Z'
            && isFraction(from + 19, size - 20);
    return isShaped && isDate(from);
  }

  private boolean isBelow(int at, int limit) {
    int tens = unescaped[at] - '0';
    int ones = unescaped[at + 1] - '0';
    return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 && 10 * tens + ones < limit;
  }

  /** None, or a point and three, six or nine digits of which the last three are not all zero. */
  private boolean isFraction(int at, int size) {
    if (size == 0) {
      return true;
    }
    if (unescaped[at] != '.' || (size != 4 && size != 7 && size != 10)) {
      return false;
    }
    int last = 0;
    for (int i = at + 1; i < at + size; i++) {
      if (unescaped[i] < '0' || unescaped[i] > '9') {
        return false;
      }
      last = i >= at + size - 3 ? last + unescaped[i] - '0' : 0;
    }
    return last > 0;
  }

  /** Days come in runs, so the last one that was a date is remembered. */
  private boolean isDate(int from) {
    if (knownDate.length == 10 && Arrays.equals(knownDate, 0, 10, unescaped, from, from + 10)) {
      return true;
    }
    var date = new String(unescaped, from, 10, StandardCharsets.ISO_8859_1);
    try {
      var midnight = date + "T00:00:00Z";
      if (date.indexOf('-') != 4 || !Instant.parse(midnight).toString().equals(midnight)) {
        return false;
      }
    } catch (DateTimeException e) {
      return false;
    }
    knownDate = date.getBytes(StandardCharsets.ISO_8859_1);
    return true;
  }

  private boolean isDigest(int member) {
    if (member < 0 || leaf.to(member) - leaf.from(member) != PREFIX.length() + 66) {
      return false;
    }
    int from = leaf.from(member) + 1;
    for (int i = 0; i < PREFIX.length(); i++) {
      if (unescaped[from + i] != PREFIX.charAt(i)) {
        return false;
      }
    }
    return unescaped[from - 1] == '"' && isLowerHex(unescaped, from + PREFIX.length(), 64);
  }

  private static boolean isLowerHex(byte[] bytes, int from, int digits) {
    for (int i = from; i < from + digits; i++) {
      if (Character.digit(bytes[i], 16) < 0 || (bytes[i] >= 'A' && bytes[i] <= 'F')) {
        return false;
      }
    }
    return true;
  }

  /** The body's bytes are canonical where they stand, so they are digested there. */
  private boolean isBody(byte[] bytes, int bodyAt, int saltAt) {
    int salt = line.from(saltAt) + 1;
    if (bytes[line.from(bodyAt)] != '{'
        || line.depth(bodyAt) > PackForm.MAX_BODY_DEPTH
        || bytes[salt - 1] != '"'
        || line.to(saltAt) - line.from(saltAt) != 34
        || !isLowerHex(bytes, salt, 32)) {
      return false;
    }
    for (int i = 0; i < 32; i += 2) {
      digest.update(
          (byte)
              (16 * Character.digit(bytes[salt + i], 16)
                  + Character.digit(bytes[salt + i + 1], 16)));
    }
    digest.update(bytes, line.from(bodyAt), line.to(bodyAt) - line.from(bodyAt));
    int said = leaf.from(leaf.find("body")) + 1 + PREFIX.length();
    var hex = HexFormat.of().formatHex(digest.digest()).getBytes(StandardCharsets.ISO_8859_1);
    return Arrays.equals(unescaped, said, said + 64, hex, 0, 64);
  }

  long index() {
    return index;
  }

  Hash hash() {
    return hash;
  }

  String id() {
    return id;
  }

  String kind() {
    return kind;
  }

  Optional<String> call() {
    return call;
  }

  boolean hasBody() {
    return hasBody;
  }
}

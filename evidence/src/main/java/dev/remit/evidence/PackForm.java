package dev.remit.evidence;

import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Lines of a pack from and to values: known members only. See {@code docs/reference/evidence.md}.
 */
final class PackForm {

  static final String FORMAT = "remit-evidence-pack";
  static final long VERSION = 2;

  /**
   * How deep a body may nest. A line nests up to two levels around it, which stays below {@code
   * Json.MAX_DEPTH}, so that whatever is written can be read.
   */
  static final int MAX_BODY_DEPTH = 60;

  private static final Set<String> MEMBERS_1 =
      Set.of("format", "version", "tenant", "origin", "installation", "exportedAt");
  private static final Set<String> MEMBERS_2 =
      Set.of("format", "version", "tenant", "origin", "installation", "exportedAt", "period");
  private static final Pattern INSTALLATION = Pattern.compile("[0-9a-f]{16}");
  private static final Pattern SALT = Pattern.compile("[0-9a-f]{32}");

  private PackForm() {}

  static PackLine line(Place place, Value.Obj line) {
    if (line.get("format").isPresent()) {
      return header(place, line);
    }
    if (line.get("index").isPresent()) {
      long index = required(line.integer("index"), "an index is a number");
      return new PackLine.Covered(place, index, content(line.without("index")));
    }
    if (line.get("checkpoint").isPresent()) {
      only(line, Set.of("checkpoint"));
      return new PackLine.Checkpoint(
          place, required(line.text("checkpoint"), "a checkpoint is the text of a note"));
    }
    if (line.get("cosigned").isPresent()) {
      only(line, Set.of("cosigned"));
      return new PackLine.Cosigned(
          place, required(line.text("cosigned"), "a cosigned checkpoint is the text of a note"));
    }
    if (line.get("skipped").isPresent()) {
      only(line, Set.of("skipped"));
      return PackLine.Skipped.of(
          place, LeftOut.parse(required(line.object("skipped"), "what is skipped is an object")));
    }
    if (line.get("pending").isPresent()) {
      only(line, Set.of("pending"));
      return new PackLine.Pending(
          place, content(required(line.object("pending"), "a pending entry is an object")));
    }
    only(line, Set.of("end"));
    return end(place, required(line.object("end"), "this is no line of a pack"));
  }

  static PackLine.Header header(Place place, Value.Obj line) {
    long version = line.integer("version").orElse(0L);
    if (!line.text("format").equals(Optional.of(FORMAT)) || version < 1 || version > VERSION) {
      throw new InvalidValueException("this verifier reads `" + FORMAT + "` version 1 and 2 only");
    }
    only(line, version == 1 ? MEMBERS_1 : MEMBERS_2);
    String installation = required(line.text("installation"), "the installation is text");
    if (!INSTALLATION.matcher(installation).matches()) {
      throw new InvalidValueException("an installation is named by 16 hexadecimal digits");
    }
    return new PackLine.Header(
        place,
        version,
        new TenantId(required(line.text("tenant"), "the tenant is text")),
        required(line.text("origin"), "the origin is text"),
        installation,
        required(line.text("exportedAt"), "the time of export is text"),
        line.get("period").isEmpty()
            ? Optional.empty()
            : Optional.of(Period.parse(required(line.object("period"), "a period is an object"))));
  }

  static PackLine.Content content(Value.Obj entry) {
    only(entry, Set.of("leaf", "hash", "salt", "body"));
    String leaf = required(entry.text("leaf"), "a leaf is text");
    String hash = required(entry.text("hash"), "a leaf's hash is text");
    if (entry.get("salt").isEmpty() && entry.get("body").isEmpty()) {
      return new PackLine.Content(leaf, hash, Optional.empty());
    }
    String salt = required(entry.text("salt"), "a body comes with its salt");
    if (!SALT.matcher(salt).matches()) {
      throw new InvalidValueException("a salt has 32 hexadecimal digits");
    }
    var body = required(entry.object("body"), "a salt comes with its body");
    if (!isWithin(body, MAX_BODY_DEPTH)) {
      throw new InvalidValueException("a body nests at most " + MAX_BODY_DEPTH + " deep");
    }
    return new PackLine.Content(leaf, hash, Optional.of(new PackLine.Body(salt, body)));
  }

  private static PackLine.End end(Place place, Value.Obj end) {
    only(end, Set.of("entries", "pending", "sha256"));
    return new PackLine.End(
        place,
        required(end.integer("entries"), "the number of entries is a number"),
        required(end.integer("pending"), "the number of pending entries is a number"),
        required(end.text("sha256"), "the digest is text"));
  }

  /** Whether objects and arrays nest at most so deep; a scalar is of depth 0. */
  static boolean isWithin(Value value, int depth) {
    return switch (value) {
      case Value.Obj object ->
          depth > 0
              && object.members().values().stream().allMatch(member -> isWithin(member, depth - 1));
      case Value.Array(List<Value> items) ->
          depth > 0 && items.stream().allMatch(item -> isWithin(item, depth - 1));
      case Value.Null _, Value.Bool _, Value.Int _, Value.Real _, Value.Text _ -> true;
    };
  }

  static Value.Obj value(PackLine.Content content) {
    var entry = Value.object("leaf", content.leaf(), "hash", content.hash());
    return content
        .body()
        .map(body -> entry.with("salt", Value.of(body.salt())).with("body", body.value()))
        .orElse(entry);
  }

  static void only(Value.Obj object, Set<String> known) {
    for (String name : object.members().keySet()) {
      if (!known.contains(name)) {
        throw new InvalidValueException("a pack has no member `" + name + "` here");
      }
    }
  }

  static <T> T required(Optional<T> member, String otherwise) {
    return member.orElseThrow(() -> new InvalidValueException(otherwise));
  }
}

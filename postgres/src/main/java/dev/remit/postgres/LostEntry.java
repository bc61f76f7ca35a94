package dev.remit.postgres;

import dev.remit.core.evidence.Entry;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * An entry of a log that somebody kept while the database lost it.
 *
 * @param leaf exactly as it was hashed
 * @param body with its salt, where whoever kept it has both
 */
public record LostEntry(String leaf, Optional<Body> body) {

  /** What the digest in the leaf is of. */
  public record Body(String salt, Value.Obj value) {}

  /** The columns of its row. */
  record Columns(
      String id,
      String kind,
      Optional<String> call,
      Optional<String> task,
      Instant at,
      String leaf,
      String body,
      String salt) {}

  /**
   * What its row says.
   *
   * @throws InvalidValueException when it is no entry of this tenant, or its body is another one
   */
  Columns columns(TenantId tenant) {
    var entry = Json.parseObject(leaf);
    if (!entry.text("tenant").equals(Optional.of(tenant.value()))) {
      throw new InvalidValueException("the mirror has an entry that is not of `" + tenant + "`");
    }
    if (body.isPresent() && !digest(body.get()).equals(entry.text("body"))) {
      throw new InvalidValueException("the mirror has a body that is not the one of its entry");
    }
    return new Columns(
        required(entry, "id"),
        required(entry, "kind"),
        entry.text("call"),
        entry.text("task"),
        instant(required(entry, "at")),
        leaf,
        body.map(kept -> CanonicalJson.text(kept.value())).orElse("{}"),
        body.map(Body::salt).orElse(""));
  }

  private static Optional<String> digest(Body body) {
    return Optional.of(Entry.bodyDigest(body.salt(), body.value()));
  }

  private static String required(Value.Obj entry, String member) {
    return entry
        .text(member)
        .orElseThrow(
            () -> new InvalidValueException("the mirror has a leaf without `" + member + "`"));
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new InvalidValueException("the mirror has a leaf whose time is none");
    }
  }
}

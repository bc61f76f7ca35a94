package dev.remit.postgres;

import dev.remit.core.evidence.Entry;
import dev.remit.core.value.CanonicalJson;
import org.jspecify.annotations.Nullable;

/**
 * An entry as it is stored. Its canonical texts are made once, and by its caller: whoever writes
 * for all that wait does not make theirs.
 */
record Written(Entry entry, String digest, String leaf, String body) {

  /** The entry as it is. */
  static Written of(Entry entry) {
    return as(entry.kind(), entry);
  }

  /** The entry as one of this kind. */
  static Written as(Entry.Kind kind, Entry entry) {
    String body = CanonicalJson.text(entry.body());
    String digest = Entry.bodyDigest(entry.salt(), body);
    return new Written(entry, digest, entry.leafAs(kind, digest), body);
  }

  /** The leaf that it has as one of another kind. */
  String leafAs(Entry.Kind kind) {
    return entry.leafAs(kind, digest);
  }

  String id() {
    return entry.id();
  }

  @Nullable String task() {
    return entry.task().orElse(null);
  }

  String salt() {
    return entry.salt();
  }
}

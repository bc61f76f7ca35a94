package dev.remit.evidence;

import dev.remit.core.evidence.Entry;
import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import dev.remit.log.Hash;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What can be said of one entry by itself, and of its name and call among the others. */
final class EntryCheck {

  private static final Set<String> KINDS =
      Arrays.stream(Entry.Kind.values()).map(Entry.Kind::text).collect(Collectors.toSet());

  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

  private final String tenant;
  private final IdSet ids = new IdSet();
  private final Calls calls = new Calls();
  private final Set<String> unknownKinds = new TreeSet<>();
  private long absentBodies;

  EntryCheck(String tenant) {
    this.tenant = tenant;
  }

  /** The first thing wrong with it, if there is one. */
  Optional<Refusal> check(Place place, PackLine.Content content, Hash hash) {
    if (!hash.toBase64().equals(content.hash())) {
      return Refusal.of(Finding.Code.LEAF_HASH, "the leaf does not have the hash beside it");
    }
    Value.Obj leaf;
    try {
      leaf = Json.parseObject(content.leaf());
    } catch (InvalidValueException e) {
      return Refusal.of(Finding.Code.LEAF, "the leaf is no strict JSON object");
    }
    if (!CanonicalJson.text(leaf).equals(content.leaf())) {
      return Refusal.of(Finding.Code.LEAF, "the leaf is not in canonical form");
    }
    if (!isEntry(leaf)) {
      return Refusal.of(Finding.Code.LEAF, "the leaf is no entry of version 1");
    }
    // Always told, so that one wrong entry does not make its call look wrong as well.
    Optional<Refusal> amongOthers = amongOthers(leaf, place);
    return tenant(leaf).or(() -> body(leaf, content)).or(() -> amongOthers);
  }

  /** What is wrong with an entry among the others that is right by itself. */
  Optional<Refusal> right(Place place, EntryScan entry) {
    if (!entry.hasBody()) {
      absentBodies++;
    }
    if (!ids.add(entry.id())) {
      return Refusal.of(Finding.Code.DUPLICATE, "this entry stands in the pack already");
    }
    return calls.entry(entry.kind(), entry.call(), place);
  }

  private Optional<Refusal> tenant(Value.Obj leaf) {
    return leaf.text("tenant").equals(Optional.of(tenant))
        ? Optional.empty()
        : Refusal.of(Finding.Code.TENANT, "the entry is not of tenant `" + tenant + "`");
  }

  private static boolean isEntry(Value.Obj leaf) {
    return leaf.integer("v").equals(Optional.of(1L))
        && leaf.text("id").isPresent()
        && leaf.text("kind").isPresent()
        && leaf.object("fields").isPresent()
        && leaf.text("at").filter(EntryCheck::isInstant).isPresent()
        && leaf.text("body").filter(body -> DIGEST.matcher(body).matches()).isPresent();
  }

  static boolean isInstant(String text) {
    try {
      // Four digits of year, so that other languages read the same times.
      return text.indexOf('-') == 4 && Instant.parse(text).toString().equals(text);
    } catch (DateTimeException e) {
      return false;
    }
  }

  private Optional<Refusal> body(Value.Obj leaf, PackLine.Content content) {
    if (content.body().isEmpty()) {
      absentBodies++;
      return Optional.empty();
    }
    var body = content.body().get();
    return leaf.text("body").equals(Optional.of(Entry.bodyDigest(body.salt(), body.value())))
        ? Optional.empty()
        : Refusal.of(Finding.Code.BODY, "the body or its salt is not the one the leaf commits to");
  }

  private Optional<Refusal> amongOthers(Value.Obj leaf, Place place) {
    String kind = leaf.text("kind").orElseThrow();
    if (!KINDS.contains(kind)) {
      unknownKinds.add(kind);
    }
    if (!ids.add(leaf.text("id").orElseThrow())) {
      return Refusal.of(Finding.Code.DUPLICATE, "this entry stands in the pack already");
    }
    return calls.entry(kind, leaf.text("call"), place);
  }

  Calls calls() {
    return calls;
  }

  long absentBodies() {
    return absentBodies;
  }

  Set<String> unknownKinds() {
    return Set.copyOf(unknownKinds);
  }
}

package dev.remit.evidence;

import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Entries as events of OCSF 1.8, one JSON object a line, for whoever collects them in a SIEM.
 *
 * <p>Calls are API Activity (6003), ended credentials User Access Management (3005), everything
 * else Entity Management (3004); a kind that this version does not know is a Base Event. The whole
 * leaf stands in {@code unmapped}, bodies are left out. The mapping is in {@code
 * docs/reference/evidence.md}. An event proves nothing: the pack does.
 */
public final class Ocsf {

  private static final String VERSION = "1.8.0";

  private final String origin;
  private final OpenCalls calls = new OpenCalls();

  Ocsf(String origin) {
    this.origin = origin;
  }

  /** A class of events. */
  private record EventClass(int uid, String name, int categoryUid, String category) {}

  private static final EventClass API =
      new EventClass(6003, "API Activity", 6, "Application Activity");
  private static final EventClass ACCESS =
      new EventClass(3005, "User Access Management", 3, "Identity & Access Management");
  private static final EventClass ENTITY =
      new EventClass(3004, "Entity Management", 3, "Identity & Access Management");
  private static final EventClass BASE = new EventClass(0, "Base Event", 0, "Uncategorized");

  private static final Map<String, Change> CHANGES =
      Map.ofEntries(
          Map.entry("task-opened", new Change(1, "task")),
          Map.entry("task-refused", new Change(1, "task")),
          Map.entry("task-closed", new Change(4, "task")),
          Map.entry("task-held", new Change(3, "task")),
          Map.entry("task-resumed", new Change(3, "task")),
          Map.entry("task-escalated", new Change(3, "task")),
          Map.entry("proposed", new Change(1, "proposal")),
          Map.entry("proposal-read", new Change(2, "proposal")),
          Map.entry("read", new Change(2, "evidence")),
          Map.entry("answered", new Change(3, "proposal")),
          Map.entry("proposal-granted", new Change(3, "proposal")),
          Map.entry("proposal-ended", new Change(4, "proposal")),
          Map.entry("legal-hold-set", new Change(1, "legal hold")),
          Map.entry("legal-hold-lifted", new Change(4, "legal hold")),
          Map.entry("bodies-erased", new Change(4, "bodies of entries")),
          Map.entry("key-registered", new Change(1, "person key")),
          Map.entry("key-removed", new Change(4, "person key")),
          Map.entry("kill", new Change(1, "kill switch")),
          Map.entry("kill-lifted", new Change(4, "kill switch")),
          Map.entry("signed-in", new Change(1, "person session")),
          Map.entry("signed-out", new Change(4, "person session")),
          Map.entry("certified", new Change(3, "certification")),
          Map.entry("objected", new Change(3, "certification")),
          Map.entry("autonomy-raised", new Change(3, "autonomy level")),
          Map.entry("autonomy-lowered", new Change(3, "autonomy level")),
          Map.entry("restored", new Change(3, "installation")),
          Map.entry("agent-proposed", new Change(1, "agent")),
          Map.entry("agent-launched", new Change(3, "agent")),
          Map.entry("agent-suspended", new Change(3, "agent")),
          Map.entry("agent-certified", new Change(3, "agent")),
          Map.entry("agent-retired", new Change(4, "agent")),
          Map.entry("person-gone", new Change(4, "person")),
          Map.entry("policy-activated", new Change(3, "policy version")),
          Map.entry("policy-in-force", new Change(2, "policy version")),
          Map.entry("log-key-changed", new Change(3, "log key")),
          Map.entry("tool-changed", new Change(3, "tool definition")));

  /** What a kind does to which kind of entity: Create 1, Read 2, Update 3, Delete 4. */
  private record Change(int activity, String entity) {}

  private static final List<String> ACTIVITIES =
      List.of("Unknown", "Create", "Read", "Update", "Delete");

  /** Writes the events of a pack in its order, pending entries last. */
  public static void write(Path pack, OutputStream to) throws IOException {
    var out = new BufferedOutputStream(to, 1 << 16);
    try (var reader = EvidencePack.read(pack)) {
      var ocsf = new Ocsf("");
      for (var line = reader.next(); line.isPresent(); line = reader.next()) {
        switch (line.get()) {
          case PackLine.Header header -> ocsf = new Ocsf(header.origin());
          case PackLine.Covered covered ->
              ocsf.write(covered.content(), Optional.of(covered.index()), out);
          case PackLine.Pending pending -> ocsf.write(pending.content(), Optional.empty(), out);
          case PackLine.Cosigned _, PackLine.Skipped _, PackLine.Checkpoint _, PackLine.End _ -> {}
        }
      }
    } catch (UncheckedIOException e) {
      throw new IOException("the pack cannot be read", e);
    }
    out.flush();
  }

  /** As {@link #write(Path, OutputStream)}, to a file that appears whole or not at all. */
  public static void write(Path pack, Path file) {
    PrivateFile.write(file, out -> write(pack, out));
  }

  private void write(PackLine.Content content, Optional<Long> index, OutputStream out)
      throws IOException {
    out.write(CanonicalJson.bytes(event(Json.parseObject(content.leaf()), index)));
    out.write('\n');
  }

  /** Takes in an entry that no event is wanted of. */
  void remember(Value.Obj leaf) {
    var _ = calls.of(leaf);
  }

  /** Stands for an entry that cannot be read, so that its place is not empty. */
  Value.Obj unreadable(String tenant, long index) {
    return Value.object(
        "activity_id",
        99,
        "activity_name",
        "Unreadable",
        "category_uid",
        BASE.categoryUid(),
        "class_uid",
        BASE.uid(),
        "class_name",
        BASE.name(),
        "type_uid",
        99,
        "time",
        0,
        "severity_id",
        4,
        "status_id",
        99,
        "message",
        "an entry cannot be read: verify the log",
        "metadata",
        Value.object(
            "version", VERSION,
            "product", Value.object("name", "Remit", "vendor_name", "Remit"),
            "tenant_uid", tenant,
            "log_name", origin,
            "sequence", index));
  }

  Value.Obj event(Value.Obj leaf, Optional<Long> index) {
    String kind = leaf.text("kind").orElse("");
    var about = calls.of(leaf);
    return switch (kind) {
      case "intent", "outcome", "resolution", "refusal", "decision" ->
          common(leaf, index, API, activity(about), status(kind, leaf))
              .with("actor", actor(about))
              .with("api", api(leaf, about))
              .with("src_endpoint", endpoint(about))
              .with("resources", resources(about));
      case "lease-ended" ->
          common(leaf, index, ACCESS, 2, 1)
              .with("user", Value.object("name", TrailRow.text(about, "principal")))
              .with(
                  "resources", new Value.Array(List.of(named(TrailRow.text(about, "connector")))));
      default -> {
        Change change = CHANGES.get(kind);
        yield change == null
            ? common(leaf, index, BASE, 99, 0)
            : common(leaf, index, ENTITY, change.activity(), kind.equals("task-refused") ? 2 : 1)
                .with("entity", entity(change, leaf));
      }
    };
  }

  private Value.Obj common(
      Value.Obj leaf, Optional<Long> index, EventClass of, int activity, int status) {
    var fields = leaf.object("fields").orElse(Value.Obj.EMPTY);
    String kind = leaf.text("kind").orElse("");
    var event =
        Value.object(
            "activity_id", activity,
            "activity_name", name(of, activity, kind),
            "category_uid", of.categoryUid(),
            "category_name", of.category(),
            "class_uid", of.uid(),
            "class_name", of.name(),
            "type_uid", of.uid() * 100L + activity,
            "time", time(leaf),
            "severity_id", severity(kind, fields),
            "status_id", status,
            "message", kind + ": " + TrailSummary.of(kind, fields),
            "metadata", metadata(leaf, index),
            "unmapped", Value.object("leaf", leaf));
    return fields
        .text("reason")
        .map(code -> event.with("status_code", Value.of(code)))
        .orElse(event);
  }

  private static String name(EventClass of, int activity, String kind) {
    if (of.uid() == ACCESS.uid()) {
      return "Revoke Privileges";
    }
    return activity < ACTIVITIES.size() ? ACTIVITIES.get(activity) : kind;
  }

  private static long time(Value.Obj leaf) {
    try {
      return Instant.parse(leaf.text("at").orElse("")).toEpochMilli();
    } catch (java.time.DateTimeException e) {
      throw new InvalidValueException("an entry of the pack has no time; verify the pack first");
    }
  }

  private Value.Obj metadata(Value.Obj leaf, Optional<Long> index) {
    var metadata =
        Value.object(
            "version", VERSION,
            "product", Value.object("name", "Remit", "vendor_name", "Remit"),
            "uid", TrailRow.text(leaf, "id"),
            "tenant_uid", TrailRow.text(leaf, "tenant"),
            "log_name", origin,
            "original_time", TrailRow.text(leaf, "at"));
    var correlated =
        leaf.text("call")
            .or(() -> leaf.text("task"))
            .map(uid -> metadata.with("correlation_uid", Value.of(uid)))
            .orElse(metadata);
    return index.map(i -> correlated.with("sequence", Value.of(i))).orElse(correlated);
  }

  /** Read, Update, Delete by the grade of the effect; Other where that is not known. */
  private static int activity(Value.Obj about) {
    return switch (about.text("effect").orElse("")) {
      case "observe" -> 2;
      case "low", "high" -> 3;
      case "destructive" -> 4;
      default -> about.text("purpose").isPresent() ? 2 : 99;
    };
  }

  /** Success 1, Failure 2, Unknown 0, Other 99. */
  private static int status(String kind, Value.Obj leaf) {
    if (kind.equals("refusal")) {
      return 2;
    }
    var fields = leaf.object("fields").orElse(Value.Obj.EMPTY);
    return switch (fields.text("outcome").orElse("")) {
      case "succeeded" -> 1;
      case "rejected", "failed" -> 2;
      case "unknown" -> 0;
      default -> 99;
    };
  }

  /** Informational 1, Low 2, Medium 3, High 4. */
  private static int severity(String kind, Value.Obj fields) {
    var gone = fields.object("lease").flatMap(lease -> lease.get("gone"));
    if (kind.equals("kill") || gone.equals(Optional.of(Value.of(false)))) {
      return 4;
    }
    if (fields.text("outcome").equals(Optional.of("unknown"))) {
      return 3;
    }
    return kind.equals("refusal") || kind.equals("task-refused") ? 2 : 1;
  }

  private static Value.Obj actor(Value.Obj about) {
    if (about.text("agent").isEmpty() && about.text("person").isPresent()) {
      return Value.object("user", Value.object("uid", about.text("person").orElseThrow()));
    }
    var actor = Value.object("app_name", about.text("agent").orElse("unknown"));
    return about.text("instance").map(uid -> actor.with("app_uid", Value.of(uid))).orElse(actor);
  }

  private static Value.Obj api(Value.Obj leaf, Value.Obj about) {
    return Value.object(
        "operation", about.text("tool").or(() -> about.text("purpose")).orElse("unknown"),
        "service", named(about.text("connector").orElse("unknown")),
        "request", Value.object("uid", TrailRow.text(leaf, "call")));
  }

  private static Value.Obj endpoint(Value.Obj about) {
    return Value.object(
        "svc_name", "remit", "instance_uid", about.text("instance").orElse("unknown"));
  }

  private static Value.Array resources(Value.Obj about) {
    List<Value> resources = new ArrayList<>();
    for (String ref : TrailRow.targets(about)) {
      resources.add(Value.object("name", ref, "uid", ref.substring(ref.lastIndexOf('/') + 1)));
    }
    return new Value.Array(resources);
  }

  private static Value.Obj entity(Change change, Value.Obj leaf) {
    var fields = leaf.object("fields").orElse(Value.Obj.EMPTY);
    String uid =
        switch (change.entity()) {
          case "task" -> TrailRow.text(leaf, "task");
          case "proposal" -> TrailRow.text(fields, "proposal");
          case "person key" -> TrailRow.text(fields, "key");
          case "kill switch" -> TrailRow.text(fields, "scope");
          case "evidence" -> TrailRow.text(fields, "what");
          default -> TrailRow.text(fields, "version");
        };
    return Value.object("type", change.entity(), "uid", uid.isEmpty() ? "unknown" : uid);
  }

  private static Value.Obj named(String name) {
    return Value.object("name", name);
  }
}

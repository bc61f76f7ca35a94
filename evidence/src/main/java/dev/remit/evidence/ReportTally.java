package dev.remit.evidence;

import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts of a pack for a report's first page, in memory that grows with task classes only. */
final class ReportTally {

  private static final int LIMIT_LISTED = 100;
  private static final int LIMIT_CLASSES = 1000;

  private final OpenCalls calls = new OpenCalls();
  private final Map<String, Counts> classes = new TreeMap<>();
  private final Map<String, Set<String>> serves = new TreeMap<>();
  private final Counts all = new Counts();
  private final List<TrailRow> exposures = new ArrayList<>();
  private final List<TrailRow> refusals = new ArrayList<>();
  private final List<TrailRow> approvals = new ArrayList<>();
  private final List<TrailRow> inForce = new ArrayList<>();
  private List<String> policies = List.of();
  private long inForceCount;
  private long entries;
  private String first = "";
  private String last = "";

  /** What is counted for each task class. */
  static final class Counts {
    long tasks;
    long calls;
    long succeeded;
    long rejected;
    long failed;
    long unknown;
    long refused;
    long asked;
    long answered;
    long granted;
    long exposed;
  }

  void add(PackLine.Content content, Optional<Long> index) {
    Value.Obj leaf = Json.parseObject(content.leaf());
    entries++;
    String at = leaf.text("at").orElse("");
    first = first.isEmpty() ? at : first;
    last = at;
    String kind = leaf.text("kind").orElse("");
    var fields = leaf.object("fields").orElse(Value.Obj.EMPTY);
    String taskClass = calls.of(leaf).text("taskClass").orElse("");
    serves(taskClass, fields);
    content.body().ifPresent(body -> serves(taskClass, body.value()));
    boolean isNew = !classes.containsKey(taskClass) && classes.size() >= LIMIT_CLASSES;
    count(all, kind, fields);
    count(
        classes.computeIfAbsent(isNew ? "(further classes)" : taskClass, c -> new Counts()),
        kind,
        fields);
    list(kind, fields, row(leaf, index));
    if (kind.equals("policy-in-force")) {
      inForceCount++;
      listed(inForce, row(leaf, index));
      policies = content.body().map(body -> policies(body.value())).orElse(List.of());
    }
  }

  /** What a body says of policies, a line each; they are the writer's words. */
  private static List<String> policies(Value.Obj body) {
    var lines = new ArrayList<String>();
    for (String part : List.of("texts", "beside")) {
      for (Value item : body.items(part)) {
        if (item instanceof Value.Obj said && lines.size() < LIMIT_CLASSES) {
          var name = said.text("id").or(() -> said.text("kind")).orElse("");
          lines.add(name + ": " + said.text("words").orElse(""));
        }
      }
    }
    return lines;
  }

  /** The entries that say which policies are in force, and how many there are. */
  List<TrailRow> inForce() {
    return inForce;
  }

  long inForceCount() {
    return inForceCount;
  }

  /** What the last of them says; empty where its body is not there. */
  List<String> policies() {
    return policies;
  }

  private void serves(String taskClass, Value.Obj said) {
    for (Value item : said.items("serves")) {
      if (item instanceof Value.Text(String objective) && serves.size() < LIMIT_CLASSES) {
        var known = serves.computeIfAbsent(taskClass, _ -> new TreeSet<>());
        if (known.size() < LIMIT_LISTED) {
          known.add(objective);
        }
      }
    }
  }

  /** The control objectives that a task class served, as its entries say. */
  Set<String> serves(String taskClass) {
    return serves.getOrDefault(taskClass, Set.of());
  }

  static TrailRow row(Value.Obj leaf, Optional<Long> index) {
    var item = Value.object("leaf", leaf);
    return TrailRow.of(index.map(i -> item.with("index", Value.of(i))).orElse(item));
  }

  private static boolean isExposed(Value.Obj fields) {
    return fields
        .object("lease")
        .flatMap(lease -> lease.get("gone"))
        .equals(Optional.of(Value.of(false)));
  }

  private static void count(Counts counts, String kind, Value.Obj fields) {
    switch (kind) {
      case "task-opened" -> counts.tasks++;
      case "intent" -> counts.calls++;
      case "outcome" -> outcome(counts, fields);
      case "refusal", "task-refused" -> counts.refused++;
      case "proposed" -> counts.asked++;
      case "answered" -> counts.answered++;
      case "proposal-granted" -> counts.granted++;
      default -> {}
    }
  }

  private static void outcome(Counts counts, Value.Obj fields) {
    counts.exposed += isExposed(fields) ? 1 : 0;
    switch (fields.text("outcome").orElse("")) {
      case "succeeded" -> counts.succeeded++;
      case "rejected" -> counts.rejected++;
      case "failed" -> counts.failed++;
      default -> counts.unknown++;
    }
  }

  private void list(String kind, Value.Obj fields, TrailRow row) {
    if (kind.equals("outcome") && isExposed(fields)) {
      listed(exposures, row);
    }
    switch (kind) {
      case "refusal", "task-refused" -> listed(refusals, row);
      case "answered", "proposal-granted", "proposal-ended" -> listed(approvals, row);
      default -> {}
    }
  }

  private static void listed(List<TrailRow> rows, TrailRow row) {
    if (rows.size() < LIMIT_LISTED) {
      rows.add(row);
    }
  }

  Map<String, Counts> classes() {
    return classes;
  }

  Counts all() {
    return all;
  }

  List<TrailRow> exposures() {
    return exposures;
  }

  List<TrailRow> refusals() {
    return refusals;
  }

  List<TrailRow> approvals() {
    return approvals;
  }

  long entries() {
    return entries;
  }

  int openCalls() {
    return calls.count();
  }

  /** The times of the first and last entry, as they stand there. */
  String period() {
    return first + " to " + last;
  }

  /** The time of the first entry; empty where there is none. */
  String first() {
    return first;
  }

  /** The time of the last entry; empty where there is none. */
  String last() {
    return last;
  }
}

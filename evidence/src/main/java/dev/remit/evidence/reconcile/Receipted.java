package dev.remit.evidence.reconcile;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.evidence.EvidencePack;
import dev.remit.evidence.PackLine;
import dev.remit.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a pack says of one call that may have had an effect.
 *
 * @param from of its intent
 * @param until of its outcome, or the latest moment at which it may have been sent
 * @param targets the identifiers at the end of its targets' names
 * @param principal the credential that was made for it, where there was one of its own
 * @param isRead whether it was to change nothing
 * @param isDone whether its outcome says that it succeeded
 * @param references the vendor's own name of it, and the trace that was handed to the vendor
 */
record Receipted(
    String call,
    Instant from,
    Instant until,
    String connector,
    String tool,
    String agent,
    Set<String> targets,
    Optional<String> principal,
    boolean isRead,
    boolean isDone,
    Set<String> references) {

  /** {@code 00-<trace>-<parent>-<flags>} (W3C Trace Context, section 3.2). */
  private static final int TRACE_FROM = 3;

  private static final int TRACE_UNTIL = 35;

  Receipted {
    targets = Set.copyOf(targets);
    references = Set.copyOf(references);
  }

  /** All calls of a pack in the order of their intents, and the time that the pack covers. */
  record OfPack(List<Receipted> calls, Instant first, Instant last) {}

  static OfPack read(Path pack) throws IOException {
    Map<String, Receipted> calls = new LinkedHashMap<>();
    List<Instant> times = new ArrayList<>();
    try (var reader = EvidencePack.read(pack)) {
      for (var line = reader.next(); line.isPresent(); line = reader.next()) {
        switch (line.get()) {
          case PackLine.Covered(var _, long _, PackLine.Content content) ->
              add(calls, times, Json.parseObject(content.leaf()));
          case PackLine.Pending(var _, PackLine.Content content) ->
              add(calls, times, Json.parseObject(content.leaf()));
          case PackLine.Header _,
              PackLine.Cosigned _,
              PackLine.Skipped _,
              PackLine.Checkpoint _,
              PackLine.End _ -> {}
        }
      }
    } catch (UncheckedIOException e) {
      throw new IOException("the pack cannot be read", e);
    }
    if (times.isEmpty()) {
      throw new InvalidValueException("the pack has no entries to hold the log against");
    }
    return new OfPack(
        List.copyOf(calls.values()),
        times.stream().min(Instant::compareTo).orElseThrow(),
        times.stream().max(Instant::compareTo).orElseThrow());
  }

  private static void add(Map<String, Receipted> calls, List<Instant> times, Value.Obj leaf) {
    Instant at = instant(leaf.text("at").orElse(""));
    if (times.size() < 2) {
      times.add(at);
    } else {
      times.set(0, at.isBefore(times.get(0)) ? at : times.get(0));
      times.set(1, at.isAfter(times.get(1)) ? at : times.get(1));
    }
    String call = leaf.text("call").orElse("");
    var fields = leaf.object("fields").orElse(Value.Obj.EMPTY);
    switch (leaf.text("kind").orElse("")) {
      case "intent" -> calls.put(call, intent(call, at, fields));
      case "outcome", "resolution" ->
          calls.computeIfPresent(call, (_, known) -> known.ended(at, fields));
      default -> {}
    }
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new InvalidValueException("an entry of the pack has no time; verify the pack first");
    }
  }

  private static Receipted intent(String call, Instant at, Value.Obj fields) {
    Set<String> targets = new HashSet<>();
    for (Value target : fields.items("targets")) {
      if (target instanceof Value.Obj record) {
        record.text("ref").ifPresent(ref -> targets.add(ref.substring(ref.lastIndexOf('/') + 1)));
      }
    }
    return new Receipted(
        call,
        at,
        fields.text("sendBy").map(Receipted::instant).filter(at::isBefore).orElse(at),
        fields.text("connector").orElse(""),
        fields.text("tool").or(() -> fields.text("purpose")).orElse(""),
        fields.text("agent").or(() -> fields.text("person")).orElse(""),
        targets,
        fields.text("principal").filter(name -> !name.isEmpty()),
        fields.text("effect").orElse("observe").equals("observe"),
        false,
        fields.text("trace").flatMap(Receipted::trace).map(Set::of).orElse(Set.of()));
  }

  private static Optional<String> trace(String traceparent) {
    return traceparent.length() >= TRACE_UNTIL
        ? Optional.of(traceparent.substring(TRACE_FROM, TRACE_UNTIL))
        : Optional.empty();
  }

  private Receipted ended(Instant at, Value.Obj fields) {
    var names = new HashSet<>(references);
    fields.text("reference").ifPresent(names::add);
    boolean isNowDone = isDone || fields.text("outcome").equals(Optional.of("succeeded"));
    return new Receipted(
        call,
        from,
        at.isAfter(until) ? at : until,
        connector,
        tool,
        agent,
        targets,
        principal,
        isRead,
        isNowDone,
        names);
  }
}

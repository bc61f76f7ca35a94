package dev.remit.server.restore;

import dev.remit.core.call.Sha256;
import dev.remit.core.evidence.Entry;
import dev.remit.core.flow.Ids;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.log.InvalidLogDataException;
import dev.remit.log.Verified;
import dev.remit.postgres.PostgresTail;
import dev.remit.postgres.PostgresTail.TakenBack;
import dev.remit.server.restore.Heads.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Restored logs before anything is added to them: what they lost comes back from what others kept,
 * and then each head that others saw has to lie in them.
 *
 * <p>Of several mirrors of one log the one that reaches furthest gives the entries, and the heads
 * of all have to fit.
 */
final class TakeBack {

  private final Heads heads;
  private final PostgresTail tail;
  private final Ids ids;
  private final InstantSource clock;
  private final Consumer<String> told;
  private final List<String> objections = new ArrayList<>();
  private final List<Seen> seen = new ArrayList<>();
  private final Map<TenantId, Kept> mirrors = new HashMap<>();
  private final Map<TenantId, Long> reached = new HashMap<>();

  private record Kept(Seen seen, Mirror mirror) {
    private long size() {
      return seen.head().size();
    }
  }

  /**
   * With the heads and the database of one data folder.
   *
   * @param told hears what was taken back
   */
  TakeBack(Heads heads, PostgresTail tail, Ids ids, InstantSource clock, Consumer<String> told) {
    this.heads = heads;
    this.tail = tail;
    this.ids = ids;
    this.clock = clock;
    this.told = told;
  }

  /** Adds a head that somebody kept as a signed note. */
  void note(Path file) {
    try {
      open(Files.readAllBytes(file), "`" + file + "`").ifPresent(seen::add);
    } catch (IOException e) {
      throw new InvalidValueException("`" + file + "` cannot be read");
    }
  }

  /** Adds a log that somebody kept. */
  void mirror(String place) {
    var mirror = Mirror.at(place);
    open(mirror.checkpoint(), "the checkpoint of `" + place + "`")
        .ifPresent(head -> {
          seen.add(head);
          mirrors.merge(
              head.tenant(),
              new Kept(head, mirror),
              (one, other) -> one.size() >= other.size() ? one : other);
        });
  }

  private Optional<Seen> open(byte[] note, String name) {
    return switch (heads.open(note)) {
      case Verified.Proven<Seen>(Seen head) -> Optional.of(head);
      case Verified.Refuted<Seen> refuted -> {
        objections.add(name + " " + refuted.detail());
        yield Optional.empty();
      }
    };
  }

  /** What is wrong with the logs afterwards; empty when nothing is. */
  List<String> run() {
    mirrors.values().forEach(this::takeBack);
    seen.stream()
        .filter(head -> !isMet(head))
        .map(head -> heads.objection(head, reached(head.tenant())))
        .flatMap(Optional::stream)
        .distinct()
        .forEach(objections::add);
    return List.copyOf(objections);
  }

  /** Whether the entries that were taken back led through it. */
  private boolean isMet(Seen head) {
    return head.head().size() > heads.size(head.tenant())
        && head.head().size() <= reached(head.tenant());
  }

  private long reached(TenantId tenant) {
    return reached.getOrDefault(tenant, 0L);
  }

  private void takeBack(Kept kept) {
    var tenant = kept.seen().tenant();
    if (kept.size() <= heads.size(tenant)) {
      told.accept("the log of `" + tenant + "` lacks nothing that its mirror has");
      return;
    }
    var others =
        seen.stream()
            .filter(head -> head.tenant().equals(tenant))
            .map(Seen::head)
            .collect(Collectors.toSet());
    try {
      var taken = tail.takeBack(tenant, kept.seen().head(), others, kept.mirror(), this::entry);
      reached.put(tenant, taken.until());
      told.accept(words(taken));
    } catch (InvalidValueException | InvalidLogDataException e) {
      objections.add("the log of `" + tenant + "` was not taken back: " + e.getMessage());
    }
  }

  private static String words(TakenBack taken) {
    return "the log of `"
        + taken.tenant()
        + "` has its entries "
        + taken.from()
        + " to "
        + (taken.until() - 1)
        + " again"
        + (taken.withoutBody() == 0 ? "" : ", " + taken.withoutBody() + " of them without body");
  }

  private Entry entry(TakenBack taken) {
    var fields =
        Value.object(
            "cause",
            "taken back from what others kept",
            "from",
            taken.from(),
            "to",
            taken.until() - 1,
            "count",
            taken.withoutBody());
    var name = Value.object("tenant", taken.tenant().value(), "until", taken.until());
    return new Entry(
        "taken-back-" + Sha256.of(name).substring("sha256:".length()),
        taken.tenant(),
        Entry.Kind.RESTORED,
        Optional.empty(),
        Optional.empty(),
        clock.instant(),
        fields,
        Value.Obj.EMPTY,
        ids.salt());
  }
}

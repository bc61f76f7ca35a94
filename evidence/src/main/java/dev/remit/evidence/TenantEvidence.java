package dev.remit.evidence;

import dev.remit.core.evidence.Journal;
import dev.remit.core.evidence.LogFiles;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import dev.remit.log.Checkpoint;
import dev.remit.log.SignedNote;
import dev.remit.log.tile.TileHashes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Packs and receipts of tenants out of a running installation.
 *
 * <p>A pack is read page by page while it is written, so its size costs no memory; a receipt reads
 * the tiles on its way and nothing else, so the size of the log costs nothing either. Neither is
 * verified here: whoever gets one does that.
 */
public final class TenantEvidence {

  private static final int LIMIT_CALL = 1_000;
  private static final int LIMIT_COSIGNED = 64;

  /** How far clocks of replicas may be apart. */
  private static final Duration APART = Duration.ofMinutes(1);

  private final LogFiles logs;
  private final Function<Journal.Query, List<Journal.Stored>> trail;
  private final InstantSource clock;

  /**
   * @param trail reads entries as {@link Journal#read} does
   */
  public TenantEvidence(
      LogFiles logs, Function<Journal.Query, List<Journal.Stored>> trail, InstantSource clock) {
    this.logs = logs;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * What of a tenant's log a pack is asked for.
   *
   * @param since the size of an older checkpoint that the reader kept, so that a pack which begins
   *     later can be held against it
   */
  public record Wanted(Period period, Optional<Long> since) {

    /** Everything. */
    public static final Wanted ALL = new Wanted(Period.ALL, Optional.empty());
  }

  /** As {@link #export(TenantId, Wanted)}, of everything. */
  public Optional<PackExport> export(TenantId tenant) {
    return export(tenant, Wanted.ALL);
  }

  /**
   * A tenant's log up to its checkpoint of now, and what waits to be in it; empty when the log has
   * no checkpoint yet.
   *
   * <p>Of a period it has the entries from the first of that time on, until the first that is a
   * minute later than its end, because clocks of replicas differ; what lies before and after is
   * left out but for the hashes that lead to the checkpoint.
   */
  public Optional<PackExport> export(TenantId tenant, Wanted wanted) {
    // The checkpoint comes first: entries that are integrated later are beyond it, and pending.
    return checkpoint(tenant).map(note -> export(tenant, wanted, note));
  }

  private PackExport export(TenantId tenant, Wanted wanted, String checkpoint) {
    long size = size(checkpoint);
    var period = wanted.period();
    long first = period.from().map(from -> firstAt(tenant, from, size)).orElse(0L);
    Optional<Long> until = period.until().map(end -> firstAt(tenant, end.plus(APART), size));
    long last = Math.max(first, until.orElse(size));
    var hashes = new TileHashes(size, tile -> logs.read(tenant, tile.path()));
    var pages = new EntryPages(tenant, trail, first, until.map(end -> last));
    var cosigned =
        logs.cosigned(tenant, LIMIT_COSIGNED).stream().filter(note -> size(note) < size).toList();
    var seen = cosigned.stream().filter(note -> size(note) >= last).findFirst();
    return new PackExport(
        header(tenant, period),
        cosigned.stream()
            .filter(note ->
                (size(note) >= first && size(note) <= last)
                    || seen.filter(note::equals).isPresent())
            .toList(),
        checkpoint,
        skips(0, first, wanted.since().filter(s -> s < first), hashes),
        pages.logged(),
        skips(last, size, seen.map(TenantEvidence::size), hashes),
        pages.pending());
  }

  private Value.Obj header(TenantId tenant, Period period) {
    var header =
        Value.object(
            "format",
            PackForm.FORMAT,
            "version",
            PackForm.VERSION,
            "tenant",
            tenant.value(),
            "exportedAt",
            clock.instant().toString());
    return period.isAll() ? header : header.with("period", period.toValue());
  }

  /** The place of the first entry that is not from before; the end of the log if there is none. */
  private long firstAt(TenantId tenant, Instant from, long size) {
    var query =
        new Journal.Query(tenant, 0, 1, Optional.empty(), Optional.empty(), Optional.of(from));
    return trail.apply(query).stream()
        .findFirst()
        .flatMap(Journal.Stored::index)
        .map(index -> Math.min(index, size))
        .orElse(size);
  }

  /** What is left out of a range, in two where a head between is worth showing. */
  private static List<PackExport.Skip> skips(
      long from, long until, Optional<Long> between, TileHashes hashes) {
    List<LeftOut> parts = new ArrayList<>();
    long at = from;
    if (between.filter(b -> b > from && b < until).isPresent()) {
      parts.addAll(LeftOut.between(from, between.get(), hashes));
      at = between.get();
    }
    parts.addAll(LeftOut.between(at, until, hashes));
    return parts.stream().map(PackExport.Skip::of).toList();
  }

  /**
   * The receipt of a call; empty when its tenant's log holds nothing of it yet. Under the latest
   * checkpoint, unless only an earlier one that covers the call was cosigned.
   */
  public Optional<Receipt> receipt(TenantId tenant, String call) {
    var entries =
        trail
            .apply(
                new Journal.Query(
                    tenant, 0, LIMIT_CALL, Optional.of(call), Optional.empty(), Optional.empty()))
            .stream()
            .filter(stored -> stored.index().isPresent())
            .map(EntryPages::line)
            .toList();
    // Read after the entries, so that it covers whatever of them is in the log.
    return entries.isEmpty()
        ? Optional.empty()
        : checkpoint(tenant).map(latest -> receipt(tenant, entries, latest));
  }

  private Receipt receipt(TenantId tenant, List<Value.Obj> entries, String latest) {
    long needed = entries.getLast().integer("index").orElseThrow() + 1;
    String note = note(tenant, needed, latest);
    return Receipt.of(
        entries, note, new TileHashes(size(note), tile -> logs.read(tenant, tile.path())));
  }

  private String note(TenantId tenant, long needed, String latest) {
    if (Anchor.isCosigned(parse(latest))) {
      return latest;
    }
    return logs.cosigned(tenant, LIMIT_COSIGNED).reversed().stream()
        .filter(note -> size(note) >= needed)
        .findFirst()
        .orElse(latest);
  }

  private Optional<String> checkpoint(TenantId tenant) {
    return logs.read(tenant, LogFiles.CHECKPOINT)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  private static SignedNote parse(String note) {
    return SignedNote.parse(note.getBytes(StandardCharsets.UTF_8));
  }

  private static long size(String note) {
    return Checkpoint.parse(parse(note).text()).head().size();
  }
}

package dev.remit.evidence;

import dev.remit.core.evidence.Journal;
import dev.remit.core.evidence.LogFiles;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import dev.remit.log.Checkpoint;
import dev.remit.log.SignedNote;
import dev.remit.log.tile.TileHashes;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
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
   * Everything of a tenant's log up to its checkpoint of now, and what waits to be in it; empty
   * when the log has no checkpoint yet.
   */
  public Optional<PackExport> export(TenantId tenant) {
    // The checkpoint comes first: entries that are integrated later are beyond it, and pending.
    return checkpoint(tenant).map(note -> export(tenant, note));
  }

  private PackExport export(TenantId tenant, String checkpoint) {
    var pages = new EntryPages(tenant, trail);
    return new PackExport(
        Value.object(
            "format",
            PackForm.FORMAT,
            "version",
            PackForm.VERSION,
            "tenant",
            tenant.value(),
            "exportedAt",
            clock.instant().toString()),
        logs.cosigned(tenant, LIMIT_COSIGNED).stream()
            .filter(note -> size(note) < size(checkpoint))
            .toList(),
        checkpoint,
        pages.logged(),
        pages.pending());
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
    if (parse(latest).signatures().size() > 1) {
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

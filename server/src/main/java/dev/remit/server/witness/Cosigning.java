package dev.remit.server.witness;

import dev.remit.core.evidence.LogFiles;
import dev.remit.core.tenant.TenantId;
import dev.remit.log.Checkpoint;
import dev.remit.log.NoteSignature;
import dev.remit.log.SignedNote;
import dev.remit.log.tile.TileHashes;
import dev.remit.log.witness.WitnessClient;
import dev.remit.log.witness.WitnessClient.Result;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Shows the latest checkpoints to one witness and keeps what it signs.
 *
 * <p>Nothing waits for it: a witness that is away leaves logs unwitnessed, which readers see, and
 * never holds up an entry. A cosignature is kept only after it verified under the witness's key.
 *
 * <p>Does not schedule itself. Not for two threads at once; each witness has one of its own.
 */
public final class Cosigning {

  private static final System.Logger LOG = System.getLogger("dev.remit.server");
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  private final WitnessSite site;
  private final LogFiles logs;
  private final LogAlarm alarm;
  private final HttpClient http;
  private final Map<TenantId, WitnessClient> clients = new HashMap<>();
  private final Map<TenantId, String> troubles =
      new TreeMap<>(java.util.Comparator.comparing(TenantId::value)); // guarded by this

  public Cosigning(WitnessSite site, LogFiles logs, LogAlarm alarm, HttpClient http) {
    this.site = site;
    this.logs = logs;
    this.alarm = alarm;
    this.http = http;
  }

  /** Shows every log whose latest checkpoint this witness has not signed, each once. */
  public void runOnce() {
    for (var tenant : logs.without(site.name())) {
      if (site.isShown(tenant)) {
        shown(tenant);
      }
    }
  }

  /** A log that cannot be read keeps no other from being shown. */
  private void shown(TenantId tenant) {
    try {
      show(tenant);
    } catch (RuntimeException e) {
      trouble(tenant, "it could not be shown: " + e.getMessage());
    }
  }

  private void show(TenantId tenant) {
    var note = checkpoint(tenant);
    var client =
        clients.computeIfAbsent(
            tenant, t -> new WitnessClient(http, site.prefix(), site.key(), DEADLINE));
    var hashes = new TileHashes(size(note), tile -> logs.read(tenant, tile.path()));
    switch (client.cosign(bare(note), hashes)) {
      case Result.Cosigned(SignedNote cosigned) -> keep(tenant, cosigned);
      case Result.Forked(long theirs, String detail) -> stop(tenant, detail);
      case Result.Ahead(long theirs) -> ahead(tenant, theirs);
      case Result.Refused(int status, String detail) -> trouble(tenant, detail);
      case Result.Unreachable(String detail) -> trouble(tenant, detail);
    }
  }

  private SignedNote checkpoint(TenantId tenant) {
    return SignedNote.parse(
        logs.read(tenant, LogFiles.CHECKPOINT)
            .orElseThrow(() -> new IllegalStateException("a log with a head has a checkpoint")));
  }

  private static long size(SignedNote note) {
    return Checkpoint.parse(note.text()).head().size();
  }

  /** Without the signatures of other witnesses, which are none of this one's business. */
  static SignedNote bare(SignedNote note) {
    var log = note.signatures().getFirst().keyName();
    return new SignedNote(
        note.text(),
        note.signatures().stream().filter(line -> line.keyName().equals(log)).toList());
  }

  private void keep(TenantId tenant, SignedNote cosigned) {
    NoteSignature line = cosigned.signatures().getLast();
    logs.cosign(tenant, size(cosigned), site.name(), line.toString());
    told(tenant, "");
  }

  /** Another replica may have been quicker: only a log that is shorter still has lost entries. */
  private void ahead(TenantId tenant, long theirs) {
    if (size(checkpoint(tenant)) < theirs) {
      stop(tenant, "the witness has seen a longer log than this one: entries were lost");
    }
  }

  private void stop(TenantId tenant, String detail) {
    alarm.stop(tenant, "witness `" + site.name() + "`: " + detail);
    told(tenant, detail);
  }

  private void trouble(TenantId tenant, String detail) {
    if (told(tenant, detail)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "witness `{0}` did not cosign the log of `{1}`: {2}",
          site.name(),
          tenant,
          detail);
    }
  }

  private synchronized boolean told(TenantId tenant, String detail) {
    return detail.isEmpty()
        ? troubles.remove(tenant) != null
        : !detail.equals(troubles.put(tenant, detail));
  }

  /** Logs that this witness did not cosign when it was last asked, and why. */
  public synchronized Map<TenantId, String> troubles() {
    return new HashMap<>(troubles);
  }
}

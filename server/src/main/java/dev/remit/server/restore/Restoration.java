package dev.remit.server.restore;

import dev.remit.core.approval.Proposal;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.ProposalLedger;
import dev.remit.core.flow.Ids;
import dev.remit.core.flow.KillSwitch;
import dev.remit.core.flow.Oversight;
import dev.remit.core.identity.PersonSessions;
import dev.remit.core.kill.KillScope;
import dev.remit.core.kill.Kills;
import dev.remit.core.restore.Epoch;
import dev.remit.core.restore.Epochs;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Lets nothing of an earlier life of the data act again.
 *
 * <p>After a restore, a promotion or a load elsewhere, what the database holds may be older than
 * what happened: approvals that were used look unused, kills that were ordered are missing. So
 * everything is stopped, tasks and what people granted are ended, everybody is signed out, and a
 * new epoch is told in the operator's log. People let it go on, after they looked.
 *
 * <p>Crash: the epoch begins last and the mark goes after it, so that whatever ends this in between
 * finds it to be done again; doing it again changes nothing.
 */
public final class Restoration {

  private static final System.Logger LOG = System.getLogger("dev.remit.server");
  private static final Instant FOR_EVER = Instant.parse("9999-01-01T00:00:00Z");

  private final Epochs epochs;
  private final Memory memory;
  private final Oversight oversight;
  private final ProposalLedger proposals;
  private final PersonSessions sessions;
  private final Ids ids;
  private final InstantSource clock;

  /** Over these. */
  public Restoration(
      Epochs epochs,
      Memory memory,
      Oversight oversight,
      ProposalLedger proposals,
      PersonSessions sessions,
      Ids ids,
      InstantSource clock) {
    this.epochs = epochs;
    this.memory = memory;
    this.oversight = oversight;
    this.proposals = proposals;
    this.sessions = sessions;
    this.ids = ids;
    this.clock = clock;
  }

  /** Looks whether the data is of another life than it was, and ends that one if so. */
  public void look() {
    var latest = epochs.latest();
    var cluster = epochs.cluster();
    var cause = cause(latest, cluster);
    if (cause.isPresent()) {
      restored(latest.map(Epoch::number).orElse(0L) + 1, cause.get(), cluster);
    } else if (latest.isEmpty()) {
      begin(new Epoch(1, "first", cluster, clock.instant()));
    }
    memory.keep(epochs.latest().map(Epoch::number).orElse(0L), epochs.sizes());
  }

  private Optional<String> cause(Optional<Epoch> latest, String cluster) {
    return memory
        .marked()
        .or(() ->
            latest
                .filter(epoch -> !epoch.cluster().equals(cluster))
                .map(ignored ->
                    "the database was loaded elsewhere, promoted or recovered to a point in time"))
        .or(() -> latest.flatMap(this::shorter));
  }

  /** What was remembered in an earlier epoch was longer than what a restore brought back. */
  private Optional<String> shorter(Epoch epoch) {
    var now = epochs.sizes();
    return memory.sizes(epoch.number()).entrySet().stream()
        .filter(known -> now.getOrDefault(known.getKey(), 0L) < known.getValue())
        .map(known -> "the log of `" + known.getKey() + "` was longer")
        .sorted()
        .findFirst();
  }

  private void restored(long number, String cause, String cluster) {
    LOG.log(System.Logger.Level.WARNING, "restored: {0}; everything is stopped", cause);
    boolean isStopped =
        oversight.kills().stream()
            .anyMatch(kill -> kill.scope().equals(KillScope.EVERYTHING) && isOurs(kill));
    if (!isStopped) {
      oversight.kill(KillScope.EVERYTHING, KillSwitch.RESTORE, cause);
    }
    proposals.overdue(FOR_EVER).forEach(this::end);
    sessions.sweep(FOR_EVER);
    begin(new Epoch(number, cause, cluster, clock.instant()));
    memory.unmark();
  }

  private static boolean isOurs(Kills.Active kill) {
    return kill.by().equals(KillSwitch.RESTORE);
  }

  private void end(Proposal proposal) {
    var entry =
        entry(
            Entry.Kind.PROPOSAL_ENDED,
            proposal.tenant(),
            proposal.ofAgent().map(wanted -> wanted.task().value()),
            Value.object(
                "proposal", proposal.digest(),
                "handle", proposal.id().value(),
                "subject", proposal.subject().kind(),
                "state", "stale",
                "why", "restored"));
    proposals.end(proposal, Proposal.State.STALE, entry);
  }

  private void begin(Epoch epoch) {
    epochs.begin(
        epoch,
        entry(
            Entry.Kind.RESTORED,
            TenantId.OPERATOR,
            Optional.empty(),
            Value.object("epoch", epoch.number(), "cause", epoch.cause())));
  }

  private Entry entry(Entry.Kind kind, TenantId tenant, Optional<String> task, Value.Obj fields) {
    return new Entry(
        ids.id(),
        tenant,
        kind,
        Optional.empty(),
        task,
        clock.instant(),
        fields,
        Value.Obj.EMPTY,
        ids.salt());
  }
}

package dev.remit.core.flow;

import dev.remit.core.approval.Answer;
import dev.remit.core.approval.PersonKey;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.Subject;
import dev.remit.core.custody.CustodyCase;
import dev.remit.core.custody.CustodyDesk;
import dev.remit.core.evidence.Entry;
import dev.remit.core.kill.KillScope;
import dev.remit.core.oversight.PromotionCase;
import dev.remit.core.oversight.PromotionDesk;
import dev.remit.core.register.LaunchCase;
import dev.remit.core.register.LaunchDesk;
import dev.remit.core.release.Release;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskClass;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Resolves an open proposal once its answers are enough: a call is granted and waits to be used, a
 * key is registered and a kill is lifted in the same step.
 *
 * <p>Whoever comes first resolves it; a crash between the last answer and this leaves it open, and
 * the next who looks at it resolves it.
 */
final class Resolution {

  /** A client's key counts so long after it was answered for: time for a notice to be read. */
  static final Duration CLIENT_KEY_WAITS = Duration.ofDays(3);

  private final Ports ports;
  private final Entries entries;
  private final TaskEnd taskEnd;
  private final AnswerCheck check;
  private final PromotionDesk promotions;
  private final CustodyDesk custody;
  private final LaunchDesk launches;

  Resolution(Ports ports, Entries entries, TaskEnd taskEnd) {
    this.ports = ports;
    this.entries = entries;
    this.taskEnd = taskEnd;
    this.check = new AnswerCheck(ports.people());
    this.promotions =
        new PromotionDesk(
            ports.oversight(),
            ports.proposals(),
            Fatigue.CAPS,
            ports.releases(),
            ports.clock(),
            new OversightEntries(entries, ports.ids()));
    this.custody =
        new CustodyDesk(
            ports.journal().bodies(),
            ports.proposals(),
            Fatigue.CAPS,
            ports.releases(),
            ports.clock(),
            new OversightEntries(entries, ports.ids()));
    this.launches =
        new LaunchDesk(
            ports.register(),
            ports.proposals(),
            Fatigue.CAPS,
            ports.releases(),
            ports.clock(),
            new OversightEntries(entries, ports.ids()));
  }

  /** How bodies are kept. */
  CustodyDesk custody() {
    return custody;
  }

  /** How agents are launched. */
  LaunchDesk launches() {
    return launches;
  }

  /** How levels rise. */
  PromotionDesk promotions() {
    return promotions;
  }

  AnswerCheck check() {
    return check;
  }

  /** The proposal as it stands after its answers were looked at. */
  Proposal resolved(Proposal stored, Release release) {
    var now = ports.clock().instant();
    if (stored.stateAt(now) != Proposal.State.OPEN) {
      return stored;
    }
    var proposal = rebuilt(stored);
    var answers = ports.proposals().answers(proposal.tenant(), proposal.id());
    boolean isChanged;
    if (answers.isEmpty()) {
      isChanged = false;
    } else if (check.isRefused(proposal, answers, release)) {
      isChanged = refuse(proposal, answers, now);
    } else {
      isChanged = check.isGranted(proposal, answers, release) && grant(proposal, answers, now);
    }
    return isChanged
        ? ports.proposals().find(proposal.tenant(), proposal.id()).orElse(proposal)
        : proposal;
  }

  /**
   * The proposal with its rules and parties from its subject instead of the row, where they follow
   * from it: what takes effect here and now is held to what it is. A row that does not fit its
   * digest asks of nobody and is never granted. A call is held to policy when it is used.
   */
  private static Proposal rebuilt(Proposal stored) {
    return switch (stored.subject()) {
      case Subject.OfAgent ignored -> stored;
      case Subject.OfStanding ignored -> stored;
      case Subject.OfKey subject ->
          asIf(stored, KeyDesk.proposal(stored.id(), subject, stored.askedAt()));
      case Subject.OfLift subject ->
          asIf(stored, KillDesk.proposal(stored.id(), subject, stored.askedAt()));
      case Subject.OfBodies subject ->
          asIf(stored, CustodyCase.proposal(stored.id(), subject, stored.askedAt()));
      case Subject.OfPromotion subject ->
          asIf(stored, PromotionCase.proposal(stored.id(), subject, stored.askedAt()));
      case Subject.OfLaunch subject ->
          asIf(stored, LaunchCase.proposal(stored.id(), subject, stored.askedAt()));
    };
  }

  private static Proposal asIf(Proposal stored, Proposal fresh) {
    boolean isSame =
        stored.digest().equals(fresh.digest()) && stored.tenant().equals(fresh.tenant());
    return stored.asking(isSame ? fresh.rules() : List.of(), fresh.parties());
  }

  private boolean refuse(Proposal proposal, List<Answer> answers, Instant now) {
    var entry =
        entries.ofProposal(
            Entry.Kind.PROPOSAL_ENDED, proposal, now, by(answers).with("state", text("refused")));
    if (ports.proposals().end(proposal, Proposal.State.REFUSED, entry)) {
      proposal.ofAgent().ifPresent(wanted -> endFlooding(proposal, wanted));
    }
    return true;
  }

  /** An agent that was told no twice about the same act is not asked a third time. */
  private void endFlooding(Proposal proposal, Subject.OfAgent call) {
    int refused = ports.proposals().refusalsOf(proposal.tenant(), call.task(), proposal.act());
    if (refused >= Fatigue.REFUSALS) {
      ports
          .tasks()
          .find(proposal.tenant(), call.task())
          .ifPresent(task -> taskEnd.end(task, Task.State.FAILED, "remit: refused twice"));
    }
  }

  private boolean grant(Proposal proposal, List<Answer> answers, Instant now) {
    return switch (proposal.subject()) {
      case Subject.OfAgent ignored -> grantCall(proposal, answers, now);
      case Subject.OfStanding subject -> letStand(proposal, subject, answers, now);
      case Subject.OfKey subject -> register(proposal, subject.key(), answers, now);
      case Subject.OfLift subject -> lift(proposal, subject, answers, now);
      case Subject.OfBodies subject -> carryOut(proposal, subject, answers, now);
      case Subject.OfPromotion subject -> raise(proposal, subject, answers, now);
      case Subject.OfLaunch subject -> launch(proposal, subject, answers, now);
    };
  }

  private boolean grantCall(Proposal proposal, List<Answer> answers, Instant now) {
    var useBy =
        now.plus(
            proposal.rules().stream()
                .map(TaskClass.AskRule::useWithin)
                .min(Duration::compareTo)
                .orElseThrow());
    var entry =
        entries.ofProposal(
            Entry.Kind.PROPOSAL_GRANTED,
            proposal,
            now,
            by(answers).with("state", text("granted")).with("useBy", text(useBy.toString())));
    ports.proposals().grant(proposal, now, useBy, entry);
    return true;
  }

  /** It is held to policy and to its answers at each use. */
  private boolean letStand(
      Proposal proposal, Subject.OfStanding subject, List<Answer> answers, Instant now) {
    var entry =
        entries.ofProposal(
            Entry.Kind.PROPOSAL_GRANTED,
            proposal,
            now,
            by(answers)
                .with("state", text("granted"))
                .with("useBy", text(subject.until().toString())));
    ports.proposals().grant(proposal, now, subject.until(), entry);
    return true;
  }

  private boolean register(Proposal proposal, PersonKey asked, List<Answer> answers, Instant now) {
    var activeFrom =
        asked.organisation() instanceof dev.remit.core.identity.Organisation.Client
            ? now.plus(CLIENT_KEY_WAITS)
            : now;
    var key =
        new PersonKey(
            asked.credentialId(),
            asked.person(),
            asked.organisation(),
            asked.credential(),
            asked.counter(),
            now,
            activeFrom,
            false,
            asked.label());
    var done =
        ports
            .people()
            .keys()
            .register(key, proposal, granted(proposal, answers, now), registered(key, now));
    if (!done) {
      overtaken(proposal, "the key is known already", now);
    }
    return true;
  }

  /** The entry of a key's registration, in the log of its organisation. */
  Entry registered(PersonKey key, Instant now) {
    return entries.of(
        Entry.Kind.KEY_REGISTERED,
        KeyDesk.tenantOf(key.organisation()),
        now,
        Value.object(
            "person", key.person().text(),
            "organisation", key.organisation().text(),
            "key", key.credentialId(),
            "activeFrom", key.activeFrom().toString(),
            "aaguid", key.aaguid().orElse("")));
  }

  private boolean lift(
      Proposal proposal, Subject.OfLift subject, List<Answer> answers, Instant now) {
    var scope = new KillScope(subject.scope());
    var told = new KillEntries(ports.releases(), entries);
    ports
        .kills()
        .lift(
            scope,
            proposal,
            now,
            granted(proposal, answers, now),
            told.lifted(scope, proposal.tenant(), subject.reason(), now),
            told.liftedAt(scope, now));
    return true;
  }

  /** What has ended meanwhile, or is held, is not done. */
  private boolean carryOut(
      Proposal proposal, Subject.OfBodies subject, List<Answer> answers, Instant now) {
    if (!custody.carryOut(proposal, subject, granted(proposal, answers, now))) {
      ports
          .proposals()
          .end(
              proposal,
              Proposal.State.STALE,
              entries.ofProposal(
                  Entry.Kind.PROPOSAL_ENDED,
                  proposal,
                  now,
                  Value.object("state", "stale", "why", "it is over, or a hold is in force")));
    }
    return true;
  }

  /** What has moved since people were asked is not raised by their answer. */
  private boolean raise(
      Proposal proposal, Subject.OfPromotion subject, List<Answer> answers, Instant now) {
    var release = ports.releases().active().release();
    if (!promotions.raise(proposal, subject, release, granted(proposal, answers, now))) {
      overtaken(proposal, "the level or its ceiling has moved", now);
    }
    return true;
  }

  private boolean launch(
      Proposal proposal, Subject.OfLaunch subject, List<Answer> answers, Instant now) {
    var release = ports.releases().active().release();
    if (!launches.launch(proposal, subject, release, granted(proposal, answers, now))) {
      overtaken(proposal, "the agent is not as people were asked about it", now);
    }
    return true;
  }

  private void overtaken(Proposal proposal, String why, Instant now) {
    ports
        .proposals()
        .end(
            proposal,
            Proposal.State.STALE,
            entries.ofProposal(
                Entry.Kind.PROPOSAL_ENDED,
                proposal,
                now,
                Value.object("state", "stale", "why", why)));
  }

  private Entry granted(Proposal proposal, List<Answer> answers, Instant now) {
    return entries.ofProposal(
        Entry.Kind.PROPOSAL_GRANTED, proposal, now, by(answers).with("state", text("consumed")));
  }

  private static Value.Obj by(List<Answer> answers) {
    return Value.object(
        "by",
        Value.texts(answers.stream().map(answer -> answer.person().text()).sorted().toList()));
  }

  private static Value text(String text) {
    return Value.of(text);
  }

  /** Ends what waits for people because nobody wants it any more. */
  Optional<Proposal> withdraw(Proposal proposal, String by) {
    var entry =
        entries.ofProposal(
            Entry.Kind.PROPOSAL_ENDED,
            proposal,
            ports.clock().instant(),
            Value.object("state", "withdrawn", "by", by));
    return ports.proposals().end(proposal, Proposal.State.WITHDRAWN, entry)
        ? ports.proposals().find(proposal.tenant(), proposal.id())
        : Optional.empty();
  }
}

package dev.remit.core.oversight;

import dev.remit.core.approval.Answer;
import dev.remit.core.approval.Asker;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.call.CallId;
import dev.remit.core.call.Sha256;
import dev.remit.core.evidence.ProposalLedger;
import dev.remit.core.execution.Outcome;
import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.identity.Grade;
import dev.remit.core.identity.PersonId;
import dev.remit.core.oversight.OversightLedger.Gains;
import dev.remit.core.oversight.OversightLedger.Position;
import dev.remit.core.release.Release;
import dev.remit.core.release.Releases;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the committed log of each tenant once, in its order, and makes of it what oversight keeps:
 * items to certify, tallies, and falls that the log itself gives a reason for.
 *
 * <p>Reasons: a kill of the agent puts its class at that tenant back to {@code propose}; the second
 * refusal for another tenant's target in one task lowers by one level.
 */
public final class LogReader {

  private static final int LEAVES = 1_000;
  private static final int STRETCHES = 20;
  private static final int LOGS = 100;
  private static final int MISMATCHES = 2;
  private static final byte[] LEAF = {0};

  private final OversightPorts ports;
  private final ProposalLedger proposals;
  private final Releases releases;
  private final InstantSource clock;
  private final EntryMaker entries;

  /** Reads by these. */
  public LogReader(
      OversightPorts ports,
      ProposalLedger proposals,
      Releases releases,
      InstantSource clock,
      EntryMaker entries) {
    this.ports = ports;
    this.proposals = proposals;
    this.releases = releases;
    this.clock = clock;
    this.entries = entries;
  }

  /**
   * Reads what is new; throws when a store is away, and then simply runs again later. A log that
   * cannot be read keeps no other from being read.
   */
  public void round() {
    var each = new EachAlone();
    ports.ledger().behind(LOGS).forEach(position -> each.run(() -> readOn(position)));
    each.tell();
  }

  private void readOn(Position position) {
    var from = position;
    for (int stretch = 0; stretch < STRETCHES; stretch++) {
      long next = read(from);
      if (next - from.next() < LEAVES) {
        return;
      }
      from = new Position(from.tenant(), next);
    }
  }

  /** Reads one stretch; where the next one begins. */
  private long read(Position from) {
    var reading = ports.ledger().read(from, LEAVES);
    if (reading.next() == from.next()) {
      return from.next();
    }
    var release = releases.active().release();
    var stretch = new Stretch(from.tenant(), release, clock.instant());
    reading.events().forEach(stretch::take);
    var gains = stretch.gains();
    if (!ports.ledger().advance(from, reading, gains)) {
      return from.next(); // another process was here, or a level moved: the next round looks again
    }
    if (!gains.changes().isEmpty()) {
      ports.levels().refresh();
    }
    return reading.next();
  }

  /** The hash of a leaf as the log has it (RFC 6962, section 2.1). */
  static String digest(String leaf) {
    return "sha256:"
        + java.util.HexFormat.of()
            .formatHex(Sha256.raw(LEAF, leaf.getBytes(StandardCharsets.UTF_8)));
  }

  /** What a stretch of one log gives. */
  private final class Stretch {
    private final TenantId tenant;
    private final Release release;
    private final Instant now;
    private final Ladder ladder;
    private final Map<AutonomyScope, Tally> tallies = new HashMap<>();
    private final List<AutonomyScope> touched = new ArrayList<>();
    private final List<Item> items = new ArrayList<>();

    Stretch(TenantId tenant, Release release, Instant now) {
      this.tenant = tenant;
      this.release = release;
      this.now = now;
      this.ladder = new Ladder(ports.levels().now(), release, entries, now);
      ports.ledger().tallies(tenant).forEach(tally -> tallies.put(tally.scope(), tally));
    }

    Gains gains() {
      var changed = touched.stream().distinct().map(this::tally).toList();
      return new Gains(items, changed, ladder.changes());
    }

    private Tally tally(AutonomyScope scope) {
      return tallies.getOrDefault(scope, Tally.none(scope));
    }

    private void put(Tally tally) {
      tallies.put(tally.scope(), tally);
      touched.add(tally.scope());
    }

    void take(Event event) {
      switch (event.kind()) {
        case OUTCOME -> event.intent().ifPresent(intent -> effect(event, intent));
        case REFUSAL -> refusal(event);
        case CERTIFIED ->
            told(event).map(scope -> tally(scope).withVerdict(false)).ifPresent(this::put);
        case OBJECTED ->
            told(event).map(scope -> tally(scope).withVerdict(true)).ifPresent(this::put);
        case AUTONOMY_RAISED -> moved(event, Optional.empty());
        case AUTONOMY_LOWERED -> moved(event, Optional.of(event.at()));
        case KILL -> kill(event);
        default -> {}
      }
    }

    private void moved(Event event, Optional<Instant> fall) {
      if (!event.fields().get("from").equals(event.fields().get("to"))) {
        told(event).map(scope -> tally(scope).atNewLevel(fall)).ifPresent(this::put);
      }
    }

    /** The scope that an entry names itself. */
    private Optional<AutonomyScope> told(Event event) {
      return event
          .fields()
          .text("agentClass")
          .flatMap(LogReader::agentClass)
          .flatMap(id ->
              event.fields().text("taskClass").map(name -> new AutonomyScope(tenant, id, name)));
    }

    /** Whose work it was: an agent's class, or people's own. */
    private Optional<AutonomyScope> scope(Value.Obj fields, Optional<String> ofTask) {
      return fields
          .text("agent")
          .flatMap(LogReader::agent)
          .map(AgentId::agentClass)
          .or(() -> fields.text("person").map(person -> AgentClassId.PERSON))
          .flatMap(agentClass ->
              fields
                  .text("taskClass")
                  .or(() -> ofTask)
                  .map(name -> new AutonomyScope(tenant, agentClass, name)));
    }

    private void refusal(Event event) {
      var scope = scope(event.fields(), event.taskClass());
      scope.ifPresent(known -> put(tally(known).withRefusal()));
      if (event.mismatches() == MISMATCHES) {
        scope.ifPresent(known ->
            ladder.lower(
                known,
                ladder.at(known).lowered(),
                "tenant-mismatch",
                Value.object("refusals", MISMATCHES)));
      }
    }

    private void kill(Event event) {
      if (event.fields().text("mode").isPresent()) {
        return; // a hold says nothing about the agent
      }
      event
          .fields()
          .text("scope")
          .filter(scope -> scope.startsWith("agent:"))
          .flatMap(scope -> agent(scope.substring("agent:".length())))
          .filter(agent -> agent.tenant().equals(tenant))
          .ifPresent(this::killed);
    }

    private void killed(AgentId agent) {
      var agentClass = release.agentClasses().get(agent.agentClass());
      var names = agentClass == null ? java.util.Set.<String>of() : agentClass.taskClasses();
      names.stream()
          .sorted()
          .map(name -> new AutonomyScope(tenant, agent.agentClass(), name))
          .filter(scope -> ladder.at(scope) != AutonomyLevel.PROPOSE)
          .forEach(scope ->
              ladder.lower(
                  scope, AutonomyLevel.PROPOSE, "kill", Value.object("agent", agent.text())));
    }

    private void effect(Event event, Event.Intended intent) {
      var grade = intent.fields().text("effect").flatMap(LogReader::grade);
      var outcome = event.fields().text("outcome").flatMap(LogReader::outcome);
      var scope = scope(intent.fields(), event.taskClass());
      if (grade.filter(g -> g != Grade.OBSERVE).isEmpty()
          || outcome.filter(LogReader::mayHaveHappened).isEmpty()
          || scope.isEmpty()
          || event.call().isEmpty()) {
        return;
      }
      put(tally(scope.get()).withEffect(outcome.get() == Outcome.UNKNOWN));
      var call = new CallId(event.call().get());
      boolean isLooked =
          grade.get() != Grade.LOW || ports.draw().ofHundred(call) < release.oversight().lowShare();
      if (isLooked) {
        items.add(item(event, intent, call, scope.get(), grade.get(), outcome.get()));
      }
    }

    private Item item(
        Event event,
        Event.Intended intent,
        CallId call,
        AutonomyScope scope,
        Grade grade,
        Outcome outcome) {
      var shown =
          Value.object(
              "agent",
                  intent.fields().text("agent").or(() -> intent.fields().text("person")).orElse(""),
              "tool", intent.fields().text("tool").orElse(""),
              "connector", intent.fields().text("connector").orElse(""),
              "ticket", intent.fields().text("ticket").orElse(""),
              "targets", intent.fields().get("targets").orElse(new Value.Array(List.of())));
      return new Item(
          tenant,
          call,
          scope,
          grade,
          outcome,
          digest(event.leaf()),
          shown,
          involved(intent, scope),
          event.at(),
          now.plus(release.oversight().certifyWithin()),
          Item.State.OPEN,
          false);
    }

    private Involved involved(Event.Intended intent, AutonomyScope scope) {
      var answers = intent.approval().map(this::answers).orElse(List.of());
      var asker = intent.approval().flatMap(this::asker);
      return new Involved(
          intent.body().object("ground").flatMap(ground -> ground.text("requester")),
          intent.fields().text("person").flatMap(LogReader::person),
          Optional.ofNullable(release.agentClasses().get(scope.agentClass()))
              .map(AgentClass::owners),
          release.authors(),
          Stream.concat(answers.stream().map(Answer::person), asker.map(Asker::id).stream())
              .collect(Collectors.toSet()),
          answers.stream()
              .map(answer -> answer.assertion().credentialId())
              .collect(Collectors.toSet()),
          Stream.concat(
                  answers.stream().flatMap(answer -> answer.emailDigest().stream()),
                  asker.flatMap(Asker::emailDigest).stream())
              .collect(Collectors.toSet()));
    }

    /** Whoever asked for it beforehand has a part in it like those who answered. */
    private Optional<Asker> asker(ProposalId proposal) {
      return proposals.find(tenant, proposal.whole()).flatMap(asked -> asked.parties().asker());
    }

    private List<Answer> answers(ProposalId proposal) {
      return proposals.answers(tenant, proposal.whole());
    }
  }

  private static boolean mayHaveHappened(Outcome outcome) {
    return outcome == Outcome.SUCCEEDED || outcome == Outcome.UNKNOWN;
  }

  private static Optional<AgentId> agent(String text) {
    try {
      return Optional.of(AgentId.parse(text));
    } catch (InvalidValueException e) {
      return Optional.empty();
    }
  }

  private static Optional<AgentClassId> agentClass(String text) {
    try {
      return Optional.of(new AgentClassId(text));
    } catch (InvalidValueException e) {
      return Optional.empty();
    }
  }

  private static Optional<Grade> grade(String text) {
    return java.util.Arrays.stream(Grade.values()).filter(g -> g.text().equals(text)).findFirst();
  }

  private static Optional<Outcome> outcome(String text) {
    return java.util.Arrays.stream(Outcome.values()).filter(o -> o.text().equals(text)).findFirst();
  }

  private static Optional<PersonId> person(String text) {
    int slash = text.indexOf('/');
    return slash < 0
        ? Optional.empty()
        : Optional.of(new PersonId(text.substring(0, slash), text.substring(slash + 1)));
  }
}

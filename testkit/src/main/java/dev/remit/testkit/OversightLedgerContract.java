package dev.remit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.Proposal;
import dev.remit.core.call.CallId;
import dev.remit.core.evidence.Entry;
import dev.remit.core.execution.Outcome;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.identity.Grade;
import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.PersonId;
import dev.remit.core.oversight.AutonomyScope;
import dev.remit.core.oversight.Change;
import dev.remit.core.oversight.Involved;
import dev.remit.core.oversight.Item;
import dev.remit.core.oversight.OversightLedger;
import dev.remit.core.oversight.OversightLedger.Gains;
import dev.remit.core.oversight.OversightLedger.Given;
import dev.remit.core.oversight.OversightLedger.Place;
import dev.remit.core.oversight.OversightLedger.Position;
import dev.remit.core.oversight.OversightLedger.Reading;
import dev.remit.core.oversight.OversightLedger.Verdicts;
import dev.remit.core.oversight.OversightLedger.Waiting;
import dev.remit.core.oversight.Standing;
import dev.remit.core.oversight.Tally;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract of what oversight keeps. */
public abstract class OversightLedgerContract extends ApprovalLedgerContract {
  private static final AutonomyScope SCOPE =
      new AutonomyScope(HARBOR, new AgentClassId("service-desk"), "restart-service");
  private static final Gains NOTHING = new Gains(List.of(), List.of(), List.of());

  private final AtomicLong number = new AtomicLong();

  /** Stores with a log that entries get into. */
  public interface Overseen extends Stores {
    /** The store under test. */
    OversightLedger oversight();

    /** Everything that was appended is in its log. */
    void integrate();
  }

  private OversightLedger ledger() {
    return ((Overseen) stores).oversight();
  }

  private Entry logged(Entry.Kind kind, String call, Value.Obj fields) {
    var entry =
        new Entry(
            "entry-" + number.incrementAndGet(),
            HARBOR,
            kind,
            call.isEmpty() ? Optional.empty() : Optional.of(call),
            Optional.of("task-1"),
            NOW,
            fields,
            Value.object("ground", Value.object("requester", "dana \u202e")),
            "00112233445566778899aabbccddeeff");
    stores.journal().append(entry);
    return entry;
  }

  /** An effect of this grade that happened. */
  private Entry effect(String call, Grade grade) {
    logged(
        Entry.Kind.INTENT,
        call,
        Value.object(
            "effect", grade.text(), "tool", "restart", "ticket", "\u0000\"effect\":\"observe\""));
    return logged(Entry.Kind.OUTCOME, call, Value.object("outcome", "succeeded"));
  }

  private void refusal(String reason) {
    logged(Entry.Kind.REFUSAL, "refused-" + number.get(), Value.object("reason", reason));
  }

  private Reading read() {
    ((Overseen) stores).integrate();
    return ledger().read(new Position(HARBOR, 0), 100);
  }

  @Test
  void aLogIsReadInItsOrderAndReadsAreLeftOut() {
    var outcome = effect("one", Grade.LOW);
    effect("two", Grade.OBSERVE);
    refusal("guardrail");
    var reading = read();
    assertThat(ledger().behind(10)).contains(new Position(HARBOR, 0));
    assertThat(reading.events())
        .extracting(dev.remit.core.oversight.Event::kind)
        .containsExactly(Entry.Kind.OUTCOME, Entry.Kind.REFUSAL);
    var event = reading.events().getFirst();
    assertThat(event.leaf()).isEqualTo(outcome.leaf());
    assertThat(event.call()).contains("one");
    assertThat(event.fields()).isEqualTo(outcome.fields());
    assertThat(event.intent().orElseThrow().fields().text("tool")).contains("restart");
    assertThat(event.intent().orElseThrow().body().object("ground")).isPresent();
    assertThat(reading.next()).isEqualTo(5);
  }

  @Test
  void aLogIsReadInStretches() {
    effect("one", Grade.LOW);
    effect("two", Grade.HIGH);
    read();
    var first = ledger().read(new Position(HARBOR, 0), 3);
    var second = ledger().read(new Position(HARBOR, first.next()), 3);
    assertThat(first.events()).hasSize(1);
    assertThat(second.events()).extracting(e -> e.call().orElse("")).containsExactly("two");
    assertThat(ledger().read(new Position(HARBOR, second.next()), 3).next())
        .isEqualTo(second.next());
    assertThat(ledger().read(new Position(NORTH, 0), 3)).isEqualTo(new Reading(0, List.of()));
  }

  @Test
  void reachesForAnotherTenantsTargetAreCountedByTask() {
    refusal("tenant-mismatch");
    refusal("guardrail");
    refusal("tenant-mismatch");
    assertThat(read().events())
        .extracting(dev.remit.core.oversight.Event::mismatches)
        .containsExactly(1, 0, 2);
  }

  @Test
  void aStretchIsStoredOnce() {
    effect("one", Grade.LOW);
    var reading = read();
    var gains = new Gains(List.of(item("one", 3)), List.of(tally(1)), List.of());
    assertThat(ledger().advance(new Position(HARBOR, 0), reading, gains)).isTrue();
    assertThat(ledger().advance(new Position(HARBOR, 0), reading, gains)).isFalse();
    assertThat(ledger().position(HARBOR)).isEqualTo(new Position(HARBOR, reading.next()));
    assertThat(ledger().behind(10)).extracting(Position::tenant).doesNotContain(HARBOR);
    assertThat(open()).containsExactly(item("one", 3));
    assertThat(ledger().tallies(HARBOR)).containsExactly(tally(1));
    assertThat(ledger().tallies(NORTH)).isEmpty();
  }

  @Test
  void severalWhoReadAtOnceStoreItOnce() throws Exception {
    effect("one", Grade.LOW);
    var reading = read();
    var gains = new Gains(List.of(item("one", 3)), List.of(), List.of());
    var done = together(8, i -> ledger().advance(new Position(HARBOR, 0), reading, gains));
    assertThat(done.stream().filter(is -> is)).hasSize(1);
    assertThat(open()).hasSize(1);
  }

  @Test
  void aStretchWithAChangeThatFollowsNothingIsNotStored() {
    effect("one", Grade.LOW);
    var reading = read();
    var gains = new Gains(List.of(item("one", 3)), List.of(), List.of(change(2, 1)));
    assertThat(ledger().advance(new Position(HARBOR, 0), reading, gains)).isFalse();
    assertThat(ledger().position(HARBOR).next()).isZero();
    assertThat(open()).isEmpty();
    assertThat(ledger().standings()).isEmpty();
    assertThat(told(HARBOR, Entry.Kind.AUTONOMY_LOWERED)).isZero();
  }

  @Test
  void levelsChangeOneAfterTheOther() {
    have(List.of(), List.of(change(1, 0), change(2, 1)));
    assertThat(ledger().standings()).containsExactly(change(2, 1).standing());
    assertThat(ledger().told()).containsEntry(SCOPE, 2L);
    assertThat(told(HARBOR, Entry.Kind.AUTONOMY_LOWERED)).isEqualTo(2);
  }

  @Test
  void openItemsComeByTheirTimeAndInPages() {
    have(List.of(item("b", 2), item("a", 2), item("c", 1)), List.of());
    assertThat(open()).extracting(i -> i.call().value()).containsExactly("c", "a", "b");
    var place = new Place(item("a", 2).dueAt(), new CallId("a"));
    assertThat(ledger().open(HARBOR, Optional.of(place), 10))
        .extracting(i -> i.call().value())
        .containsExactly("b");
    assertThat(ledger().open(NORTH, Optional.empty(), 10)).isEmpty();
    assertThat(ledger().find(HARBOR, new CallId("a"))).contains(item("a", 2));
    assertThat(ledger().find(NORTH, new CallId("a"))).isEmpty();
  }

  @Test
  void aVerdictClosesAllOrNone() {
    have(List.of(item("a", 1), item("b", 1)), List.of());
    enrol(SAM);
    assertThat(ledger().certify(verdicts(SAM, 1, List.of(), "a", "none"))).isEqualTo(Given.CLOSED);
    assertThat(ledger().certify(verdicts(SUE, 1, List.of(), "a"))).isEqualTo(Given.KEY_REFUSED);
    assertThat(ledger().certify(verdicts(SAM, 1, List.of(change(5, 4)), "a")))
        .isEqualTo(Given.CHANGED);
    assertThat(open()).hasSize(2);
    assertThat(told(HARBOR, Entry.Kind.CERTIFIED)).isZero();
    assertThat(ledger().certify(verdicts(SAM, 1, List.of(change(1, 0)), "b", "a")))
        .isEqualTo(Given.DONE);
    assertThat(open()).isEmpty();
    assertThat(told(HARBOR, Entry.Kind.CERTIFIED)).isEqualTo(2);
    assertThat(ledger().certify(verdicts(SAM, 2, List.of(), "a"))).isEqualTo(Given.CLOSED);
    assertThat(ledger().find(HARBOR, new CallId("a")).orElseThrow().state())
        .isEqualTo(Item.State.CERTIFIED);
  }

  @Test
  void aKeyThatCountsBackwardsCertifiesNothing() {
    have(List.of(item("a", 1), item("b", 1)), List.of());
    enrol(SAM);
    assertThat(ledger().certify(verdicts(SAM, 7, List.of(), "a"))).isEqualTo(Given.DONE);
    assertThat(ledger().certify(verdicts(SAM, 7, List.of(), "b"))).isEqualTo(Given.KEY_REFUSED);
    assertThat(stores.keys().find(credentialOf(SAM)).orElseThrow().counter()).isEqualTo(7);
  }

  @Test
  void severalWhoCertifyAtOnceDoItOnce() throws Exception {
    have(List.of(item("a", 1)), List.of());
    enrol(SAM);
    var given = together(6, i -> ledger().certify(verdicts(SAM, 1 + i, List.of(), "a")));
    assertThat(given.stream().filter(Given.DONE::equals)).hasSize(1);
    assertThat(told(HARBOR, Entry.Kind.CERTIFIED)).isEqualTo(1);
  }

  @Test
  void whatIsOverdueIsCountedOnce() {
    have(List.of(item("a", 1), item("b", 1), item("c", 9)), List.of());
    enrol(SAM);
    ledger().certify(verdicts(SAM, 1, List.of(), "b"));
    var late = ledger().overdue(due(1), 10);
    assertThat(late).containsExactly(item("a", 1));
    assertThat(ledger().count(late, List.of(change(2, 1)))).isFalse();
    assertThat(ledger().count(late, List.of(change(1, 0)))).isTrue();
    assertThat(ledger().count(late, List.of(change(2, 1)))).isFalse();
    assertThat(ledger().overdue(due(1), 10)).isEmpty();
    assertThat(ledger().standings()).extracting(Standing::revision).containsExactly(1L);
    assertThat(ledger().waiting(Set.of(HARBOR, NORTH), due(1)))
        .containsExactly(new Waiting(HARBOR, 2, 1));
    assertThat(ledger().certify(verdicts(SAM, 2, List.of(), "a"))).isEqualTo(Given.DONE);
  }

  @Test
  void aPromotionConsumesItsProposal() {
    first(SAM, new Organisation.Msp());
    var proposal = ask(call("t1", "d1"));
    assertThat(ledger().promote(proposal, resolution(), change(3, 2))).isFalse();
    assertThat(ledger().promote(proposal, resolution(), change(1, 0))).isTrue();
    assertThat(ledger().promote(proposal, resolution(), change(2, 1))).isFalse();
    assertThat(stores.proposals().find(HARBOR, proposal.id()).orElseThrow().state())
        .isEqualTo(Proposal.State.CONSUMED);
    assertThat(told(HARBOR, Entry.Kind.PROPOSAL_GRANTED)).isEqualTo(1);
  }

  private Entry resolution() {
    return unsaid(Entry.Kind.PROPOSAL_GRANTED, Optional.empty(), Value.Obj.EMPTY);
  }

  private Entry unsaid(Entry.Kind kind, Optional<String> call, Value.Obj fields) {
    return new Entry(
        "entry-" + number.incrementAndGet(),
        HARBOR,
        kind,
        call,
        Optional.empty(),
        NOW,
        fields,
        Value.Obj.EMPTY,
        "00112233445566778899aabbccddeeff");
  }

  private List<Item> open() {
    return ledger().open(HARBOR, Optional.empty(), 100);
  }

  /** Items and levels, stored as a stretch of the log gives them. */
  private void have(List<Item> items, List<Change> changes) {
    logged(Entry.Kind.KILL, "", Value.object("scope", "everything"));
    var reading = read();
    assertThat(
            ledger()
                .advance(new Position(HARBOR, 0), reading, new Gains(items, List.of(), changes)))
        .isTrue();
    assertThat(ledger().advance(new Position(HARBOR, 0), reading, NOTHING)).isFalse();
  }

  private static Instant due(int days) {
    return NOW.plus(Duration.ofDays(days));
  }

  private static Item item(String call, int days) {
    return new Item(
        HARBOR,
        new CallId(call),
        SCOPE,
        Grade.HIGH,
        Outcome.UNKNOWN,
        "sha256:of-" + call,
        Value.object("ticket", "T-1 \u202e\u0000", "targets", List.of("rmm/device/1")),
        new Involved(
            Optional.of("dana"),
            Optional.of(SUE),
            Optional.of("ops"),
            Set.of(SAM),
            Set.of(SAM, SUE),
            Set.of("key-1"),
            Set.of()),
        NOW,
        due(days),
        Item.State.OPEN,
        false);
  }

  private static Tally tally(long done) {
    return new Tally(SCOPE, done, 2, 3, 4, 5, Optional.of(NOW));
  }

  private Change change(long revision, long follows) {
    var fields =
        Value.object(
            "agentClass", SCOPE.agentClass().value(),
            "taskClass", SCOPE.taskClass(),
            "revision", revision);
    var entry = unsaid(Entry.Kind.AUTONOMY_LOWERED, Optional.empty(), fields);
    var named =
        new Entry(
            "level-" + revision,
            entry.tenant(),
            entry.kind(),
            entry.call(),
            entry.task(),
            entry.at(),
            entry.fields(),
            entry.body(),
            entry.salt());
    return new Change(
        new Standing(SCOPE, AutonomyLevel.PROPOSE, revision, NOW, named.id(), "overdue"),
        follows,
        named);
  }

  private Verdicts verdicts(PersonId person, long counter, List<Change> changes, String... calls) {
    var ids = Stream.of(calls).map(CallId::new).toList();
    return new Verdicts(
        HARBOR,
        ids,
        false,
        person,
        credentialOf(person),
        counter,
        NOW,
        Stream.of(calls)
            .map(call -> unsaid(Entry.Kind.CERTIFIED, Optional.of(call), Value.Obj.EMPTY))
            .toList(),
        changes);
  }
}

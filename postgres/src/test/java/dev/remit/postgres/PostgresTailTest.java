package dev.remit.postgres;

import static dev.remit.postgres.Lives.KEPT;
import static dev.remit.postgres.Lives.WAITING;
import static dev.remit.postgres.Lives.head;
import static dev.remit.postgres.Lives.kept;
import static dev.remit.postgres.Lives.mirror;
import static dev.remit.postgres.Lives.takeBack;
import static dev.remit.postgres.World.HARBOR;
import static dev.remit.postgres.World.NORTH;
import static dev.remit.postgres.World.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Journal;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.log.TreeHead;
import dev.remit.postgres.Lives.Both;
import dev.remit.postgres.PostgresTail.TakenBack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a database lost comes back as the same history, or not at all. */
class PostgresTailTest {

  private final Lives lives = new Lives();

  @AfterEach
  void close() {
    lives.close();
  }

  @Test
  void theLogGoesOnAsTheOneThatOthersSaw() {
    var both = lives.backedUp();
    both.old().append(HARBOR, 50);
    both.old().integrate();
    var history = both.old().leaves(HARBOR);
    var seen = head(history.subList(0, KEPT + 20));
    var taken =
        takeBack(both.copy(), HARBOR, head(history), Set.of(seen), kept(both.old(), HARBOR));
    assertThat(taken).isEqualTo(new TakenBack(HARBOR, KEPT, KEPT + WAITING + 50, 0));
    both.copy().append(HARBOR, 5);
    both.copy().integrate();
    assertThat(both.copy().leaves(HARBOR)).hasSize(history.size() + 6).startsWith(array(history));
    assertThat(both.copy().read(HARBOR)).noneMatch(Journal.Stored::isErased);
    assertThat(both.copy().count("leaf where tenant = 'harbor-dental'"))
        .isEqualTo(history.size() + 6);
    assertThat(both.copy().leaves(NORTH)).isEqualTo(both.old().leaves(NORTH));
  }

  @Test
  void aWitnessGoesOnCosigningALogThatWasTakenBackAndNoOther() {
    var both = lives.backedUp();
    var watcher = lives.new Watcher();
    both.old().append(HARBOR, 5);
    both.old().integrate();
    assertThat(watcher.shown(both.old())).isEqualTo(200);
    var head = head(both.old().leaves(HARBOR));
    takeBack(both.copy(), HARBOR, head, Set.of(), kept(both.old(), HARBOR));
    both.copy().integrate();
    assertThat(watcher.shown(both.copy())).isEqualTo(200);

    both.old().append(HARBOR, 30);
    both.old().integrate();
    assertThat(watcher.shown(both.old())).as("a second history").isEqualTo(422);
  }

  @Test
  void anEntryThatWasBeingWrittenDuringTheBackupComesBackToItsPlace() {
    var both = lives.backedUp();
    both.old().append(HARBOR, 4);
    both.old().integrate();
    var history = both.old().leaves(HARBOR);
    TestDatabase.run(
        both.copy().at.admin(),
        "delete from remit.entry where leaf like '%' || '"
            + "\"id\":\"id-"
            + (KEPT + 3)
            + "\"' || '%'");
    assertThat(both.copy().leaves(HARBOR)).hasSize(KEPT + WAITING - 1);
    takeBack(both.copy(), HARBOR, head(history), Set.of(), kept(both.old(), HARBOR));
    both.copy().integrate();
    assertThat(both.copy().leaves(HARBOR)).startsWith(array(history));
  }

  @Test
  void whatIsOfAnotherLifeComesBehind() {
    var both = lives.backedUp();
    both.copy().append(HARBOR, 2);
    var own = both.copy().leaves(HARBOR);
    both.old().append(HARBOR, 2);
    both.old().integrate();
    var history = both.old().leaves(HARBOR);
    takeBack(both.copy(), HARBOR, head(history), Set.of(), kept(both.old(), HARBOR));
    both.copy().integrate();
    assertThat(both.copy().leaves(HARBOR))
        .startsWith(array(history))
        .contains(array(own.subList(KEPT + WAITING, own.size())));
  }

  @Test
  void aSecondRunChangesNothing() {
    var both = lives.backedUp();
    both.old().append(HARBOR, 9);
    both.old().integrate();
    var kept = kept(both.old(), HARBOR);
    var head = head(both.old().leaves(HARBOR));
    takeBack(both.copy(), HARBOR, head, Set.of(), kept);
    var once = both.copy().read(HARBOR);
    takeBack(both.copy(), HARBOR, head, Set.of(head), kept);
    assertThat(both.copy().read(HARBOR)).isEqualTo(once);
  }

  @Test
  void bodiesThatNobodyKeptAreMissedAndThoseHereStay() {
    var both = lives.backedUp();
    both.old().append(HARBOR, 2);
    both.old().integrate();
    var bare =
        kept(both.old(), HARBOR).stream()
            .map(lost -> new LostEntry(lost.leaf(), Optional.empty()))
            .toList();
    var taken = takeBack(both.copy(), HARBOR, head(both.old().leaves(HARBOR)), Set.of(), bare);
    assertThat(taken.withoutBody()).isEqualTo(2);
    assertThat(both.copy().read(HARBOR).stream().filter(Journal.Stored::isErased)).hasSize(2);
  }

  private void refused(
      Both both, TreeHead signed, Set<TreeHead> seen, UnaryOperator<List<LostEntry>> changed) {
    var before = both.copy().read(HARBOR);
    var kept = changed.apply(new ArrayList<>(kept(both.old(), HARBOR)));
    assertThatThrownBy(() -> takeBack(both.copy(), HARBOR, signed, seen, kept))
        .isInstanceOf(InvalidValueException.class);
    assertThat(both.copy().read(HARBOR)).isEqualTo(before);
  }

  @Test
  void aMirrorOfAnotherHistoryChangesNothing() {
    var both = lives.backedUp();
    both.old().append(HARBOR, 6);
    both.old().integrate();
    var history = both.old().leaves(HARBOR);
    var head = head(history);
    int last = history.size() - 1;
    var forged = history.get(last).replace("id-", "di-");
    refused(both, head, Set.of(), kept -> with(kept, last, forged));
    refused(both, head, Set.of(), kept -> with(kept, last - 1, history.get(last)));
    refused(both, head, Set.of(), kept -> kept.subList(0, last));
    refused(
        both,
        new TreeHead(head.size(), head(history.subList(0, last)).root()),
        Set.of(),
        kept -> kept);
    refused(both, head, Set.of(head(forkOf(history))), kept -> kept);
    refused(
        both,
        head,
        Set.of(),
        kept -> {
          var other = new LostEntry.Body("11".repeat(16), Value.Obj.EMPTY);
          kept.set(last, new LostEntry(kept.get(last).leaf(), Optional.of(other)));
          return kept;
        });
    PostgresTail.Source endless =
        (from, until, pages) -> {
          mirror(kept(both.old(), HARBOR)).read(from, until, pages);
          pages.accept(kept(both.old(), HARBOR).subList(0, 1));
        };
    var before = both.copy().read(HARBOR);
    assertThatThrownBy(() ->
            new PostgresTail(both.copy().at.admin())
                .takeBack(HARBOR, head, Set.of(), endless, Lives::note))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("more than is signed");
    assertThat(both.copy().read(HARBOR)).isEqualTo(before);
  }

  /** Its last entry is another one. */
  private static List<String> forkOf(List<String> history) {
    var fork = new ArrayList<>(history);
    fork.set(fork.size() - 1, "{}");
    return fork;
  }

  private static List<LostEntry> with(List<LostEntry> kept, int at, String leaf) {
    kept.set(at, new LostEntry(leaf, Optional.empty()));
    return kept;
  }

  @Test
  void aLeafOfAnotherTenantIsRefusedThoughItIsSigned() {
    var both = lives.backedUp();
    var foreign = lives.entry(NORTH, Entry.Kind.REFUSAL, Optional.empty(), Value.Obj.EMPTY).leaf();
    var history = new ArrayList<>(both.old().leaves(HARBOR));
    history.add(foreign);
    refused(
        both,
        head(history),
        Set.of(),
        kept -> {
          kept.add(new LostEntry(foreign, Optional.empty()));
          return kept;
        });
  }

  @Test
  void aMirrorThatFailsOnTheWayAndAServerThatRunsChangeNothing() {
    var both = lives.backedUp();
    both.old().append(HARBOR, 20);
    both.old().integrate();
    var head = head(both.old().leaves(HARBOR));
    var before = both.copy().read(HARBOR);
    PostgresTail.Source dying =
        (from, until, pages) -> {
          mirror(kept(both.old(), HARBOR)).read(from, until - 10, pages);
          throw new IllegalStateException("the line is cut");
        };
    var tail = new PostgresTail(both.copy().at.admin());
    assertThatThrownBy(() -> tail.takeBack(HARBOR, head, Set.of(), dying, Lives::note))
        .hasMessage("the line is cut");
    assertThat(both.copy().read(HARBOR)).isEqualTo(before);
    both.copy().integrator.runOnce();
    assertThatThrownBy(
            () -> takeBack(both.copy(), HARBOR, head, Set.of(), kept(both.old(), HARBOR)))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("stop it first");
  }

  @Test
  void nothingIsOpenedGrantedOrLiftedByATailAndWhatItStoppedIsStopped() {
    var both = lives.backedUp();
    TestDatabase.run(
        both.copy().at.admin(),
        "insert into remit.intent (tenant, call, at, send_by, settle_by, replica)"
            + " values ('harbor-dental', 'early', now(), now(), now(), 'r')",
        "insert into remit.kill (scope, ordered_by, reason, ordered_at)"
            + " values ('agent:other', 'officer', 'test', now())");
    for (var told :
        List.of(
            lives.entry(
                HARBOR, Entry.Kind.INTENT, Optional.of("open"), fields("taskClass", "restart")),
            lives.entry(
                HARBOR, Entry.Kind.INTENT, Optional.of("done"), fields("taskClass", "restart")),
            lives.entry(
                HARBOR, Entry.Kind.OUTCOME, Optional.of("done"), fields("outcome", "succeeded")),
            lives.entry(
                HARBOR, Entry.Kind.OUTCOME, Optional.of("early"), fields("outcome", "failed")),
            lives.entry(HARBOR, Entry.Kind.KILL, Optional.empty(), fields("scope", "agent:bad")),
            lives.entry(HARBOR, Entry.Kind.KILL, Optional.empty(), fields("scope", "agent:good")),
            lives.entry(
                HARBOR, Entry.Kind.KILL_LIFTED, Optional.empty(), fields("scope", "agent:good")),
            lives.entry(
                HARBOR, Entry.Kind.KILL_LIFTED, Optional.empty(), fields("scope", "agent:other")),
            lives.entry(HARBOR, Entry.Kind.LEGAL_HOLD_SET, Optional.empty(), fields("hold", "h1")),
            lives.entry(
                HARBOR, Entry.Kind.BODIES_ERASED, Optional.empty(), fields("entry", "id-7")))) {
      both.old().journal.append(told);
    }
    both.old().integrate();
    takeBack(
        both.copy(), HARBOR, head(both.old().leaves(HARBOR)), Set.of(), kept(both.old(), HARBOR));
    var copy = both.copy();
    assertThat(copy.count("intent where call = 'open' and settled_at is null")).isOne();
    assertThat(copy.count("intent where call = 'done' and outcome = 'succeeded'")).isOne();
    assertThat(copy.count("intent where call = 'early' and outcome = 'failed'")).isOne();
    assertThat(copy.count("kill where scope = 'agent:bad' and lifted_at is null")).isOne();
    assertThat(copy.count("kill where scope = 'agent:good'")).isZero();
    assertThat(copy.count("kill where scope = 'agent:other' and lifted_at is null")).isOne();
    assertThat(copy.count("legal_hold where id = 'h1' and lifted_at is null")).isOne();
    assertThat(copy.count("entry where id = 'id-7' and salt = '' and body = '{}'")).isOne();
    var ledger = new PostgresCallLedger(copy.database, target -> {});
    assertThat(ledger.unsettled("r", NOW, NOW.plus(Duration.ofHours(1))))
        .extracting(unsettled -> unsettled.call().value())
        .containsExactly("open");
  }

  private static Value.Obj fields(String name, String value) {
    return Value.object(name, value, "by", "officer");
  }

  private static String[] array(List<String> texts) {
    return texts.toArray(String[]::new);
  }
}

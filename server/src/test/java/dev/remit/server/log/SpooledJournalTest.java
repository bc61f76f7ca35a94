package dev.remit.server.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.evidence.Bodies;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Journal;
import dev.remit.core.evidence.StoreUnavailableException;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpooledJournalTest {

  private static final TenantId HARBOR = new TenantId("harbor-dental");
  private static final Instant AT = Instant.parse("2026-03-02T10:00:30.123Z");

  @TempDir private Path folder = Path.of("unset");

  private final Map<String, Entry> stored = new LinkedHashMap<>();
  private boolean isAway;
  private int asked;
  private long nanos;

  /** A journal that is away when told so. */
  private final Journal database =
      new Journal() {
        @Override
        public Bodies bodies() {
          return Bodies.KEPT;
        }

        @Override
        public void append(Entry entry) {
          asked++;
          if (isAway) {
            throw new StoreUnavailableException("away", new IOException("away"));
          }
          stored.putIfAbsent(entry.id(), entry);
        }

        @Override
        public List<Stored> read(Query query) {
          return List.of();
        }

        @Override
        public Found search(Search search) {
          return new Found(List.of(), Optional.empty());
        }

        @Override
        public Optional<Instant> unwitnessedSince(TenantId tenant) {
          return Optional.empty();
        }

        @Override
        public Optional<String> checkpoint(TenantId tenant) {
          return Optional.empty();
        }
      };

  private SpooledJournal open() {
    return SpooledJournal.open(folder, database, database::append, () -> nanos);
  }

  private static Entry entry(String id, Entry.Kind kind) {
    return new Entry(
        id,
        HARBOR,
        kind,
        Optional.of("call-" + id),
        Optional.empty(),
        AT,
        Value.object("reason", "no-permit", "word", "é \" \\"),
        Value.object("detail", List.of(1, 2)),
        "00112233445566778899aabbccddeeff");
  }

  @Test
  void aRefusalIsKeptWhileTheDatabaseIsAwayAndEnteredLaterWithItsOwnTime() {
    try (var journal = open()) {
      isAway = true;
      journal.append(entry("a", Entry.Kind.REFUSAL));
      assertThat(journal.waiting()).isEqualTo(1);
      isAway = false;
      journal.enter();
      assertThat(journal.waiting()).isZero();
    }
    var late = entry("a", Entry.Kind.REFUSAL).fields().with("late", Value.of(true));
    assertThat(stored)
        .hasEntrySatisfying(
            "a",
            entry -> {
              assertThat(entry.at()).isEqualTo(AT);
              assertThat(entry.fields()).isEqualTo(late);
              assertThat(entry.call()).contains("call-a");
            });
  }

  @Test
  void nothingButRefusalsIsKept() {
    isAway = true;
    try (var journal = open()) {
      for (var kind : Entry.Kind.values()) {
        if (kind != Entry.Kind.REFUSAL && kind != Entry.Kind.TASK_REFUSED) {
          assertThatThrownBy(() -> journal.append(entry("x", kind)))
              .isInstanceOf(StoreUnavailableException.class);
        }
      }
      assertThat(journal.waiting()).isZero();
    }
  }

  @Test
  void aDatabaseThatIsAwayIsAskedAgainAfterAPauseOnly() {
    isAway = true;
    try (var journal = open()) {
      for (int i = 0; i < 50; i++) {
        journal.append(entry("e" + i, Entry.Kind.REFUSAL));
      }
      assertThat(asked).isEqualTo(1);
      nanos += Duration.ofSeconds(3).toNanos();
      journal.append(entry("later", Entry.Kind.REFUSAL));
      assertThat(asked).isEqualTo(2);
      assertThat(journal.waiting()).isEqualTo(51);
    }
  }

  @Test
  void whatWasKeptOutlivesACrashAndEnteringItTwiceChangesNothing() {
    isAway = true;
    var journal = open();
    journal.append(entry("a", Entry.Kind.REFUSAL));
    journal.append(entry("b", Entry.Kind.TASK_REFUSED));
    journal.close();
    isAway = false;
    stored.put("a", entry("a", Entry.Kind.REFUSAL));
    try (var next = open()) {
      assertThat(next.waiting()).isEqualTo(2);
      next.enter();
      assertThat(stored).containsOnlyKeys("a", "b");
    }
    try (var last = open()) {
      assertThat(last.waiting()).isZero();
    }
  }

  @Test
  void aLineThatACrashCutShortIsNotTakenForARefusal() throws IOException {
    isAway = true;
    var journal = open();
    journal.append(entry("a", Entry.Kind.REFUSAL));
    journal.append(entry("b", Entry.Kind.REFUSAL));
    journal.close();
    var file = folder.resolve("refusals.spool");
    byte[] whole = Files.readAllBytes(file);
    int end = new String(whole, java.nio.charset.StandardCharsets.UTF_8).lastIndexOf('\n');
    for (int cut : List.of(end, end - 1, end - 40, end - 200)) {
      byte[] torn = whole.clone();
      java.util.Arrays.fill(torn, cut, end + 1, (byte) 0);
      Files.write(file, torn);
      try (var next = open()) {
        assertThat(next.waiting()).isEqualTo(1);
      }
    }
  }

  @Test
  void aFullPlaceRefusesToKeepMoreAndSaysSo() {
    isAway = true;
    int kept = 0;
    try (var spool = RefusalSpool.open(folder, 4_096)) {
      var all = new ArrayList<Entry>();
      while (spool.add(entry("e" + kept, Entry.Kind.REFUSAL))) {
        all.add(entry("e" + kept++, Entry.Kind.REFUSAL));
      }
      assertThat(kept).isBetween(5, 20);
      assertThat(spool.waiting()).isEqualTo(all);
      spool.clear(kept - 1);
      assertThat(spool.waiting()).as("one came meanwhile").hasSize(kept);
      spool.clear(kept);
      assertThat(spool.add(entry("again", Entry.Kind.REFUSAL))).isTrue();
    }
    try (var spool = RefusalSpool.open(folder, 4_096)) {
      assertThat(spool.waiting()).hasSize(1);
    }
  }
}

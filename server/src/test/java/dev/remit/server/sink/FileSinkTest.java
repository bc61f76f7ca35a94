package dev.remit.server.sink;

import static dev.remit.server.sink.MemoryLog.HARBOR;
import static dev.remit.server.sink.MemoryLog.NORTH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.json.Json;
import dev.remit.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSinkTest {

  @TempDir private Path folder;
  private final MemoryLog log = new MemoryLog();
  private final ManualClock clock = new ManualClock(MemoryLog.NOW);

  private Sink sink(long limitBytes) {
    return new Sink(
        new SinkSettings("siem", Set.of(), new FileReceiver(folder, limitBytes)),
        log,
        log.events(),
        Duration.ofSeconds(5),
        clock);
  }

  private Received read() throws IOException {
    var received = new Received();
    try (var files = Files.list(folder)) {
      // Full files are named by the index after them, and the one that grows comes last.
      var ordered = files.sorted(Comparator.comparingLong(FileSinkTest::last)).toList();
      for (var file : ordered) {
        Files.readAllLines(file).forEach(line -> received.take(Json.parseObject(line)));
      }
    }
    return received;
  }

  private static long last(Path file) {
    var parts = file.getFileName().toString().split("\\.", -1);
    return parts.length == 2 ? Long.MAX_VALUE : Long.parseLong(parts[1].split("-", -1)[0]);
  }

  @Test
  void eachTenantHasAFileInOrder() throws IOException {
    log.append(HARBOR, 450);
    log.append(NORTH, 3);
    sink(1 << 30).round();
    assertThat(folder.resolve("harbor-dental.jsonl")).exists();
    read().assertWhole(HARBOR, 450);
    read().assertWhole(NORTH, 3);
    assertThat(Files.readString(folder.resolve("north-legal.jsonl"))).doesNotContain("harbor");
  }

  @Test
  void fullFilesMakeRoomAndNothingIsLostBetween() throws IOException {
    log.append(HARBOR, 1_000);
    sink(10_000).round();
    log.append(HARBOR, 7);
    sink(10_000).round();
    try (var files = Files.list(folder)) {
      assertThat(files.count()).isGreaterThan(3);
    }
    read().assertWhole(HARBOR, 1_007);
  }

  @Test
  void aLineThatACrashLeftHalfWrittenIsCutOffAndComesAgain() throws IOException {
    log.append(HARBOR, 5);
    sink(1 << 30).round();
    var file = folder.resolve("harbor-dental.jsonl");
    Files.writeString(file, "{\"metadata\":{\"sequence\":5", StandardOpenOption.APPEND);
    log.append(HARBOR, 5);
    sink(1 << 30).round();
    read().assertWhole(HARBOR, 10);
  }

  @Test
  void aFileOfOneHalfLineIsBegunAgain() throws IOException {
    Files.writeString(folder.resolve("harbor-dental.jsonl"), "{\"half");
    log.append(HARBOR, 2);
    sink(1 << 30).round();
    read().assertWhole(HARBOR, 2);
  }

  @Test
  void whatWasWrittenButNotMarkedComesTwiceAndRotatesAllTheSame() throws IOException {
    log.append(HARBOR, 300);
    var sink = sink(1);
    for (int i = 0; i < 3; i++) {
      log.isAway = false;
      var receiver = new FileReceiver(folder, 1);
      receiver.deliver(
          new Batch(HARBOR, "remit/lab/harbor-dental", log.events().page(HARBOR, 0, 10)));
    }
    sink.round();
    read().assertWhole(HARBOR, 300);
  }

  @Test
  void aFolderThatIsGoneHoldsTheCursorAndComesBack() throws IOException {
    log.append(HARBOR, 5);
    var moved = folder.resolveSibling(folder.getFileName() + "-moved");
    Files.move(folder, moved);
    var sink = sink(1 << 30);
    sink.round();
    assertThat(log.next("siem", HARBOR)).isZero();
    assertThat(sink.state().failure()).isNotEmpty();
    Files.move(moved, folder);
    sink.round();
    assertThat(log.next("siem", HARBOR)).isZero(); // it rests
    clock.advance(Duration.ofMinutes(10));
    sink.round();
    assertThat(log.next("siem", HARBOR)).isEqualTo(5);
    assertThat(sink.state().failure()).isEmpty();
    read().assertWhole(HARBOR, 5);
  }

  @Test
  void anEntryThatCannotBeReadKeepsItsPlaceAndStopsNothing() throws IOException {
    log.append(HARBOR, 2);
    log.appendBroken(HARBOR);
    log.append(HARBOR, 2);
    sink(1 << 30).round();
    read().assertWhole(HARBOR, 5);
    assertThat(Files.readAllLines(folder.resolve("harbor-dental.jsonl")).get(2))
        .contains("cannot be read");
  }

  @Test
  void anOutcomeTellsItsCallWhereverThePageBegan() throws IOException {
    log.append(HARBOR, 2);
    var whole = log.events().page(HARBOR, 0, 10).get(1).ocsf();
    var alone = log.events().page(HARBOR, 1, 10).getFirst().ocsf();
    assertThat(alone).isEqualTo(whole);
    assertThat(alone.object("actor").orElseThrow().text("app_name")).contains("spiffe://msp/agent");
  }

  @Test
  void withoutTheTurnNothingIsSent() {
    log.append(HARBOR, 2);
    log.isOurTurn = false;
    sink(1 << 30).round();
    assertThat(folder).isEmptyDirectory();
  }
}

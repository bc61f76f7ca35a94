package dev.remit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What came back from a backup is of an earlier life: nothing of it acts before people looked. */
class RestoreTest {

  /** A domain controller: its restart waits for one of the MSP and one of the client. */
  private static final int DEVICE = 1010;

  private final Path folder = Home.fresh("restored");
  private final Path key = folder.resolve("backup.key");
  private final Path backup = folder.resolve("monday.backup");
  private final Path data = folder.resolve("server");

  @Test
  void hostileCase31UsedApprovalsAndLiftedKillsDoNotComeBack() throws Exception {
    dev.remit.identity.secret.BackupKey.create(key);
    String handle;
    String task;
    Path note = folder.resolve("checkpoint");
    Path pack = folder.resolve("pack");
    try (var server = Estate.shared().withServer("to-back-up").server()) {
      var estate = Estate.shared().on(server);
      var people = People.gather(estate);
      var agent = estate.agent(Estate.CHANGE);
      task = agent.open("restart-service", estate.lab().ticket(1, DEVICE), Calls.device(DEVICE));
      handle = granted(people, agent, task);
      assertThat(run("backup", server.data(), backup, key).code()).isZero();
      assertThat(agent.callOn(server, "remit_continue", handle(handle)).outcome())
          .isEqualTo("succeeded");
      keep(server, pack, note);
    }
    long before = Estate.shared().lab().effects(DEVICE);

    var behind = run("restore", backup, key, data, "note=" + note);
    assertThat(behind.code()).as(behind.output()).isEqualTo(1);
    assertThat(behind.output()).contains("lacks").contains("entries that others saw");
    var takenBack = run("take-back", data, "mirror=" + pack, "note=" + note);
    assertThat(takenBack.output()).contains("the log of `" + Estate.HARBOR + "` has its entries");
    assertThat(takenBack.code()).as(takenBack.output()).isZero();

    try (var server = Server.start(data, Estate.options(Estate.shared().lab()))) {
      var agent = Estate.shared().on(server).agent(Estate.CHANGE);
      assertThat(agent.callOn(server, "remit_continue", handle(handle)).outcome())
          .isNotEqualTo("succeeded");
      assertThat(Estate.shared().lab().effects(DEVICE)).isEqualTo(before);
      assertThat(server.people("/v1/kill").text()).contains("everything").contains("remit restore");
      assertThat(Leaves.of(server.trail(Estate.HARBOR, Optional.of(task)), "proposal-ended"))
          .extracting(leaf -> Leaves.field(leaf, "state"))
          .hasSize(1)
          .isSubsetOf("withdrawn", "stale");
      assertThat(Leaves.of(server.trail(Estate.OPERATOR), "restored")).hasSize(2);
      keep(server, folder.resolve("pack-of-now"), note);
      assertThat(logged(folder.resolve("pack-of-now")))
          .as("what the client has of the life that was lost is in the log that goes on")
          .startsWith(logged(pack));
      assertThat(
              agent
                  .tryOpen(
                      "restart-service",
                      Estate.shared().lab().ticket(1, DEVICE),
                      List.of(Calls.device(DEVICE)))
                  .words())
          .contains("killed");
    }
    // A start later nothing is done again.
    try (var server = Server.start(data, Estate.options(Estate.shared().lab()))) {
      assertThat(Leaves.of(server.trail(Estate.OPERATOR), "restored")).hasSize(2);
    }
  }

  private static Value.Obj handle(String handle) {
    return Value.object("handle", handle);
  }

  private static String granted(People people, Agent agent, String task) {
    var told = agent.call(Calls.RESTART, Calls.restart(task, DEVICE));
    var handle =
        told.result().object("_meta").flatMap(meta -> meta.text("dev.remit/handle")).orElse("");
    assertThat(people.technician().grant(Estate.HARBOR, handle)).isEqualTo("open");
    assertThat(people.approver().grant(Estate.HARBOR, handle)).isEqualTo("granted");
    return handle;
  }

  /** What a client keeps of a log: a pack whose checkpoint covers all that was entered. */
  private static void keep(Server server, Path pack, Path note) throws IOException {
    var text =
        Eventually.is(
            "a pack without pending entries",
            Duration.ofSeconds(30),
            () ->
                Optional.of(server.people("/v1/evidence/" + Estate.HARBOR).text())
                    .filter(RestoreTest::isCovered));
    Files.writeString(pack, text);
    Files.writeString(
        note,
        text.lines()
            .flatMap(line -> Json.parseObject(line).text("checkpoint").stream())
            .findFirst()
            .orElseThrow());
  }

  private static boolean isCovered(String pack) {
    return pack.contains("\"checkpoint\":")
        && pack.lines().noneMatch(line -> line.startsWith("{\"pending\""));
  }

  private static String[] logged(Path pack) throws IOException {
    try (var lines = Files.lines(pack)) {
      return lines
          .filter(line -> line.contains("\"index\":"))
          .map(RestoreTest::leaf)
          .toArray(String[]::new);
    }
  }

  private static String leaf(String line) {
    return Json.parseObject(line).text("leaf").orElseThrow();
  }

  private record Ended(int code, String output) {}

  private Ended run(String what, Object... arguments) {
    var command =
        Home.java(
            "server",
            "dev.remit.server.BackupMain",
            List.of("-Xmx320m", "--enable-native-access=ALL-UNNAMED"));
    command.add(what);
    for (var argument : arguments) {
      command.add(argument.toString());
    }
    var child = Child.start(command, folder.resolve(what + ".log"));
    int code = child.awaitExit(Duration.ofSeconds(60));
    return new Ended(code, child.output());
  }
}

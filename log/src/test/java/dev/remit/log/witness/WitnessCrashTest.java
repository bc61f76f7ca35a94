package dev.remit.log.witness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.log.Checkpoint;
import dev.remit.log.Origin;
import dev.remit.log.SignedNote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A witness that dies between any two steps of a write knows the old checkpoint or the new one. */
class WitnessCrashTest {
  private static final int OLD = 40;
  private static final int NEW = 60;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(FolderStates.Step.class)
  void afterAKillAtAnyStepItGoesOnAndRefusesAFork(FolderStates.Step step) throws Exception {
    Path states = folder.resolve("states");
    Path answered = folder.resolve("answered");
    FolderStates.create(states);

    var child = new ProcessBuilder(command(states, answered, step)).inheritIO().start();
    assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();

    assertThat(child.exitValue()).as("killed by the test, not ended").isEqualTo(137);
    var log = new WitnessedLog("log.example/a", 1);
    try (var memory = FolderStates.open(states)) {
      Witness again = witness(log, memory);
      SignedNote latest = memory.latest(log.origin).orElseThrow();
      long size = Checkpoint.parse(latest.text()).head().size();
      assertThat(size).isEqualTo(step.compareTo(FolderStates.Step.RENAMED) < 0 ? OLD : NEW);
      assertThat(Files.exists(answered)).as("answered before it was durable").isFalse();
      assertThat(again.add(log.forked(30).request(size, 80)).kind().status()).isEqualTo(422);
      assertThat(again.add(log.request(size, 80)).kind().status()).isEqualTo(200);
    }
  }

  private static List<String> command(Path states, Path answered, FolderStates.Step step) {
    return List.of(
        ProcessHandle.current().info().command().orElse("java"),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        Dying.class.getName(),
        states.toString(),
        answered.toString(),
        step.name());
  }

  private static Witness witness(WitnessedLog log, WitnessStates states) {
    return new Witness(Map.of(log.origin, log.keys()), WitnessedLog.COSIGNER, states);
  }

  /** The process that dies: it cosigns one checkpoint, and is killed while it takes a second. */
  static final class Dying {
    private Dying() {}

    public static void main(String[] args) throws IOException {
      var log = new WitnessedLog("log.example/a", 1);
      var armed = new boolean[1];
      var memory =
          new FolderStates(
              Path.of(args[0]),
              step -> {
                if (armed[0] && step.name().equals(args[2])) {
                  kill();
                }
              });
      Witness witness = witness(log, memory);
      witness.add(log.request(0, OLD));
      armed[0] = true;
      witness.add(log.request(OLD, NEW));
      Files.writeString(Path.of(args[1]), new Origin("answered").value());
    }

    /** SIGKILL, so that no hook and no buffer of this process gets a chance. */
    private static void kill() throws IOException {
      new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid())).start();
      while (true) {
        Thread.onSpinWait();
      }
    }
  }
}

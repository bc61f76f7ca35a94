package dev.remit.bench.crash;

import dev.remit.bench.BenchException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * {@code bench/crash}: crashes one governed append and one integration at their system calls, and
 * looks each time whether evidence outlived it. Exit codes: 0 it did, 1 something was lost, 2 wrong
 * usage, 3 something else is broken.
 */
public final class CrashMain {

  private static final String USAGE =
      """
      usage: bench/crash [--all]

      Runs one intent with its outcome, one refusal and one integration in a process of their own
      against a PostgreSQL of its own, and lets strace break the N-th write, pwrite64, fsync,
      fdatasync or sendto of a thread: SIGKILL instead of the call, or EIO from it. It does so to
      the two PostgreSQL backends that serve the process (side `postgres`: SIGKILL makes the whole
      PostgreSQL recover, EIO at a flush of the log panics it) and to the process itself (side `jvm`).
      Other processes of PostgreSQL (checkpointer, walwriter) are not traced, and no machine
      loses power: what fsync promises is taken from the kernel.

      After each run: PostgreSQL is back, intents left behind get their outcome, everything is
      integrated, every acknowledged entry is there once, every intent has one first outcome, and
      the log's root is the signed one.

      --all  every N until the work has no more such calls; without it N = 1, 2, 3, 5, 8, 13

      After 20 minutes no further crash is begun; what was left out is said, and the exit code is 3.

      Needs strace (Debian package `strace`) and the right to trace (root, or CAP_SYS_PTRACE).
      """;

  private static final List<String> CALLS =
      List.of("write", "pwrite64", "fsync", "fdatasync", "sendto");
  private static final List<Integer> SAMPLE = List.of(1, 2, 3, 5, 8, 13);
  private static final int MOST = 500;
  private static final Duration TIME = Duration.ofMinutes(20);

  private final Path folder;
  private final Estate estate;
  private final boolean isAll;
  private final long until = System.nanoTime() + TIME.toNanos();
  private int runs;
  private int lost;

  private CrashMain(Path folder, Estate estate, boolean isAll) {
    this.folder = folder;
    this.estate = estate;
    this.isAll = isAll;
  }

  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments)));
  }

  private static int run(List<String> arguments) {
    if (!List.of("--all").containsAll(arguments)) {
      System.err.print(USAGE);
      return arguments.equals(List.of("--help")) ? 0 : 2;
    }
    try {
      var root = Path.of(System.getProperty("remit.root", "."), "bench", "target");
      var folder = Files.createTempDirectory(Files.createDirectories(root), "crash-");
      try (var estate = new Estate(folder, root.resolve("crash-binaries"))) {
        return new CrashMain(folder, estate, arguments.contains("--all")).runAll();
      }
    } catch (BenchException e) {
      System.err.println("bench: " + e.getMessage());
      return e.exitCode();
    } catch (IOException | UncheckedIOException e) {
      System.err.println("bench: `strace` cannot be run, or a file not be written: " + e);
      return 3;
    }
  }

  private int runAll() throws IOException {
    System.out.println("side      call        what  N reached  acknowledged entries  lost");
    for (var side : Fault.Side.values()) {
      for (String call : CALLS) {
        for (boolean isKill : List.of(true, false)) {
          row(new Fault(side, call, isKill, 1));
        }
      }
    }
    System.out.println(runs + " crashes, " + lost + " with a loss; folder `" + folder + "`");
    if (lost == 0 && isOver()) {
      throw BenchException.broken("not all crashes were begun within " + TIME.toMinutes() + " min");
    }
    return lost == 0 ? 0 : 1;
  }

  private boolean isOver() {
    return System.nanoTime() - until >= 0;
  }

  private void row(Fault first) throws IOException {
    int reached = 0;
    int acknowledged = 0;
    int wrong = 0;
    for (int number = 1; number <= MOST && !isOver(); number++) {
      if (isAll || SAMPLE.contains(number)) {
        var result = crash(first.next(number));
        wrong += result.fault().isPresent() ? 1 : 0;
        if (!result.isReached()) {
          break;
        }
        reached++;
        acknowledged += result.acknowledged();
      }
    }
    runs += reached;
    lost += wrong;
    System.out.printf("%s  %9d  %20d  %4d%n", first.row(), reached, acknowledged, wrong);
  }

  /**
   * What one run came to.
   *
   * @param isReached whether there was an N-th call
   * @param fault what was wrong afterwards
   */
  private record Result(boolean isReached, int acknowledged, Optional<String> fault) {}

  private Result crash(Fault fault) throws IOException {
    var work =
        new Work(
            fault.side().name().toLowerCase(java.util.Locale.ROOT)
                + "-"
                + fault.call()
                + "-"
                + fault.what()
                + "-"
                + fault.number());
    try (var run = Run.start(folder, estate.serving(), work)) {
      var pids = fault.side() == Fault.Side.JVM ? List.of(run.pid()) : estate.backends();
      boolean isReached;
      try (var tracer = Tracer.attach(folder, fault, pids)) {
        run.go();
        isReached = tracer.hasStruck();
      }
      var acknowledged = run.acknowledged();
      acknowledged.removeIf(id -> work.entries().stream().noneMatch(e -> e.id().equals(id)));
      var found = estate.fault(work, acknowledged);
      found.ifPresent(what -> System.err.println("bench: LOST " + work.name() + ": " + what));
      return new Result(isReached, acknowledged.size(), found);
    }
  }
}

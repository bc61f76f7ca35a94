package dev.remit.bench.crash;

import dev.remit.core.evidence.CallLedger;
import dev.remit.postgres.Database;
import dev.remit.postgres.DatabaseConfig;
import dev.remit.postgres.PostgresCallLedger;
import dev.remit.postgres.PostgresIntegrator;
import dev.remit.postgres.PostgresJournal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * The process that is killed: it says {@code ready} once it has its connections, works when it is
 * told to, and says {@code acknowledged ID} of whatever it was told to be durable.
 */
final class Worker {

  private Worker() {}

  /** Arguments: folder, name of the run. Standard input: URL, user and password, then `go`. */
  public static void main(String[] arguments) throws IOException {
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    var config = new DatabaseConfig(input.readLine(), input.readLine(), input.readLine());
    try (var database = new Database(config, 2);
        var keys = LogKeys.open(Path.of(arguments[0]));
        var integrator =
            new PostgresIntegrator(
                database, Work.INSTALLATION, keys.signing(), InstantSource.system())) {
      work(new Work("warm-" + arguments[1]), database, integrator);
      System.out.println("ready");
      if ("go".equals(input.readLine())) {
        work(new Work(arguments[1]), database, integrator);
      }
    }
    System.exit(0);
  }

  private static void work(Work work, Database database, PostgresIntegrator integrator) {
    var ledger = new PostgresCallLedger(database, target -> {});
    step(() -> {
      if (ledger.admit(work.intent()) instanceof CallLedger.Admitted) {
        acknowledged(work.intent().entry().id());
        ledger.settle(work.settlement());
        acknowledged(work.settlement().entry().id());
      } else {
        System.out.println("not admitted");
      }
    });
    step(() -> {
      new PostgresJournal(database).append(work.refusal());
      acknowledged(work.refusal().id());
    });
    step(() -> {
      integrator.runOnce();
      System.out.println("integrated");
    });
  }

  private static void acknowledged(String id) {
    System.out.println("acknowledged " + id);
  }

  private static void step(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      System.out.println("failed: " + String.valueOf(e.getMessage()).replace('\n', ' '));
    }
  }
}

package dev.remit.bench;

import dev.remit.bench.approvals.ApprovalsBench;
import dev.remit.bench.call.CallBench;
import dev.remit.bench.decision.DecisionBench;
import dev.remit.bench.identity.IdentityBench;
import dev.remit.bench.identity.WireBench;
import dev.remit.bench.kill.KillBench;
import dev.remit.bench.kill.KillFigures;
import dev.remit.bench.log.LogBench;
import dev.remit.bench.secrets.SecretsBench;
import dev.remit.cli.CommandException;
import dev.remit.cli.process.Installation;
import dev.remit.json.Json;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs one benchmark: progress on standard error, the result on standard output. Exit codes: 0
 * measured, 2 wrong usage, 3 something else is broken.
 */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments)));
  }

  private static int run(List<String> arguments) {
    try {
      var options = BenchOptions.parse(arguments);
      System.out.println(
          switch (options.name()) {
            case "approvals" -> approvals(options.isJson());
            case "decision" -> decision(options.isJson());
            case "identity" -> identity(options);
            case "kill" -> kill(options);
            case "log" -> log(options);
            case "secrets" -> Json.text(new SecretsBench().run());
            default -> call(options.isJson());
          });
      return 0;
    } catch (BenchException e) {
      say(String.valueOf(e.getMessage()));
      return e.exitCode();
    } catch (CommandException e) {
      say(String.valueOf(e.getMessage()));
      return 3;
    }
  }

  private static String call(boolean isJson) {
    var figures = new CallBench(Installation.current(), Main::say).run();
    return isJson ? Json.text(figures.json()) : figures.table();
  }

  private static String approvals(boolean isJson) {
    var figures = new ApprovalsBench(Installation.current(), Main::say).run();
    return isJson ? Json.text(figures.json()) : figures.table();
  }

  private static String decision(boolean isJson) {
    var folder = Path.of(System.getProperty("remit.root", "."), "bench", "target", "decision");
    var figures = new DecisionBench(folder, Main::say).run();
    return isJson ? Json.text(figures.json()) : figures.table();
  }

  private static String log(BenchOptions options) {
    var folder = Path.of(System.getProperty("remit.root", "."), "bench", "target", "log");
    var figures = new LogBench(folder, options.large(), Main::say).run();
    return options.isJson() ? Json.text(figures.json()) : figures.table();
  }

  private static String identity(BenchOptions options) {
    var figures = new IdentityBench(Main::say).run();
    new WireBench(Installation.current(), Main::say).measure(figures);
    if (!options.isKill()) {
      return options.isJson() ? Json.text(figures.json()) : figures.table();
    }
    var kills = kills();
    if (!options.isJson()) {
      return figures.table() + "\n" + kills.table();
    }
    var both = figures.json();
    for (var figure : kills.json().members().entrySet()) {
      both = both.with(figure.getKey(), figure.getValue());
    }
    return Json.text(both);
  }

  private static String kill(BenchOptions options) {
    var figures = kills();
    return options.isJson() ? Json.text(figures.json()) : figures.table();
  }

  private static KillFigures kills() {
    var folder = Path.of(System.getProperty("remit.root", "."), "bench", "target", "kill");
    return new KillBench(folder, Main::say).run();
  }

  private static void say(String line) {
    System.err.println("bench: " + line);
  }
}

package dev.remit.cli;

import dev.remit.cli.people.PeopleApi;
import dev.remit.cli.signin.Browser;
import dev.remit.core.value.Value;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code remit agents}: the register of agents. */
@Command(
    name = "agents",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the register of agents; suspends or retires what must not work.",
      "A launch and an owner's certification are signed by people: they open in the browser."
    })
final class AgentsCommand implements Callable<Integer> {

  @Mixin private ServerOptions server = new ServerOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    return list(server);
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists every class of agents with its state and who answers for it.")
  int list(@Mixin ServerOptions options) {
    var agents = options.people().get("/v1/agents").items("agents");
    var out = spec.commandLine().getOut();
    if (options.isJson()) {
      Output.json(out, new Value.Array(agents));
    } else {
      Output.table(
          out,
          agents,
          "no agent is defined",
          "agentClass",
          "state",
          "cause",
          "owner",
          "certifyBy",
          "missing");
    }
    return 0;
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows a class with its boundaries and what keeps it from being launched.")
  int show(@Mixin ServerOptions options, @Parameters(paramLabel = "CLASS") String agent) {
    var shown = options.people().get(path(agent));
    var out = spec.commandLine().getOut();
    if (options.isJson()) {
      Output.json(out, shown);
      return 0;
    }
    for (var name : new String[] {"agentClass", "state", "cause", "since", "owner", "certifyBy"}) {
      out.println(name + ": " + Output.text(shown, name));
    }
    shown
        .object("boundaries")
        .orElse(Value.Obj.EMPTY)
        .members()
        .forEach((name, value) -> out.println(Output.printable(name) + ": " + Output.words(value)));
    shown
        .items("objections")
        .forEach(why -> out.println("cannot be launched: " + Output.words(why)));
    return 0;
  }

  @Command(
      name = "unused",
      mixinStandardHelpOptions = true,
      description = {
        "Shows what a class might do and did not, and what would take it away.",
        "The change is a diff of the workspace; nothing applies it but you."
      })
  int unused(
      @Mixin ServerOptions options,
      @Parameters(paramLabel = "CLASS") String agent,
      @Option(
              names = "--days",
              paramLabel = "N",
              defaultValue = "90",
              description = "how far back, 1 to 730; 90 if left out")
          int days) {
    var unused =
        options.people().get(path(agent) + "/unused", Map.of("days", Integer.toString(days)));
    var out = spec.commandLine().getOut();
    if (options.isJson()) {
      Output.json(out, unused);
      return 0;
    }
    if (unused.get("isWhole").equals(java.util.Optional.of(Value.of(false)))) {
      out.println("it has not been active for all of that time");
    }
    for (var name : new String[] {"taskClasses", "tools", "tenants", "identities"}) {
      out.println("unused " + name + ": " + Output.text(unused, name));
    }
    unused
        .text("diff")
        .ifPresent(diff -> diff.lines().map(Output::printable).forEach(out::println));
    return 0;
  }

  @Command(
      name = "suspend",
      mixinStandardHelpOptions = true,
      description = "Suspends an active class at once; it comes back by a launch.")
  int suspend(
      @Mixin ServerOptions options,
      @Parameters(paramLabel = "CLASS") String agent,
      @Option(names = "--reason", paramLabel = "R", required = true, description = "why, in words")
          String reason) {
    return stop(options, agent, "suspend", reason);
  }

  @Command(
      name = "retire",
      mixinStandardHelpOptions = true,
      description = "Retires a class at once and for good.")
  int retire(
      @Mixin ServerOptions options,
      @Parameters(paramLabel = "CLASS") String agent,
      @Option(names = "--reason", paramLabel = "R", required = true, description = "why, in words")
          String reason) {
    return stop(options, agent, "retire", reason);
  }

  private int stop(ServerOptions options, String agent, String how, String reason) {
    if (reason.isBlank()) {
      throw CommandException.usage("say why with `--reason`");
    }
    var done =
        options.people().post(path(agent) + "/" + how, Value.object("reason", reason.strip()));
    var out = spec.commandLine().getOut();
    if (options.isJson()) {
      Output.json(out, done);
    } else {
      out.println(how.equals("retire") ? "retired " + agent : "suspended " + agent);
    }
    return 0;
  }

  @Command(
      name = "launch",
      mixinStandardHelpOptions = true,
      description =
          "Opens the page on which a class is launched; its owner and another person sign.")
  int launch(@Mixin ServerOptions options, @Parameters(paramLabel = "CLASS") String agent) {
    return open(options, agent);
  }

  @Command(
      name = "certify",
      mixinStandardHelpOptions = true,
      description = "Opens the page on which the owner certifies a class.")
  int certify(@Mixin ServerOptions options, @Parameters(paramLabel = "CLASS") String agent) {
    return open(options, agent);
  }

  private int open(ServerOptions options, String agent) {
    var known = options.people().get(path(agent));
    var site = options.folder().server().text("site").orElse("");
    Browser.open(
        spec.commandLine(),
        "sign in your browser at",
        site + "/console/agents#agent-" + known.text("agentClass").orElse(agent));
    return 0;
  }

  private static String path(String agent) {
    if (!agent.matches("[a-z0-9-]{1,63}")) {
      throw CommandException.usage("`" + agent + "` is no class: `remit agents` lists them");
    }
    return "/v1/agents/" + PeopleApi.encode(agent);
  }
}

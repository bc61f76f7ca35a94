package dev.remit.cli;

import dev.remit.core.identity.AgentId;
import dev.remit.core.kill.KillScope;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code remit kill}. */
@Command(
    name = "kill",
    mixinStandardHelpOptions = true,
    description = {
      "Stops an agent, a class, a tenant's agents, work at a system, or everything.",
      "Once it returns, no effect under it begins on any replica; what runs is cut.",
      "Tasks under it end, or stay open with `--hold`. To lift either is asked with `--lift`",
      "and granted by somebody else."
    })
final class KillCommand implements Callable<Integer> {

  @Mixin private ServerOptions server = new ServerOptions();

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Scope scope = new Scope();

  @ArgGroup(exclusive = true)
  private Way way = new Way();

  /** At most one of these. */
  static final class Way {
    @Option(names = "--hold", description = "leave tasks open, to go on when it is lifted")
    private boolean isHold;

    @Option(names = "--lift", description = "ask that a kill or hold of this scope be lifted")
    private boolean isLift;
  }

  @Option(names = "--reason", paramLabel = "R", required = true, description = "why, in words")
  private String reason = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Exactly one of these. */
  static final class Scope {
    @Option(
        names = "--agent",
        paramLabel = "A",
        description = "an agent: class/tenant/environment/family")
    private String agent = "";

    @Option(names = "--tenant", paramLabel = "T", description = "all agents of a tenant")
    private String tenant = "";

    @Option(names = "--class", paramLabel = "C", description = "all agents of a class")
    private String agentClass = "";

    @Option(names = "--instance", paramLabel = "I", description = "one running copy, by its key")
    private String instance = "";

    @Option(names = "--connector", paramLabel = "C", description = "all work at a system")
    private String connector = "";

    @Option(names = "--everything", description = "every agent of every tenant")
    private boolean everything;

    KillScope chosen() {
      if (everything) {
        return KillScope.EVERYTHING;
      }
      if (!tenant.isEmpty()) {
        return KillScope.tenant(new TenantId(tenant));
      }
      return agent.isEmpty() ? named() : KillScope.agent(AgentId.parse(agent));
    }

    private KillScope named() {
      if (!agentClass.isEmpty()) {
        return new KillScope("class:" + agentClass);
      }
      return new KillScope(instance.isEmpty() ? "connector:" + connector : "instance:" + instance);
    }
  }

  @Override
  public Integer call() {
    if (reason.isBlank()) {
      throw CommandException.usage("say why with `--reason`");
    }
    String wanted = scope.chosen().text();
    var sent = Value.object("scope", wanted, "reason", reason.strip());
    if (way.isLift) {
      return lift(sent);
    }
    var answer =
        server.people().post("/v1/kill", way.isHold ? sent.with("mode", Value.of("hold")) : sent);
    var out = spec.commandLine().getOut();
    if (server.isJson()) {
      Output.json(out, answer);
    } else if (way.isHold) {
      out.println("held " + wanted + "; tasks stay open, and nothing under it is sent");
    } else {
      out.println("killed " + wanted + "; tasks ended: " + answer.items("closed").size());
    }
    return 0;
  }

  private int lift(Value.Obj sent) {
    var answer = server.people().post("/v1/kill/lift", sent);
    var out = spec.commandLine().getOut();
    if (server.isJson()) {
      Output.json(out, answer);
    } else {
      out.println(
          "asked; somebody else answers "
              + answer.text("waitsFor").orElse("it")
              + " in the console");
    }
    return 0;
  }
}

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
      "Stops an agent, a tenant's agents, or everything.",
      "Once it returns, no effect under it begins on any replica."
    })
final class KillCommand implements Callable<Integer> {

  @Mixin private ServerOptions server = new ServerOptions();

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Scope scope = new Scope();

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

    @Option(names = "--everything", description = "every agent of every tenant")
    private boolean everything;

    KillScope chosen() {
      if (everything) {
        return KillScope.EVERYTHING;
      }
      return agent.isEmpty()
          ? KillScope.tenant(new TenantId(tenant))
          : KillScope.agent(AgentId.parse(agent));
    }
  }

  @Override
  public Integer call() {
    if (reason.isBlank()) {
      throw CommandException.usage("say why with `--reason`");
    }
    String wanted = scope.chosen().text();
    var answer =
        server.people().post("/v1/kill", Value.object("scope", wanted, "reason", reason.strip()));
    var out = spec.commandLine().getOut();
    if (server.isJson()) {
      Output.json(out, answer);
    } else {
      out.println("killed " + wanted + "; tasks ended: " + answer.items("closed").size());
    }
    return 0;
  }
}

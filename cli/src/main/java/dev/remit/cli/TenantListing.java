package dev.remit.cli;

import dev.remit.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What is listed tenant by tenant: of one of them, or of all that may be read. */
final class TenantListing {

  @Mixin private ServerOptions server = new ServerOptions();

  @Option(names = "--tenant", paramLabel = "T", description = "one tenant only")
  private String tenant = "";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /**
   * Prints what the server lists.
   *
   * @param member of the server's answer that holds the rows
   * @param nothing what to say when there is none
   */
  int print(String path, String member, String nothing, String... columns) {
    List<Value> rows = new ArrayList<>();
    for (String name : Tenants.chosen(server.people(), tenant)) {
      rows.addAll(server.people().get(path, Map.of("tenant", name)).items(member));
    }
    var out = spec.commandLine().getOut();
    if (server.isJson()) {
      Output.json(out, new Value.Array(rows));
    } else {
      Output.table(out, rows, nothing, columns);
    }
    return 0;
  }
}

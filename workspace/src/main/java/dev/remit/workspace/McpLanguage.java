package dev.remit.workspace;

import dev.remit.core.identity.Grade;
import java.util.Set;

/** Upstream MCP servers over Streamable HTTP: each listed tool by its upstream name and its pin. */
final class McpLanguage implements ConnectorLanguage {
  private static final Form TOOL =
      Form.matching("the upstream's name of a tool", "x", "[A-Za-z0-9_./-]{1,128}");
  private static final Set<String> OPERATION = Set.of("tool", "owner", "fields", "withhold");

  @Override
  public Set<String> operationNames() {
    return OPERATION;
  }

  @Override
  public void connector(Section section) {
    section.optionalPositive("limit-bytes", 16 * 1024 * 1024);
    section
        .optionalSection("broker")
        .ifPresent(broker -> {
          broker.optionalText("kind", Form.PLAIN_NAME);
          if (broker.has("life")) {
            broker.duration("life");
          }
          broker.close();
        });
  }

  @Override
  public void inventory(Section record) {
    record.problem(record.origin(), "an upstream mcp server is no inventory; remove it");
    record.names().forEach(record::any);
  }

  @Override
  public void tickets(Section tickets) {
    tickets.problem(tickets.origin(), "tickets are read over http only; remove `tickets`");
  }

  @Override
  public void operation(Section operation, Set<String> arguments, Grade effect) {
    operation.text("tool", TOOL);
    operation.optionalText("owner", Form.POINTER);
    operation.optionalTexts("fields", Form.POINTER);
    operation.optionalTexts("withhold", Form.POINTER);
  }
}

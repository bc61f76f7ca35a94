package dev.remit.workspace;

import dev.remit.core.call.UpstreamDefinition;
import dev.remit.core.identity.Grade;
import dev.remit.core.value.Value;
import java.util.Optional;
import java.util.Set;

/** Upstream MCP servers over Streamable HTTP: each listed tool by its upstream name and its pin. */
final class McpLanguage implements ConnectorLanguage {
  private static final Form TOOL =
      Form.matching("the upstream's name of a tool", "x", "[A-Za-z0-9_./-]{1,128}");
  private static final Set<String> OPERATION =
      Set.of("tool", "accepted", "owner", "fields", "withhold");

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
    operation.any("accepted").ifPresent(accepted -> accepted(operation, accepted, effect));
    operation.optionalText("owner", Form.POINTER);
    operation.optionalTexts("fields", Form.POINTER);
    operation.optionalTexts("withhold", Form.POINTER);
  }

  /** The upstream's definition as people accepted it, kept so that a change can be shown. */
  private static void accepted(Section operation, Value accepted, Grade effect) {
    if (!(accepted instanceof Value.Obj listed)) {
      operation.problem("accepted", "`accepted` must be the definition as the upstream lists it");
      return;
    }
    var definition = UpstreamDefinition.of(listed);
    if (!operation.value().text("pin").equals(Optional.of(definition.pin()))) {
      operation.problem(
          "accepted", "`pin` is not that of `accepted`, which is " + definition.pin());
    }
    if (!listed.text("name").equals(operation.value().text("tool"))) {
      operation.problem("accepted", "`accepted` is of another tool; its `name` must be `tool`");
    }
    definition
        .riskBeyond(effect)
        .ifPresent(words -> operation.problem("effect", words + "; declare a higher `effect`"));
  }
}

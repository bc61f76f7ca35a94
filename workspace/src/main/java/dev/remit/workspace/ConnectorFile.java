package dev.remit.workspace;

import dev.remit.core.call.ScopeTruth;
import dev.remit.core.call.Tool;
import dev.remit.core.release.ConnectorSpec;
import dev.remit.core.target.ConnectorId;
import dev.remit.policy.Kinds;
import dev.remit.workspace.Names.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code connectors/NAME.yaml}: a connection to one system, its inventory and its operations.
 *
 * @param hasTickets whether it says how tickets are read
 * @param reaches other systems that its operations reach
 */
record ConnectorFile(
    ConnectorSpec spec, List<Tool> tools, boolean hasTickets, List<ReachKeys.Declared> reaches) {
  static final Form KIND = new Form("a kind of record, in lower case", "x", Kinds::isName);
  private static final Set<String> GRADES = Set.of("observe", "low", "high", "destructive");
  private static final Form NAME =
      new Form(
          "lower-case letters and digits (and no grade)",
          "x",
          text -> text.matches("[a-z][a-z0-9]{0,30}") && !GRADES.contains(text));
  private static final Form PROTOCOL =
      Form.oneOf("http", "postgres", "mcp", "ldap", "ssh", "declared");
  private static final Form TRUTH = Form.oneOf("vendor-enforced", "broker-enforced", "none");
  private static final Form OPERATION =
      Form.matching("lower-case letters, digits and `_`", "x", "[a-z][a-z0-9_]{0,60}");

  static ConnectorFile read(Section section, Names names) {
    var id = new ConnectorId(section.text("connector", NAME));
    names.declare(Kind.CONNECTOR, id.value(), section.origin("connector"));
    var system = section.text("system", Form.WORDS);
    var protocol = section.text("kind", PROTOCOL);
    var owner = section.text("owner", Form.SLUG);
    names.refer(Kind.OWNER, owner, section.origin("owner"));
    var truth = ScopeTruth.parse(section.text("scope-truth", TRUTH));
    var endpoint = protocol.equals("declared") ? "" : section.text("endpoint", Form.PLAIN_NAME);
    var language = ConnectorLanguage.of(protocol);
    language.connector(section);
    section
        .optionalSection("inventory")
        .ifPresent(inventory -> inventory(inventory, language, names));
    var tickets = section.optionalSection("tickets");
    tickets.ifPresent(language::tickets);
    var tools = new ArrayList<Tool>();
    section
        .named("operations", OPERATION)
        .forEach((name, one) -> {
          var tool = new OperationReader(id, protocol, language, names).read(name, one);
          names.declare(Kind.TOOL, tool.name(), one.origin());
          tools.add(tool);
        });
    var operations = tools.stream().map(Tool::operation).collect(Collectors.toSet());
    var reaches = ReachKeys.read(section, id, operations, names);
    section.close();
    var spec = new ConnectorSpec(id, system, protocol, owner, truth, endpoint, section.value());
    return new ConnectorFile(spec, tools, tickets.isPresent(), reaches);
  }

  private static void inventory(Section inventory, ConnectorLanguage language, Names names) {
    for (String kind : inventory.names()) {
      if (!KIND.accepts(kind)) {
        inventory.problem(kind, "`" + kind + "` must be " + KIND.what());
      }
      var record = inventory.section(kind);
      names.declare(Kind.TARGET_KIND, kind, inventory.origin(kind));
      language.inventory(record);
      record.close();
    }
    inventory.close();
  }
}

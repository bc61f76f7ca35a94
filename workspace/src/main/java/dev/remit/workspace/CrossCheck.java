package dev.remit.workspace;

import dev.remit.core.call.Tool;
import dev.remit.policy.Diagnostic;
import dev.remit.policy.Origin;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What only several files together show to be wrong. */
final class CrossCheck {
  private final RemitFile remit;
  private final List<TenantFile> tenants;
  private final List<ConnectorFile> connectors;
  private final List<TaskClassFile> taskClasses;
  private final Optional<Set<String>> catalogue;
  private final List<Diagnostic> problems;

  CrossCheck(
      RemitFile remit,
      List<TenantFile> tenants,
      List<ConnectorFile> connectors,
      List<TaskClassFile> taskClasses,
      Optional<Set<String>> catalogue,
      List<Diagnostic> problems) {
    this.remit = remit;
    this.tenants = tenants;
    this.connectors = connectors;
    this.taskClasses = taskClasses;
    this.catalogue = catalogue;
    this.problems = problems;
  }

  void run() {
    externalIds();
    approvers();
    tickets();
    var tools = new HashMap<String, Tool>();
    connectors.forEach(file -> file.tools().forEach(tool -> tools.put(tool.name(), tool)));
    taskClasses.forEach(file -> taskClass(file, tools));
  }

  /** One company of a system belongs to one tenant, or nobody could say whose record it is. */
  private void externalIds() {
    var owners = new HashMap<String, String>();
    for (var file : tenants) {
      file.tenant()
          .externalIds()
          .forEach((connector, id) -> {
            var first = owners.putIfAbsent(connector + "\n" + id, file.tenant().id().value());
            if (first != null) {
              problem(
                  file.idsAt(),
                  "`" + id + "` in `" + connector + "` already belongs to `" + first + "`");
            }
          });
    }
  }

  /** Who vouches for one organisation's people vouches for no other's. */
  private void approvers() {
    var used = new HashMap<String, String>();
    remit.peopleIssuers().forEach(issuer -> used.put(issuer, "the organisation itself"));
    for (var file : tenants) {
      var first = used.putIfAbsent(file.approvers().issuer(), "`" + file.tenant().id() + "`");
      if (first != null) {
        problem(
            file.approversAt(),
            "issuer `"
                + file.approvers().issuer()
                + "` already vouches for people of "
                + first
                + "; an issuer vouches for one organisation");
      }
    }
  }

  private void tickets() {
    connectors.stream()
        .filter(file -> file.spec().id().value().equals(remit.ticketConnector()))
        .filter(file -> !file.hasTickets())
        .forEach(file ->
            problem(
                new Origin("connectors/" + file.spec().id() + ".yaml", 1),
                "remit.yaml takes tickets from here; add `tickets`"));
  }

  private void taskClass(TaskClassFile file, Map<String, Tool> tools) {
    file.toolOrigins()
        .forEach((name, at) -> {
          var tool = tools.get(name);
          if (tool != null) {
            tool(file, tool, at);
          }
        });
    catalogue.ifPresent(known ->
        file.references()
            .forEach((reference, at) -> {
              if (!known.contains(reference)) {
                problem(at, "`" + reference + "` is in no catalogue");
              }
            }));
  }

  private void tool(TaskClassFile file, Tool tool, Origin at) {
    var taskClass = file.taskClass();
    if (tool.effect().compareTo(taskClass.risk()) > 0) {
      problem(
          at,
          "`"
              + tool.name()
              + "` has the effect `"
              + tool.effect().text()
              + "`, above the risk `"
              + taskClass.risk().text()
              + "` of this task class");
    }
    tool.targets().stream()
        .filter(target -> !target.kind().equals(taskClass.targetKind()))
        .forEach(target ->
            problem(
                at,
                "`"
                    + tool.name()
                    + "` acts on the kind `"
                    + target.kind()
                    + "`, not on `"
                    + taskClass.targetKind()
                    + "`"));
  }

  private void problem(Origin at, String message) {
    problems.add(new Diagnostic(at.file(), at.line(), message));
  }
}

package dev.remit.web.people;

import dev.remit.core.identity.PersonId;
import dev.remit.core.register.Agents;
import dev.remit.core.register.Registration;
import dev.remit.core.value.Value;
import java.util.List;
import java.util.TreeSet;

/** The register as JSON. */
final class AgentViews {

  private AgentViews() {}

  /** A line of the list. */
  static Value.Obj row(Agents.Shown shown) {
    var row =
        Value.object(
            "agentClass", shown.agentClass().id().value(),
            "state", shown.state().text(),
            "cause", shown.row().map(Registration::cause).orElse("new"),
            "owner", shown.owner().map(PersonId::text).orElse(shown.agentClass().owner()),
            "isAccountable", shown.owner().isPresent() && !shown.isOwnerGone(),
            "missing", Value.texts(shown.missing()));
    row =
        shown.row().isPresent()
            ? row.with("since", Value.of(shown.row().get().since().toString()))
            : row;
    return shown.certifyBy().isPresent()
        ? row.with("certifyBy", Value.of(shown.certifyBy().get().toString()))
        : row;
  }

  /** All of it; {@code objections} are what keeps it from being launched. */
  static Value.Obj whole(Agents.Shown shown, List<String> objections) {
    return row(shown)
        .with("purpose", Value.of(shown.agentClass().purpose()))
        .with("digest", Value.of(shown.boundaries().digest()))
        .with("boundaries", shown.boundaries().value())
        .with(
            "launched",
            shown
                .row()
                .flatMap(Registration::launched)
                .<Value>map(launched -> Value.of(launched.digest()))
                .orElse(Value.Null.NULL))
        .with("objections", Value.texts(objections));
  }

  static Value.Obj unused(Agents.UnusedAuthority unused) {
    var tools = Value.Obj.EMPTY;
    for (var one : unused.tools().entrySet()) {
      tools = tools.with(one.getKey(), Value.texts(new TreeSet<>(one.getValue())));
    }
    var view =
        Value.object(
            "agentClass", unused.agentClass().value(),
            "since", unused.since().toString(),
            "isWhole", unused.isWhole(),
            "taskClasses", Value.texts(new TreeSet<>(unused.taskClasses())),
            "tools", tools,
            "tenants", Value.texts(new TreeSet<>(unused.tenants())),
            "identities", Value.texts(new TreeSet<>(unused.identities())));
    return unused.diff().isPresent() ? view.with("diff", Value.of(unused.diff().get())) : view;
  }
}

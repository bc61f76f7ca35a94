package dev.remit.web.console;

import dev.remit.core.flow.Oversight;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.register.Agents;
import dev.remit.core.tenant.TenantId;
import dev.remit.web.console.Console.Page;
import dev.remit.web.http.Answer;
import dev.remit.web.http.Form;
import dev.remit.web.http.Refusal;
import dev.remit.web.http.Route;
import dev.remit.web.people.Rights;
import dev.remit.web.people.SignedIn;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The register of agents, and what people do with it. A change is two pages without a script: one
 * that says what will be and asks why, and the form on it. Certifying is on the list itself,
 * because the owner's key signs it.
 */
final class AgentPages {

  private static final int LONGEST_REASON = 1_000;
  private static final Set<String> NO_QUERY = Set.of();

  private final Console console;
  private final Agents agents;
  private final AgentReading reading;

  AgentPages(Console console, Agents agents, Oversight oversight) {
    this.console = console;
    this.agents = agents;
    this.reading = new AgentReading(agents, oversight);
  }

  List<Route> routes() {
    return List.of(
        console.get("/console/agents", NO_QUERY, this::list),
        console.get("/console/agents/*/turn/*", NO_QUERY, page -> turn(page, Optional.empty())),
        console.form("/console/agents/*/turn/*", this::turned));
  }

  private Answer list(Page page) {
    var view = reading.agents(page.sight(), page.now());
    return console.page(page, "agents", Place.AGENTS, "Agents", view);
  }

  private Answer turn(Page page, Optional<String> problem) {
    var agentClass = new AgentClassId(page.variable(0));
    var act = act(page, agentClass);
    var objections = act == AgentAct.LAUNCH ? agents.objections(agentClass) : List.<String>of();
    var view = new AgentTurnView(agentClass.value(), act, objections, problem);
    return console.page(page, "agentTurn", Place.AGENTS, act.label(), view);
  }

  private Answer turned(Page page, Form form) {
    var agentClass = new AgentClassId(page.variable(0));
    var act = act(page, agentClass);
    form.only(Set.of(SignedIn.CSRF_FIELD, "reason"));
    var reason = form.first("reason").orElse("").strip();
    if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
      return turn(page, Optional.of("say why in at most " + LONGEST_REASON + " characters"));
    }
    var person = page.session().person();
    return switch (act) {
      case LAUNCH ->
          switch (agents.launch(person, agentClass, reason)) {
            case Agents.Asked(var proposal) ->
                Answer.seeOther("/console/card/" + TenantId.OPERATOR + "/" + proposal.value());
            case Agents.NotDone(String why) -> turn(page, Optional.of(why));
          };
      case SUSPEND -> told(page, agents.suspend(person.id().text(), agentClass, reason));
      case RETIRE -> told(page, agents.retire(person.id().text(), agentClass, reason));
    };
  }

  private Answer told(Page page, Agents.Stop stop) {
    return switch (stop) {
      case Agents.Done() -> Answer.seeOther(AgentsView.path(page.variable(0)));
      case Agents.NotDone(String why) -> turn(page, Optional.of(why));
    };
  }

  /** What the reader may do just now; anything else is not there. */
  private AgentAct act(Page page, AgentClassId agentClass) {
    var rights = new Rights(page.sight().release().people());
    return agents.find(agentClass).stream()
        .flatMap(shown -> AgentAct.of(shown).stream())
        .filter(act -> act.path().equals(page.variable(1)))
        .filter(act -> rights.may(page.session().person(), act.verb()))
        .findFirst()
        .orElseThrow(Refusal::notFound);
  }
}

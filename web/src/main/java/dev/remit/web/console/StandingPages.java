package dev.remit.web.console;

import dev.remit.core.approval.ProposalId;
import dev.remit.core.flow.Oversight;
import dev.remit.core.tenant.Tenant;
import dev.remit.web.console.Console.Page;
import dev.remit.web.http.Answer;
import dev.remit.web.http.Form;
import dev.remit.web.http.Refusal;
import dev.remit.web.http.Route;
import dev.remit.web.people.Rights;
import dev.remit.web.people.Rights.Verb;
import dev.remit.web.people.SignedIn;
import java.util.List;
import java.util.Set;

/** The page of standing approvals, and the way to end one: a stop, which asks nobody. */
final class StandingPages {

  private static final int LONGEST_REASON = 1_000;

  private final Console console;
  private final Oversight oversight;
  private final StandingReading reading;

  StandingPages(Console console, Oversight oversight) {
    this.console = console;
    this.oversight = oversight;
    this.reading = new StandingReading(oversight);
  }

  List<Route> routes() {
    return List.of(
        console.get("/console/standing", Set.of(), this::first),
        console.get("/console/standing/*", Set.of(), this::standing),
        console.form("/console/standing/*/*/end", this::ended));
  }

  private Answer first(Page page) {
    var all = page.sight().tenants(Verb.READ_PROPOSALS);
    return all.isEmpty()
        ? Answer.seeOther(Place.TENANTS.path())
        : Answer.seeOther("/console/standing/" + all.getFirst().id().value());
  }

  private Answer standing(Page page) {
    var tenant = page.sight().tenant(page.variable(0), Verb.READ_PROPOSALS);
    var view = reading.standing(page.sight(), tenant, page.now());
    return console.page(page, "standing", Place.POSTURE, "Standing approvals", view);
  }

  private Answer ended(Page page, Form form) {
    Tenant tenant = page.sight().tenant(page.variable(0), Verb.READ_PROPOSALS);
    var person = page.session().person();
    new Rights(page.sight().release().people()).require(person, Verb.KILL_TENANT, tenant.id());
    form.only(Set.of(SignedIn.CSRF_FIELD, "reason"));
    var reason = form.first("reason").orElse("").strip();
    if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
      throw Refusal.badRequest("say why in at most " + LONGEST_REASON + " characters");
    }
    var id = new ProposalId(page.variable(1));
    if (!oversight.standing().withdraw(tenant.id(), id, person.id().text(), reason)) {
      throw Refusal.notFound();
    }
    return Answer.seeOther("/console/standing/" + tenant.id().value());
  }
}

package dev.remit.web.people;

import dev.remit.core.release.Release;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import dev.remit.web.http.Answer;
import dev.remit.web.http.Exchange;
import dev.remit.web.http.Route;
import dev.remit.web.people.Rights.Verb;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Who one is here, and the token that one's own requests carry. */
final class MeRoutes {

  private final Sessions sessions;
  private final Supplier<Release> release;
  private final Askers askers;

  MeRoutes(Sessions sessions, Supplier<Release> release, Askers askers) {
    this.sessions = sessions;
    this.release = release;
    this.askers = askers;
  }

  List<Route> routes() {
    return List.of(Route.of("GET", "/v1/me", askers.worker(Verb.SELF, this::me)));
  }

  private void me(Exchange exchange, Session session) {
    exchange.onlyQuery(Set.of());
    var person = session.person();
    var current = release.get();
    var tenants = new TreeMap<String, Value>();
    for (TenantId tenant : current.tenants().keySet()) {
      var held = current.people().functionsOf(person, tenant);
      if (!held.isEmpty()) {
        tenants.put(
            tenant.value(),
            new Value.Array(
                held.stream()
                    .map(function -> Value.of(function.name().toLowerCase(Locale.ROOT)))
                    .toList()));
      }
    }
    exchange.send(
        Answer.json(
            200,
            Value.object(
                "person", person.id().text(),
                "name", person.name(),
                "organisation", person.organisation().text(),
                "functions", new Value.Obj(tenants),
                "kind", session.kind().name().toLowerCase(Locale.ROOT),
                "csrf", session.csrf(),
                "signedInAt", person.signedInAt().toString(),
                "isFresh", sessions.isFresh(session),
                "endsAt", session.endsAt().toString())));
  }
}

package dev.remit.web.people;

import dev.remit.core.flow.Fatigue;
import dev.remit.core.flow.Oversight;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.web.http.Answer;
import dev.remit.web.http.Exchange;
import dev.remit.web.http.Route;
import dev.remit.web.people.Rights.Verb;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How much is asked of people, for those who oversee them; figures about persons, so not for all.
 */
final class FatigueRoutes {

  private static final int DAY = 24;
  private static final int MOST_HOURS = 24 * 31;

  private final Oversight oversight;
  private final Askers askers;
  private final InstantSource clock;

  FatigueRoutes(Oversight oversight, Askers askers, InstantSource clock) {
    this.oversight = oversight;
    this.askers = askers;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(Route.of("GET", "/v1/fatigue", askers.either(this::fatigue)));
  }

  private void fatigue(Exchange exchange, Asker asker) {
    exchange.onlyQuery(Set.of("tenant", "hours"));
    asker.require(Verb.READ_FATIGUE);
    var until = clock.instant();
    var since = until.minus(Duration.ofHours(hours(exchange)));
    var tenants =
        exchange.query("tenant").map(name -> Set.of(new TenantId(name))).orElseGet(this::all);
    var measured = oversight.fatigue(tenants, since);
    exchange.send(
        Answer.json(
            200,
            view(measured)
                .with("since", Value.of(since.toString()))
                .with("until", Value.of(until.toString()))));
  }

  private Set<TenantId> all() {
    var all = new HashSet<>(Set.of(TenantId.OPERATOR));
    for (var item : oversight.tenants().items("tenants")) {
      if (item instanceof Value.Obj tenant) {
        tenant.text("tenant").map(TenantId::new).ifPresent(all::add);
      }
    }
    return all;
  }

  private static int hours(Exchange exchange) {
    var text = exchange.query("hours").orElse(Integer.toString(DAY));
    if (text.matches("[0-9]{1,3}")) {
      int hours = Integer.parseInt(text);
      if (hours >= 1 && hours <= MOST_HOURS) {
        return hours;
      }
    }
    throw new InvalidValueException("`hours` must be a number of 1 to " + MOST_HOURS);
  }

  private static Value.Obj view(Fatigue.Measured measured) {
    return Value.object(
        "requests", measured.requests(),
        "collapsed", measured.collapsed(),
        "answers", measured.answers(),
        "grants", measured.grants(),
        "quickGrants", measured.quickGrants(),
        "quickShare", Math.round(measured.quickShare() * 1_000) / 1_000.0,
        "medianSecondsToAnswer", measured.medianToAnswer().toSeconds(),
        "medianSecondsReading", measured.medianReading().toSeconds(),
        "identical", measured.identical(),
        "endings", measured.endings(),
        "perPerson",
            measured.perPerson().stream()
                .map(slot ->
                    (Value)
                        Value.object(
                            "person", slot.person(),
                            "hour", slot.hour().toString(),
                            "answers", slot.answers()))
                .toList(),
        "open",
            measured.open().stream()
                .map(open ->
                    (Value)
                        Value.object(
                            "tenant", open.tenant().value(),
                            "group", open.group(),
                            "open", open.open(),
                            "cap", Fatigue.CAPS.perGroup()))
                .toList());
  }
}

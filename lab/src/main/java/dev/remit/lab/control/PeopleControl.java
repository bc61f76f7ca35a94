package dev.remit.lab.control;

import dev.remit.lab.http.Call;
import dev.remit.lab.http.Endpoint;
import dev.remit.lab.http.Json;
import dev.remit.lab.http.Refusal;
import dev.remit.lab.http.Reply;
import dev.remit.lab.people.PeopleIssuers;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the control API changes at the issuers of people. */
final class PeopleControl {
  private final PeopleIssuers people;

  PeopleControl(PeopleIssuers people) {
    this.people = people;
  }

  void routing(HttpRouting.Builder routing, Function<Endpoint, Handler> handler) {
    routing.post("/v1/people/redirects", handler.apply(this::redirect));
    routing.post("/v1/people/{organisation}/accounts/{subject}", handler.apply(this::account));
    routing.post("/v1/people/{organisation}/faults", handler.apply(this::fault));
    routing.post("/v1/people/{organisation}/keys/rotate", handler.apply(this::rotate));
  }

  private Reply redirect(Call call) {
    Map<String, Object> json = call.json();
    Changes.only(json, "redirectUri");
    people.redirects().register(text(json, "redirectUri"));
    return Reply.ok(Json.object("redirectUris", people.redirects().all()));
  }

  private Reply account(Call call) {
    Map<String, Object> json = call.json();
    Changes.only(json, "groups", "active");
    Optional<Boolean> active = Optional.empty();
    if (json.containsKey("active")) {
      if (!(json.get("active") instanceof Boolean is)) {
        throw Refusal.badRequest("`active` is true or false");
      }
      active = Optional.of(is);
    }
    Optional<Set<String>> groups =
        json.containsKey("groups") ? Optional.of(groups(json.get("groups"))) : Optional.empty();
    return Reply.ok(
        PeopleIssuers.view(
            people
                .issuer(call.path("organisation"))
                .accounts()
                .change(call.path("subject"), groups, active)));
  }

  private static Set<String> groups(@Nullable Object value) {
    if (!(value instanceof List<?> items) || !items.stream().allMatch(String.class::isInstance)) {
      throw Refusal.badRequest("`groups` is a list of texts");
    }
    Set<String> groups = new TreeSet<>();
    items.forEach(item -> groups.add(String.valueOf(item)));
    return groups;
  }

  private Reply fault(Call call) {
    Map<String, Object> json = call.json();
    Changes.only(json, "fault");
    people.issuer(call.path("organisation")).failNext(text(json, "fault"));
    return Reply.empty(204);
  }

  private Reply rotate(Call call) {
    boolean drop = Boolean.TRUE.equals(call.json().get("drop"));
    return Reply.ok(Json.object("kid", people.issuer(call.path("organisation")).rotate(drop)));
  }

  private static String text(Map<String, Object> json, String name) {
    if (json.get(name) instanceof String text) {
      return text;
    }
    throw Refusal.badRequest("`" + name + "` must be a string");
  }
}

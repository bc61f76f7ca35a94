package dev.remit.lab.control;

import dev.remit.lab.estate.Estate;
import dev.remit.lab.http.Call;
import dev.remit.lab.http.Endpoint;
import dev.remit.lab.http.Json;
import dev.remit.lab.http.Refusal;
import dev.remit.lab.http.Reply;
import dev.remit.lab.oidc.FaultyTokens;
import dev.remit.lab.oidc.Issuer;
import dev.remit.lab.people.PeopleIssuers;
import dev.remit.lab.vendor.Fault;
import dev.remit.lab.vendor.Vendors;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;

/** The control API on its own listener; every call needs the control key as a bearer token. */
public final class ControlApi {
  private final Estate estate;
  private final Vendors vendors;
  private final DeskChanges desk;
  private final Issuer issuer;
  private final FaultyTokens faultyTokens;
  private final Changes changes;
  private final StateView state;
  private final PeopleIssuers people;
  private final byte[] key;
  private final Runnable resetAssets;

  public ControlApi(
      Estate estate,
      Vendors vendors,
      Issuer issuer,
      PeopleIssuers people,
      String key,
      Runnable resetAssets) {
    this.people = people;
    this.estate = estate;
    this.vendors = vendors;
    this.desk = new DeskChanges(estate);
    this.issuer = issuer;
    this.faultyTokens = new FaultyTokens(issuer);
    this.changes = new Changes(estate, vendors);
    this.state = new StateView(estate, vendors, people);
    this.key = key.getBytes(StandardCharsets.UTF_8);
    this.resetAssets = resetAssets;
  }

  /** Puts the endpoints on a listener. */
  public void routing(HttpRouting.Builder routing) {
    routing.get("/v1/state", handler(call -> Reply.ok(state.all())));
    routing.get("/v1/state/{part}", handler(call -> Reply.ok(state.part(call.path("part")))));
    routing.post("/v1/reset", handler(call -> reset()));
    routing.post("/v1/devices/{id}", handler(changes::device));
    routing.post("/v1/devices/{id}/services/{name}", handler(changes::service));
    routing.post("/v1/tickets", handler(changes::openTicket));
    routing.post("/v1/tickets/{id}", handler(desk::ticket));
    routing.post("/v1/articles/{id}", handler(desk::article));
    routing.post("/v1/alerts", handler(desk::alert));
    routing.post("/v1/triggers", handler(this::trigger));
    routing.delete("/v1/triggers", handler(call -> done(vendors::clearTriggers)));
    routing.post("/v1/faults", handler(this::fault));
    routing.delete("/v1/faults", handler(call -> done(vendors::clearFaults)));
    routing.post("/v1/jobs/hold", handler(call -> done(estate.jobs()::hold)));
    routing.post("/v1/jobs/release", handler(call -> done(estate.jobs()::release)));
    routing.post("/v1/timing", handler(changes::timing));
    routing.post("/v1/tokens", handler(this::token));
    routing.post("/v1/keys/rotate", handler(this::rotate));
    new PeopleControl(people).routing(routing, this::handler);
    routing.any((req, res) -> Refusal.notFound("no such endpoint").reply().send(res));
  }

  private Handler handler(Endpoint endpoint) {
    return (req, res) -> {
      Reply reply;
      try {
        Call call = Call.read(req);
        byte[] given = call.bearer().orElse("").getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(given, key)) {
          throw new Refusal(401, "invalid_token", "show the control key");
        }
        reply = endpoint.answer(call);
      } catch (Refusal e) {
        reply = e.reply();
      }
      reply.send(res);
    };
  }

  private static Reply done(Runnable act) {
    act.run();
    return Reply.empty(204);
  }

  private Reply reset() {
    vendors.reset();
    people.reset();
    estate.reset();
    resetAssets.run();
    return Reply.empty(204);
  }

  private Reply trigger(Call call) {
    Map<String, Object> json = call.json();
    Changes.only(json, "on", "after", "before", "device", "do");
    String on = String.valueOf(json.get("on"));
    if (on.equals("*")) {
      throw Refusal.badRequest("a trigger needs one operation");
    }
    vendors.of(on).triggers().arm(json, changes.act(Json.member(json, "do")));
    return Reply.empty(204);
  }

  private Reply fault(Call call) {
    Map<String, Object> json = call.json();
    Changes.only(
        json, "operation", "mode", "device", "times", "millis", "when", "location", "bytes");
    Fault fault = Fault.of(json);
    vendors.of(fault.operation()).faults().arm(fault);
    return Reply.empty(204);
  }

  private Reply token(Call call) {
    Map<String, Object> json = call.json();
    Changes.only(json, "subject", "audience", "fault", "key");
    return Reply.ok(
        Json.object(
            "token",
            faultyTokens.mint(
                String.valueOf(json.get("subject")),
                String.valueOf(json.get("audience")),
                String.valueOf(json.getOrDefault("fault", "none")),
                Optional.ofNullable(json.get("key")).map(String::valueOf))));
  }

  private Reply rotate(Call call) {
    boolean drop = Boolean.TRUE.equals(call.json().get("drop"));
    return Reply.ok(Json.object("kid", issuer.rotate(drop)));
  }
}

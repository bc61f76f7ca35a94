package dev.remit.web;

import dev.remit.core.advice.Advisor;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import dev.remit.web.Rig.Reply;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The access wire over real sockets, in front of an advisor, as an enforcement point sees it. */
final class AccessRig implements AutoCloseable {

  final Rig rig;

  AccessRig(Advisor advisor) {
    this(advisor, WireConfig.loopback(0, 0).with(Rig.QUICK));
  }

  AccessRig(Advisor advisor, WireConfig config) {
    rig = new Rig(config);
    rig.advisor = advisor;
  }

  /** Asks as an enforcement point of one tenant. */
  Reply ask(String path, String body) {
    return ask(path, body, Map.of());
  }

  /** The same with header fields added or replaced. */
  Reply ask(String path, String body, Map<String, String> fields) {
    var headers = new HashMap<>(Map.of("Authorization", "Bearer pep"));
    headers.putAll(fields);
    return rig.post(URI.create(rig.web.machinesUrl() + path), body, headers);
  }

  Reply evaluation(String body) {
    return ask("/access/v1/evaluation", body);
  }

  Reply evaluations(String body) {
    return ask("/access/v1/evaluations", body);
  }

  Reply search(String kind, String body) {
    return ask("/access/v1/search/" + kind, body);
  }

  /** The decision of a single answer; a whole, well-formed answer is demanded. */
  static boolean decision(Reply reply) {
    return decision(good(reply));
  }

  private static boolean decision(Value.Obj object) {
    if (object.get("decision").orElseThrow() instanceof Value.Bool(boolean claim)
        && object.get("context").map(Value.Obj.class::isInstance).orElse(true)) {
      return claim;
    }
    throw new AssertionError(Json.text(object));
  }

  /** The decisions of a batch, in order. */
  static List<Boolean> decisions(Reply reply) {
    var object = good(reply);
    if (object.get("decision").isPresent()) {
      throw new AssertionError("a batch has no decision of its own: " + reply.body());
    }
    var decisions = new ArrayList<Boolean>();
    array(object, "evaluations").forEach(item -> decisions.add(decision((Value.Obj) item)));
    return decisions;
  }

  /** The results of a search by their names. */
  static List<String> found(Reply reply, String wanted) {
    var names = new ArrayList<String>();
    for (var item : array(good(reply), "results")) {
      var result = (Value.Obj) item;
      if (wanted.equals("action")) {
        names.add(result.text("name").orElseThrow());
      } else if (result.text("type").equals(Optional.of(wanted))) {
        names.add(result.text("id").orElseThrow());
      } else {
        throw new AssertionError("another type than asked for: " + reply.body());
      }
    }
    return names;
  }

  static String nextToken(Reply reply) {
    return good(reply).object("page").flatMap(page -> page.text("next_token")).orElseThrow();
  }

  private static List<Value> array(Value.Obj object, String name) {
    if (object.get(name).orElseThrow() instanceof Value.Array(List<Value> items)) {
      return items;
    }
    throw new AssertionError(Json.text(object));
  }

  private static Value.Obj good(Reply reply) {
    if (reply.status() != 200 || !reply.header("Content-Type").equals("application/json")) {
      throw new AssertionError(
          reply.status() + " " + reply.header("Content-Type") + ": " + reply.body());
    }
    return reply.json();
  }

  @Override
  public void close() {
    rig.close();
  }
}

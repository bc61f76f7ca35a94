package dev.remit.cedar;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.remit.cedar.json.JsonReader;
import dev.remit.cedar.request.Entities;
import dev.remit.cedar.request.Facts;
import dev.remit.cedar.value.EntityUid;
import dev.remit.cedar.value.ValueReader;
import dev.remit.cedar.value.ValueRecord;

/** Asks both engines about one condition and insists that they agree. */
final class Ask {
  static final String ENTITIES =
      """
      [{"uid": {"type": "U", "id": "ann"},
        "attrs": {"name": "Ann", "level": 3, "home": {"__entity": {"type": "G", "id": "eu"}},
          "roles": ["a", "b"], "address": {"city": "Bern", "no": {"odd": true}}},
        "parents": [{"type": "G", "id": "team"}],
        "tags": {"t": "v", "é 😀": 1}},
       {"uid": {"type": "G", "id": "team"}, "attrs": {}, "parents": [{"type": "G", "id": "eu"}]},
       {"uid": {"type": "G", "id": "eu"}, "attrs": {}, "parents": [{"type": "G", "id": "world"}]},
       {"uid": {"type": "Action", "id": "read"}, "attrs": {},
        "parents": [{"type": "Action", "id": "any"}]}]
      """;
  static final String CONTEXT =
      """
      {"text": "1.0", "n": 7, "max": 9223372036854775807, "min": -9223372036854775808,
       "yes": true, "set": [1, 2, 2, [1]], "empty": [], "rec": {"a": {"b": 1}},
       "ip": {"__extn": {"fn": "ip", "arg": "10.1.2.3"}},
       "dec": {"__extn": {"fn": "decimal", "arg": "1.50"}},
       "at": {"__extn": {"fn": "datetime", "arg": "2024-02-29T12:30:00.250Z"}},
       "span": {"__extn": {"fn": "duration", "arg": "1d2h"}},
       "bad": "half", "smile": "a😀b"}
      """;

  private Ask() {}

  /** {@code true}, {@code false} or {@code error}, as both engines say. */
  static String eval(String condition) {
    return policy("permit (principal, action, resource) when { " + condition + " };");
  }

  static String policy(String policy) {
    String json = Official.json(policy);
    var answer = PolicySet.read(json).orThrow().decide(facts());
    String ours = Official.words(answer);
    String theirs = Official.words(Official.ask(request(json)));
    if (!ours.equals(theirs)) {
      throw new AssertionError(policy + ": ours " + ours + ", theirs " + theirs);
    }
    return answer.failures().isEmpty() ? String.valueOf(answer.isAllowed()) : "error";
  }

  /** Why the condition fails. */
  static String failure(String condition) {
    String json = Official.json("permit (principal, action, resource) when { " + condition + " };");
    return PolicySet.read(json).orThrow().decide(facts()).failures().stream()
        .map(failure -> failure.failure().message())
        .findFirst()
        .orElse("none");
  }

  static Facts facts() {
    return new Facts(
        new EntityUid("U", "ann"),
        new EntityUid("Action", "read"),
        new EntityUid("R", "unknown"),
        (ValueRecord) ValueReader.read(JsonReader.read(CONTEXT)),
        Entities.read(ENTITIES).orThrow());
  }

  private static ObjectNode request(String policies) {
    try {
      var request = Official.MAPPER.createObjectNode();
      request.set("principal", uid("U", "ann"));
      request.set("action", uid("Action", "read"));
      request.set("resource", uid("R", "unknown"));
      request.set("context", Official.MAPPER.readTree(CONTEXT));
      request.set("entities", Official.MAPPER.readTree(ENTITIES));
      request.set("policies", Official.MAPPER.readTree(policies));
      request.putNull("schema");
      request.put("validateRequest", false);
      return request;
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ObjectNode uid(String type, String id) {
    var escaped = Official.MAPPER.createObjectNode();
    escaped.putObject("__entity").put("type", type).put("id", id);
    return escaped;
  }
}

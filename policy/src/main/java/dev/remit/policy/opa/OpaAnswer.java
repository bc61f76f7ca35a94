package dev.remit.policy.opa;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;

/** What came back; only {@link Allowed} lets a decision stand. */
sealed interface OpaAnswer {

  /** OPA said so. */
  record Allowed() implements OpaAnswer {}

  /** OPA said no; {@code why} is what its policy gave as reason, for evidence. */
  record Refused(String why) implements OpaAnswer {}

  /** Nothing that counts as an answer came back. */
  record None(String detail) implements OpaAnswer {}

  /**
   * Reads a body of status 200: {@code {"result": {"allow": true}}}, with {@code reason} as text
   * beside {@code allow} if the policy gives one. A missing {@code result} is an undefined
   * document.
   */
  static OpaAnswer read(byte[] body) {
    Value.Obj answer;
    try {
      answer = Json.parseObject(body);
    } catch (InvalidValueException e) {
      return new None("the answer is no JSON object");
    }
    if (answer.get("result").isEmpty()) {
      return new None("the document is undefined there");
    }
    var result = answer.object("result");
    if (result.isEmpty() || !(result.get().get("allow").orElse(null) instanceof Value.Bool allow)) {
      return new None("the document is not an object with a truth value `allow`");
    }
    return allow.value() ? new Allowed() : new Refused(shortened(result.get()));
  }

  private static String shortened(Value.Obj result) {
    String reason = result.text("reason").orElse("");
    return reason.substring(0, Math.min(reason.length(), 200));
  }
}

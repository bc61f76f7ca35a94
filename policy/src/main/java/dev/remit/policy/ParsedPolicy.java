package dev.remit.policy;

import com.cedarpolicy.model.exception.InternalException;
import com.cedarpolicy.model.policy.Policy;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A policy as the official parser understands it. */
record ParsedPolicy(JsonNode json) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /**
   * Parses exactly one static policy.
   *
   * @throws UnreadablePolicyException with the parser's words
   */
  static ParsedPolicy of(String text) {
    try {
      return new ParsedPolicy(MAPPER.readTree(Policy.parseStaticPolicy(text).toJson()));
    } catch (InternalException e) {
      throw new UnreadablePolicyException(String.join("; ", e.getErrors()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cedar's own json form does not parse", e);
    }
  }

  /** What came of reading a text. */
  sealed interface Reading {}

  /** It is one policy. */
  record Parsed(ParsedPolicy policy) implements Reading {}

  /** It is none, in the parser's words. */
  record Unreadable(String words) implements Reading {}

  /** Parses a text that may be no policy. */
  static Reading read(String text) {
    try {
      return new Parsed(of(text));
    } catch (UnreadablePolicyException e) {
      return new Unreadable(String.valueOf(e.getMessage()));
    }
  }

  boolean isForbid() {
    return json.path("effect").asText().equals("forbid");
  }

  Optional<String> annotation(String name) {
    var value = json.path("annotations").get(name);
    return value != null && value.isTextual() ? Optional.of(value.asText()) : Optional.empty();
  }

  /** The names of its annotations. */
  Set<String> annotations() {
    var names = new TreeSet<String>();
    json.path("annotations").fieldNames().forEachRemaining(names::add);
    return names;
  }

  Scope scope() {
    return Scope.of(json);
  }

  /** Cedar cannot read a policy. */
  static final class UnreadablePolicyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadablePolicyException(String message) {
      super(message.replace("Internal JNI Error: ", ""));
    }
  }
}

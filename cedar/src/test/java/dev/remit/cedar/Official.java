package dev.remit.cedar;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.policy.PolicySet;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.TreeSet;

/** The official library, asked in its own JSON, so that nothing of ours prepares its question. */
final class Official {
  static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Method CALL = call();

  private Official() {}

  private static Method call() {
    try {
      new BasicAuthorizationEngine();
      var method =
          BasicAuthorizationEngine.class.getDeclaredMethod(
              "callCedarJNI", String.class, String.class);
      method.setAccessible(true);
      return method;
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the official library has another shape", e);
    }
  }

  /** The official JSON form of policies in Cedar text. */
  static String json(String policies) {
    try {
      return PolicySet.parsePolicies(policies).toJson();
    } catch (AuthException | java.io.IOException e) {
      throw new IllegalArgumentException(policies, e);
    }
  }

  /** What the official engine answers to one of its requests, in its own words. */
  static JsonNode ask(ObjectNode request) {
    try {
      return MAPPER.readTree(
          (String) CALL.invoke(null, "AuthorizationOperation", MAPPER.writeValueAsString(request)));
    } catch (java.io.IOException | IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The answer in the words in which {@link #words(Answer)} puts ours. */
  static String words(JsonNode answer) {
    var response = answer.path("response");
    var reasons = new TreeSet<String>();
    var errors = new TreeSet<String>();
    response.path("diagnostics").path("reason").forEach(id -> reasons.add(id.asText()));
    response
        .path("diagnostics")
        .path("errors")
        .forEach(error -> errors.add(error.path("policyId").asText()));
    return response.path("decision").asText().toLowerCase(java.util.Locale.ROOT)
        + " "
        + reasons
        + " "
        + errors;
  }

  /** Decision, reasons and the policies that erred. */
  static String words(Answer answer) {
    var errors = new TreeSet<String>();
    answer.failures().forEach(failure -> errors.add(failure.policy()));
    return (answer.isAllowed() ? "allow " : "deny ")
        + new TreeSet<>(answer.determining())
        + " "
        + errors;
  }
}

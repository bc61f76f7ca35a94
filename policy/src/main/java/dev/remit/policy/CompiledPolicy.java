package dev.remit.policy;

import com.cedarpolicy.model.policy.Policy;
import com.fasterxml.jackson.databind.JsonNode;
import dev.remit.cedar.json.Json;
import dev.remit.cedar.json.JsonReader;
import dev.remit.core.call.Tool;
import dev.remit.core.decision.ReasonCode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** One policy as it is evaluated, with what its annotations say and where it came from. */
public final class CompiledPolicy {
  private final String id;
  private final Layer layer;
  private final Origin origin;
  private final String text;
  private final boolean isForbid;
  private final Optional<String> ask;
  private final ReasonCode reason;
  private final Scope scope;
  private final Policy policy;
  private final JsonNode json;
  private final Optional<Duration> exception;
  private final List<String> serves;

  CompiledPolicy(PolicyText source, ParsedPolicy parsed) {
    this.id = source.id();
    this.layer = source.layer();
    this.origin = source.origin();
    this.text = source.text();
    this.isForbid = parsed.isForbid();
    this.ask = parsed.annotation("ask");
    this.reason = parsed.annotation("reason").flatMap(Reasons::parse).orElse(ReasonCode.GUARDRAIL);
    this.scope = parsed.scope();
    this.policy = new Policy(text, id);
    this.json = parsed.json();
    this.exception = parsed.annotation("exception").flatMap(Spans::parse);
    this.serves = Annotations.serves(parsed);
  }

  /** The value of its {@code @id}. */
  public String id() {
    return id;
  }

  /** How far it reaches. */
  public Layer layer() {
    return layer;
  }

  /** Where it was written. */
  public Origin origin() {
    return origin;
  }

  /** Cedar text with annotations. */
  public String text() {
    return text;
  }

  /** Whether it forbids; else it permits. */
  public boolean isForbid() {
    return isForbid;
  }

  /** The ask rule whose approval lifts it, if it asks. */
  public Optional<String> ask() {
    return ask;
  }

  /** What a refusal by it is called in evidence. */
  public ReasonCode reason() {
    return reason;
  }

  /** The longest that an exception may lift it, if one may. */
  public Optional<Duration> exception() {
    return exception;
  }

  /** The control objectives it serves, such as {@code nist-csf-2.0/PR.AA-05}. */
  public List<String> serves() {
    return serves;
  }

  /** Cedar's JSON form of the policy, as the compiled engine reads it. */
  public Json.Obj form() {
    return JsonReader.read(json.toString()).object();
  }

  /** The only tenant whose targets it is for, if its head names one. */
  public Optional<String> tenant() {
    return scope.resourceTenant().or(scope::principalTenant);
  }

  /** Whether its head can match a call of this tool. */
  public boolean concernsTool(Tool tool) {
    var names = new HashSet<>(CedarSchema.groupsOf(tool));
    names.add(tool.name());
    var type = json.path("resource").path("entity_type").asText();
    boolean isOfKind =
        type.isEmpty()
            || (tool.targets().isEmpty()
                ? type.equals("Tenant")
                : tool.targets().stream()
                    .anyMatch(target -> Kinds.entityType(target.kind()).equals(type)));
    return scope.canMatchAction(names) && isOfKind;
  }

  /** Whether it can match in a task of this class: a condition may name another one. */
  public boolean concernsTaskClass(String name) {
    for (var condition : json.path("conditions")) {
      var sides = condition.path("body").path("==");
      boolean isOfClass =
          condition.path("kind").asText().equals("when")
              && sides.path("left").path(".").path("attr").asText().equals("class")
              && sides
                  .path("left")
                  .path(".")
                  .path("left")
                  .path(".")
                  .path("attr")
                  .asText()
                  .equals("task");
      if (isOfClass && !sides.path("right").path("Value").asText().equals(name)) {
        return false;
      }
    }
    return true;
  }

  Scope scope() {
    return scope;
  }

  Policy policy() {
    return policy;
  }

  /** Cedar's JSON form. */
  JsonNode json() {
    return json;
  }
}

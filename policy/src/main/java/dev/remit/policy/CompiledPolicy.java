package dev.remit.policy;

import com.cedarpolicy.model.policy.Policy;
import com.fasterxml.jackson.databind.JsonNode;
import dev.remit.core.decision.ReasonCode;
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

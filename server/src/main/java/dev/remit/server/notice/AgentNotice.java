package dev.remit.server.notice;

import dev.remit.core.value.Value;
import java.time.Instant;

/**
 * What people of the MSP are told of an agent in the register: that it was suspended, or that its
 * owner has to certify it soon. No reason that somebody typed, and no name of a person.
 *
 * @param id the same for each repetition, so that receivers drop what they know
 * @param cause why it was suspended, such as {@code owner-gone}; empty for what is only due
 * @param at when it was suspended, or until when it has to be certified
 * @param link where a person reads it after signing in; it opens nothing by itself
 */
public record AgentNotice(
    String id, Kind kind, String agentClass, String cause, Instant at, String link) {

  /** What is told. */
  public enum Kind {
    SUSPENDED("agent.suspended"),
    CERTIFICATION_DUE("agent.certification-due");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** As programs read it. */
    public String text() {
      return text;
    }
  }

  /** In a line. */
  String heading() {
    return switch (kind) {
      case SUSPENDED -> "the agent " + agentClass + " is suspended";
      case CERTIFICATION_DUE -> "the agent " + agentClass + " has to be certified";
    };
  }

  /** For a person. */
  String text() {
    var what =
        switch (kind) {
          case SUSPENDED ->
              "The agent "
                  + agentClass
                  + " works no more since "
                  + at
                  + words()
                  + ". It comes back when its owner and another person who oversees launch it"
                  + " again.";
          case CERTIFICATION_DUE ->
              "The owner of the agent "
                  + agentClass
                  + " has to certify it until "
                  + at
                  + ". Afterwards it is suspended.";
        };
    return what
        + "\n\nSee to it here after signing in:\n"
        + link
        + "\n\nThis link opens nothing by itself.\n";
  }

  private String words() {
    return switch (cause) {
      case "owner-gone" -> ", because its owner is gone";
      case "not-certified" -> ", because its owner did not certify it in time";
      case "suspended" -> ", by a person's order";
      default -> "";
    };
  }

  /** As a program reads it. */
  Value.Obj json(Instant now) {
    var data = Value.object("agentClass", agentClass, "at", at.toString(), "link", link);
    return Value.object(
        "type",
        kind.text(),
        "timestamp",
        now.toString(),
        "data",
        cause.isEmpty() ? data : data.with("cause", Value.of(cause)));
  }
}

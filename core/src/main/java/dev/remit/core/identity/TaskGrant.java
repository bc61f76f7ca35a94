package dev.remit.core.identity;

import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a task token will say (RFC 8693, section 2.2; RFC 9396).
 *
 * @param requester who asked, as the task's ground names them: {@code sub}
 * @param actors whoever acts, the present one first: {@code act}, nested (RFC 8693, section 4.1)
 * @param details the one entry of {@code authorization_details}, of type {@code msp_task}
 * @param task the name of the task in it
 * @param agent the agent that may work on it
 * @param binding the key that the holder must prove
 * @param until when the task ends: no token of it lives longer
 * @param mayAct the agent that may take work over by showing the token: {@code may_act} (RFC 8693,
 *     section 4.4)
 */
public record TaskGrant(
    String requester,
    List<String> actors,
    Value.Obj details,
    String task,
    AgentId agent,
    Binding binding,
    Instant until,
    Optional<AgentId> mayAct) {

  public TaskGrant {
    actors = List.copyOf(actors);
    if (actors.isEmpty()) {
      throw new IllegalStateException("somebody acts on a task");
    }
  }

  /** A token that nobody takes work over by. */
  public TaskGrant(
      String requester,
      List<String> actors,
      Value.Obj details,
      String task,
      AgentId agent,
      Binding binding,
      Instant until) {
    this(requester, actors, details, task, agent, binding, until, Optional.empty());
  }

  /** How a token is bound to its holder ({@code cnf}, RFC 7800). */
  public sealed interface Binding {}

  /** By the thumbprint of a key (RFC 9449, section 6): {@code jkt}. */
  public record ByKey(String thumbprint) implements Binding {}

  /** By the thumbprint of a client certificate (RFC 8705, section 3.1): {@code x5t#S256}. */
  public record ByCertificate(String thumbprint) implements Binding {}
}

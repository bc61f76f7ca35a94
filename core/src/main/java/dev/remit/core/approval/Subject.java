package dev.remit.core.approval;

import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.identity.PersonId;
import dev.remit.core.task.TaskId;
import dev.remit.core.value.Value;
import java.util.Optional;

/** What a proposal is about. */
public sealed interface Subject {

  /** The word that entries and pages use: {@code call}, {@code key} or {@code lift}. */
  String kind();

  /**
   * One exact call of an agent.
   *
   * @param arguments the canonical arguments, kept so that exactly this call runs
   * @param idempotencyKey what the caller gave to tell repetitions from new calls
   */
  record OfCall(
      TaskId task,
      AgentId agent,
      InstanceId instance,
      String tool,
      Value.Obj arguments,
      Optional<String> idempotencyKey)
      implements Subject {
    @Override
    public String kind() {
      return "call";
    }
  }

  /**
   * The registration of a person's key.
   *
   * @param name what to call the person on a page
   */
  record OfKey(PersonKey key, String name) implements Subject {
    @Override
    public String kind() {
      return "key";
    }
  }

  /**
   * The lift of a kill.
   *
   * @param scope the kill's scope, as its own text
   * @param isClients whether the client ordered it, so that only the client lifts it
   * @param asker the person who wants it lifted
   * @param reason why it may go on, in the asker's words
   */
  record OfLift(String scope, boolean isClients, PersonId asker, String reason) implements Subject {
    @Override
    public String kind() {
      return "lift";
    }
  }
}

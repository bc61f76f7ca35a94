package dev.remit.core.approval;

import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.identity.PersonId;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a proposal is about. */
public sealed interface Subject {

  /** The word that entries and pages use, such as {@code call}, {@code plan} or {@code key}. */
  String kind();

  /** What an agent wants to do within its task. */
  sealed interface OfAgent extends Subject {
    TaskId task();

    AgentId agent();

    InstanceId instance();
  }

  /**
   * Exact calls of an agent in their order, answered as one.
   *
   * @param steps 1 to 20 of them
   */
  record OfPlan(TaskId task, AgentId agent, InstanceId instance, List<PlanStep> steps)
      implements OfAgent {
    public OfPlan {
      steps = List.copyOf(steps);
      if (steps.isEmpty() || steps.size() > PlanStep.MOST) {
        throw new InvalidValueException("a plan has 1 to " + PlanStep.MOST + " steps");
      }
    }

    @Override
    public String kind() {
      return "plan";
    }
  }

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
      implements OfAgent {
    @Override
    public String kind() {
      return "call";
    }
  }

  /**
   * The registration of a person's key.
   *
   * @param name what to call the person on a page
   * @param emailDigest of the person's address, as {@link Asker} has it
   */
  record OfKey(PersonKey key, String name, Optional<String> emailDigest) implements Subject {
    /** Who asks for it: the one it belongs to. */
    public Asker asker() {
      return new Asker(key.person(), emailDigest);
    }

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
  record OfLift(String scope, boolean isClients, Asker asker, String reason) implements Subject {
    @Override
    public String kind() {
      return "lift";
    }
  }

  /**
   * A counted number of equal calls at exactly the same targets, let through beforehand.
   *
   * @param arguments of one such call; values of those in {@code free} do not matter
   * @param free names of arguments that may differ
   * @param uses how often, counted over all tasks of this class
   * @param until when it ends
   * @param asker the person who wants it
   * @param reason why, in the asker's words
   * @param match the digest of all that must be the same each time
   */
  record OfStanding(
      AgentId agent,
      String taskClass,
      String tool,
      Value.Obj arguments,
      Set<String> free,
      int uses,
      Instant until,
      Asker asker,
      String reason,
      String match)
      implements Subject {
    public OfStanding {
      free = Set.copyOf(free);
    }

    @Override
    public String kind() {
      return "standing";
    }
  }

  /**
   * A level of autonomy more, for a class of agents at one tenant in one task class.
   *
   * @param revision of the stored level that it follows; 0 when none is stored
   * @param evidence the figures that were shown, from the log as far as {@code position}
   * @param owner the workspace's name of the agents' owner
   * @param asker the person who wants it
   * @param reason why, in the asker's words
   */
  record OfPromotion(
      TenantId tenant,
      AgentClassId agentClass,
      String taskClass,
      AutonomyLevel from,
      AutonomyLevel to,
      long revision,
      Value.Obj evidence,
      long position,
      String owner,
      Asker asker,
      String reason)
      implements Subject {
    @Override
    public String kind() {
      return "promotion";
    }
  }

  /**
   * The keeping of bodies: lifting a legal hold, or erasing one entry's body.
   *
   * @param what the hold's name, or the entry's
   * @param asker the person who wants it
   * @param reason why, in the asker's words
   */
  record OfBodies(Act act, TenantId tenant, String what, Asker asker, String reason)
      implements Subject {

    /** What is wanted. */
    public enum Act {
      LIFT_HOLD,
      ERASE
    }

    @Override
    public String kind() {
      return act == Act.LIFT_HOLD ? "hold-lift" : "erasure";
    }
  }

  /**
   * That a class of agents works, for the first time or again.
   *
   * @param boundaries what it may reach, as {@code dev.remit.core.register} writes it
   * @param revision of its row in the register that this follows
   * @param owner the person who answers for it, and who has to sign
   * @param asker the person who wants it
   * @param reason why, in the asker's words
   */
  record OfLaunch(
      AgentClassId agentClass,
      Value.Obj boundaries,
      long revision,
      PersonId owner,
      Asker asker,
      String reason)
      implements Subject {
    @Override
    public String kind() {
      return "launch";
    }
  }
}

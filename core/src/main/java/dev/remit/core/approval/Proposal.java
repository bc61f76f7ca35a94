package dev.remit.core.approval;

import dev.remit.core.task.TaskClass.Answers;
import dev.remit.core.task.TaskClass.AskRule;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Something that waits for people, named by its digest.
 *
 * <p>A state in a store is only a note: whoever uses a granted proposal checks every answer again.
 *
 * @param digest covers everything that the answers are about
 * @param rules whose answers are wanted; all rules must be satisfied
 * @param facts what its card shows beside the subject, as it was when people were asked
 * @param useBy until when it may be used; absent unless it was granted
 */
public record Proposal(
    ProposalId id,
    TenantId tenant,
    Subject subject,
    String digest,
    List<AskRule> rules,
    Parties parties,
    Value.Obj facts,
    Instant askedAt,
    Instant answerBy,
    Optional<Instant> useBy,
    State state) {

  public Proposal {
    rules = List.copyOf(rules);
  }

  /** The call that waits, if it is one. */
  public Optional<Subject.OfCall> call() {
    return subject instanceof Subject.OfCall call ? Optional.of(call) : Optional.empty();
  }

  /** What an agent wants to do, call or plan, if it is that. */
  public Optional<Subject.OfAgent> ofAgent() {
    return subject instanceof Subject.OfAgent wanted ? Optional.of(wanted) : Optional.empty();
  }

  /** The plan that waits, if it is one. */
  public Optional<Subject.OfPlan> plan() {
    return subject instanceof Subject.OfPlan plan ? Optional.of(plan) : Optional.empty();
  }

  /** The task it belongs to; what belongs to none goes by its kind. */
  public TaskId task() {
    return ofAgent().map(Subject.OfAgent::task).orElseGet(() -> new TaskId(subject.kind()));
  }

  /** The groups whose answers are wanted. */
  public Set<String> groups() {
    return rules.stream()
        .flatMap(rule -> rule.from().stream())
        .map(Answers::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * The same act again, whatever its other arguments: the tool with its targets. All plans of a
   * task are one act, for a step more makes no new wish of it.
   */
  public String act() {
    if (plan().isPresent()) {
      return "plan";
    }
    var targets = new TreeSet<String>();
    for (var target : facts.items("targets")) {
      if (target instanceof Value.Obj seen) {
        targets.add(seen.text("kind").orElse("") + "/" + seen.text("id").orElse(""));
      }
    }
    return call().map(Subject.OfCall::tool).orElse(subject.kind()) + " " + targets;
  }

  /** Where it stands as of this moment: past its time to answer or to use it is expired. */
  public State stateAt(Instant instant) {
    boolean isLate =
        switch (state) {
          case OPEN -> !instant.isBefore(answerBy);
          case GRANTED -> useBy.filter(instant::isBefore).isEmpty();
          case REFUSED, EXPIRED, WITHDRAWN, CONSUMED, STALE -> false;
        };
    return isLate ? State.EXPIRED : state;
  }

  /** The same proposal with these rules and parties in place of the stored ones. */
  public Proposal asking(List<AskRule> wanted, Parties excluded) {
    return new Proposal(
        id, tenant, subject, digest, wanted, excluded, facts, askedAt, answerBy, useBy, state);
  }

  /** The same proposal in another state. */
  public Proposal in(State next, Optional<Instant> usableUntil) {
    return new Proposal(
        id, tenant, subject, digest, rules, parties, facts, askedAt, answerBy, usableUntil, next);
  }

  /** Where a proposal stands. Silence is a no. */
  public enum State {
    OPEN,
    GRANTED,
    REFUSED,
    EXPIRED,
    WITHDRAWN,
    CONSUMED,
    STALE;

    /** Whether it may still lead to something. */
    public boolean isLive() {
      return this == OPEN || this == GRANTED;
    }
  }
}

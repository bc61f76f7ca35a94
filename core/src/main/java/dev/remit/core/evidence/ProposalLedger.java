package dev.remit.core.evidence;

import dev.remit.core.approval.Answer;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.call.CallId;
import dev.remit.core.execution.Outcome;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The store of proposals and their answers; each change commits together with its entries.
 *
 * <p>It orders what happens and forgets nothing. It is no authority: whoever acts on a state or an
 * answer found here checks the signatures again.
 */
public interface ProposalLedger {

  /**
   * Stores a proposal with the decision it comes from and the request, or finds the open one of the
   * same tenant, task and digest: equal proposals collapse. Empty when too many wait already.
   */
  Optional<Proposal> propose(Proposal proposal, Caps caps, Optional<Entry> decision, Entry request);

  /** The proposal of this tenant with this handle. */
  Optional<Proposal> find(TenantId tenant, ProposalId id);

  /** The youngest proposal of this task with this digest, however it ended. */
  Optional<Proposal> latest(TenantId tenant, TaskId task, String digest);

  /** Open and granted proposals whose time is over, over all tenants. */
  List<Proposal> overdue(Instant at);

  /** Ends an open or granted proposal; false when it had ended already. */
  boolean end(Proposal proposal, Proposal.State state, Entry entry);

  /** Proposals of a tenant, newest first, at most {@code limit}. */
  List<Proposal> list(TenantId tenant, int limit);

  /** Open and granted proposals of a task. */
  List<Proposal> liveOf(TenantId tenant, TaskId task);

  /** How many proposals of this task about the same act people refused. */
  int refusalsOf(TenantId tenant, TaskId task, String act);

  /** Open proposals of these tenants in time, the one that ends first coming first. */
  List<Proposal> inbox(Set<TenantId> tenants, Instant at, Optional<Place> after, int limit);

  /**
   * Stores an answer while its proposal is open and its key is live, and notes the key's counter.
   *
   * @param counter as the signature said it; one that is not higher than the last is refused unless
   *     both are zero (Web Authentication Level 2, section 6.1.1)
   */
  Given answer(TenantId tenant, Answer answer, long counter, Entry entry);

  /** All answers of a proposal, oldest first. */
  List<Answer> answers(TenantId tenant, ProposalId id);

  /** All answers of these proposals, oldest first. */
  Map<ProposalId, List<Answer>> answers(List<Proposal> proposals);

  /** Grants an open proposal in time; false when it was none. */
  boolean grant(Proposal proposal, Instant at, Instant useBy, Entry entry);

  /**
   * Makes a step of a granted plan usable by one call, under {@link ProposalId#ofStep}; opening it
   * again changes nothing, and what ends the plan ends it.
   *
   * @return false when the plan is not granted or its time is over
   */
  boolean openStep(Proposal plan, int step, Instant at);

  /**
   * Standing approvals of a tenant that wait or were granted; of this act alone, if one is given.
   */
  List<Stored> standing(TenantId tenant, Optional<String> act);

  /**
   * Makes one more use of a granted standing approval usable by one call of this task, under {@link
   * ProposalId#ofStep}. It is used up when a call is admitted by it; until then it stays free.
   *
   * @param uses how many there are, 20 at most
   * @return which one, counted from 1; zero when none is left, or it is not in force
   */
  int openUse(Proposal standing, TaskId task, int uses, Instant at);

  /** A standing approval and how many of its uses are used up. */
  record Stored(Proposal proposal, int used) {}

  /** The call that consumed a granted proposal, and its first outcome once it has one. */
  Optional<Use> use(TenantId tenant, ProposalId id);

  /** Notes that the same was asked again while it waits. */
  void askedAgain(Proposal proposal);

  /** What people answered since then at these tenants: the latest 10,000, oldest first. */
  List<Answered> answeredSince(Set<TenantId> tenants, Instant since);

  /**
   * What was asked of people at these tenants since then, and what waits now.
   *
   * @param refusals so many refusals of one act end a task
   */
  Load load(Set<TenantId> tenants, Instant since, Instant at, int refusals);

  /** How many proposals may wait at once: of one task, and for one group at one tenant. */
  record Caps(int perTask, int perGroup) {}

  /** Where a page of the inbox ended. */
  record Place(Instant answerBy, TenantId tenant, ProposalId id) {}

  /** A call that was made by an approval. */
  record Use(CallId call, Instant at, Optional<Outcome> outcome) {}

  /**
   * One answer in time.
   *
   * @param readAt when the person who answered first opened the card, if they did
   */
  record Answered(
      String person,
      String act,
      Instant askedAt,
      Optional<Instant> readAt,
      Instant answeredAt,
      boolean isGrant) {}

  /**
   * How much was asked.
   *
   * @param requests how many proposals were made
   * @param collapsed how often the same was asked again while it waited
   * @param endings how many tasks were told no about one act so often that they ended
   * @param open what waits now, the longest queue first
   */
  record Load(int requests, int collapsed, int endings, List<OpenOf> open) {
    public Load {
      open = List.copyOf(open);
    }
  }

  /** So many proposals wait for one group at one tenant. */
  record OpenOf(TenantId tenant, String group, int open) {}

  /** What became of an answer. */
  enum Given {
    COUNTED,
    /** The proposal is not open any more. */
    CLOSED,
    /** This person or this key has answered before. */
    ALREADY,
    /** The key is not live, not this person's, or its counter went back. */
    KEY_REFUSED
  }
}

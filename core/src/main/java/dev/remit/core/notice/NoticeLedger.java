package dev.remit.core.notice;

import dev.remit.core.approval.ProposalId;
import dev.remit.core.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The durable memory of what people are told.
 *
 * <p>A change of a proposal notes its event in the same commit. An event becomes one delivery per
 * channel, once for ever; a delivery is claimed by one sender at a time and ended by it. A sender
 * that dies lets go of its claim by its end, so a crash repeats at most what was on its way.
 */
public interface NoticeLedger {

  /**
   * Something about a proposal that people are told of from {@code dueAt} on.
   *
   * @param dueAt may lie in the past
   */
  record Event(TenantId tenant, ProposalId proposal, NoticeKind kind, Instant dueAt) {}

  /**
   * One event for one channel.
   *
   * @param tries how often it failed before
   * @param until from then on nobody tries
   */
  record Delivery(
      TenantId tenant,
      ProposalId proposal,
      NoticeKind kind,
      String channel,
      int tries,
      Instant until) {}

  /** Events that are due and not planned yet, the oldest first. */
  List<Event> due(Instant at, int limit);

  /**
   * Turns an event into deliveries by these channels and notes what follows from it. Planned again
   * it changes nothing.
   */
  void plan(Event event, Set<String> channels, Instant at, Instant until, List<Event> following);

  /** Channels that were to be told that this waits, whether they were reached or not. */
  Set<String> asked(TenantId tenant, ProposalId proposal);

  /**
   * Takes the next delivery of a channel that is due, for this sender alone until {@code
   * claimedUntil}. Those in vain meanwhile are ended on the way: too late, or asking for what was
   * answered. The first notice of a client's new key is never in vain.
   */
  Optional<Delivery> claim(String channel, Instant at, Instant claimedUntil);

  /** It was told; nobody is told again. */
  void told(Delivery delivery, Instant at);

  /** It could not be told; it is claimed again from {@code next} on. */
  void postpone(Delivery delivery, Instant next);
}

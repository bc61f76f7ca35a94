package dev.remit.server.notice;

import dev.remit.core.approval.Proposal;
import dev.remit.core.notice.NoticeLedger;
import dev.remit.core.notice.NoticeLedger.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Sends what one channel has to tell, one after the other; a channel that hangs holds up itself
 * alone. Owned by one thread.
 *
 * <p>After a failure the channel rests for a growing pause, and so does that one notice, so that
 * neither a dead server is hammered nor one notice that it dislikes keeps back the others.
 */
final class Sender {

  private static final System.Logger LOG = System.getLogger(Sender.class.getName());
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_REST = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
  private static final Duration MARGIN = Duration.ofSeconds(10);

  private final Channel channel;
  private final NoticeLedger ledger;
  private final Planner.Proposals proposals;
  private final Function<Proposal, String> link;
  private final Duration deadline;
  private final InstantSource clock;
  private int failures;
  private Instant restsUntil = Instant.MIN;

  /**
   * @param deadline how long one notice may take
   */
  Sender(
      Channel channel,
      NoticeLedger ledger,
      Planner.Proposals proposals,
      Function<Proposal, String> link,
      Duration deadline,
      InstantSource clock) {
    this.channel = channel;
    this.ledger = ledger;
    this.proposals = proposals;
    this.link = link;
    this.deadline = deadline;
    this.clock = clock;
  }

  String name() {
    return channel.name();
  }

  /** Sends all that is due, or as far as the channel takes it. */
  void round() {
    while (!Thread.currentThread().isInterrupted()) {
      var now = clock.instant();
      if (now.isBefore(restsUntil)) {
        return;
      }
      var next = ledger.claim(channel.name(), now, now.plus(deadline).plus(MARGIN));
      if (next.isEmpty()) {
        return;
      }
      send(next.get(), now);
    }
  }

  private void send(Delivery delivery, Instant now) {
    var proposal = proposals.find(delivery.tenant(), delivery.proposal());
    if (proposal.isEmpty()
        || isInTime(
            Notice.of(delivery.kind(), proposal.get(), now, link.apply(proposal.get())), now)) {
      failures = 0;
      ledger.told(delivery, clock.instant());
      return;
    }
    var at = clock.instant();
    restsUntil = at.plus(pause(failures, LONGEST_REST));
    ledger.postpone(delivery, at.plus(pause(delivery.tries(), LONGEST_PAUSE)));
    if (failures++ == 0) {
      LOG.log(
          System.Logger.Level.WARNING,
          "notices by `{0}` cannot be delivered just now; they are tried again",
          channel.name());
    }
  }

  /**
   * No library's own limits cover every way to be slow; past the deadline its thread is stopped.
   */
  private boolean isInTime(Notice notice, Instant now) {
    var told = new CompletableFuture<Boolean>();
    var sending =
        Thread.ofVirtual()
            .name("notice by " + channel.name())
            .start(() -> {
              try {
                told.complete(channel.tell(notice, now));
              } catch (RuntimeException | Error e) {
                told.complete(false);
              }
            });
    try {
      return told.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      sending.interrupt();
      return false;
    } catch (InterruptedException e) {
      sending.interrupt();
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Duration pause(int failures, Duration longest) {
    var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, 10));
    return pause.compareTo(longest) > 0 ? longest : pause;
  }
}

package dev.remit.core.flow;

import dev.remit.core.call.Call;
import dev.remit.core.evidence.Journal;
import dev.remit.core.identity.Grade;
import dev.remit.core.release.Release;
import java.time.InstantSource;

/**
 * Where a client wants it, nothing destructive happens while its log is out of its witness's sight:
 * what cannot be undone is not done under a history that could still be another one.
 */
final class WitnessedHead {

  private final Journal journal;
  private final InstantSource clock;

  WitnessedHead(Journal journal, InstantSource clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /** Whether the call has to wait for a witness; an answer that cannot be had is an exception. */
  boolean isMissing(Call call, Release release) {
    var within = release.surroundings().witnessed().get(call.task().tenant());
    if (within == null || call.tool().effect() != Grade.DESTRUCTIVE) {
      return false;
    }
    var oldest = clock.instant().minus(within);
    return journal
        .unwitnessedSince(call.task().tenant())
        .filter(since -> since.isBefore(oldest))
        .isPresent();
  }
}

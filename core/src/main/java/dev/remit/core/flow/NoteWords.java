package dev.remit.core.flow;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.Subject;
import dev.remit.core.notice.NoticeKind;
import dev.remit.core.release.Release;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What a note in a ticket says. Every word is Remit's own but the tool's title, which is the
 * workspace's, and where people answer.
 */
final class NoteWords {

  private static final int LONGEST_TITLE = 120;

  private NoteWords() {}

  /** Empty where there is nothing to tell: it moved on, or tickets do not tell of this kind. */
  static Optional<String> of(
      NoticeKind kind, Proposal proposal, Proposal.State state, Release release, String origin) {
    var what = "Remit: " + title(proposal, release);
    var until = proposal.answerBy().truncatedTo(ChronoUnit.SECONDS).toString();
    return switch (kind) {
      case ASKED ->
          state == Proposal.State.OPEN
              ? Optional.of(
                  what
                      + " waits for people until "
                      + until
                      + ". They answer after signing in at "
                      + origin
                      + "; a reply here answers nothing.")
              : Optional.empty();
      case EXPIRED ->
          Optional.of(
              what
                  + " waited for people until "
                  + until
                  + " and nobody answered. Silence is a no.");
      case RESOLVED -> ended(state).map(how -> what + " waits no more: it was " + how + ".");
      case REMINDER, ESCALATED -> Optional.empty();
    };
  }

  private static Optional<String> ended(Proposal.State state) {
    return switch (state) {
      case GRANTED, CONSUMED -> Optional.of("granted");
      case REFUSED -> Optional.of("refused");
      case WITHDRAWN -> Optional.of("withdrawn");
      case STALE -> Optional.of("overtaken by a change");
      case EXPIRED -> Optional.of("granted and not used in time");
      case OPEN -> Optional.empty();
    };
  }

  private static String title(Proposal proposal, Release release) {
    return switch (proposal.subject()) {
      case Subject.OfCall call ->
          Optional.ofNullable(release.tools().get(call.tool()))
              .map(tool -> "`" + plain(tool.title()) + "`")
              .orElse("a call");
      case Subject.OfPlan plan -> "a plan of " + plan.steps().size() + " call(s)";
      case Subject.OfKey ignored -> "something";
      case Subject.OfLift ignored -> "something";
      case Subject.OfBodies ignored -> "something";
      case Subject.OfStanding ignored -> "something";
      case Subject.OfPromotion ignored -> "something";
      case Subject.OfLaunch ignored -> "something";
    };
  }

  /** A title may come from an upstream that somebody else wrote. */
  private static String plain(String title) {
    var kept = new StringBuilder();
    title
        .codePoints()
        .filter(c -> Character.isLetterOrDigit(c) || " -,.()/'".indexOf(c) >= 0)
        .limit(LONGEST_TITLE)
        .forEach(kept::appendCodePoint);
    return kept.toString().strip();
  }
}

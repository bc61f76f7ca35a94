package dev.remit.web.console;

import dev.remit.core.approval.Proposal;
import dev.remit.core.task.Task;

/**
 * A state as a word with an icon; the colour only repeats it.
 *
 * @param look one of {@code ok}, {@code warn}, {@code stop}, {@code wait}, {@code quiet}
 */
public record Badge(String word, String icon, String look) {

  /** The risk of a task class or the effect of a tool. */
  public static Badge risk(String risk) {
    return switch (risk) {
      case "observe" -> new Badge("observe", "eye", "quiet");
      case "low" -> new Badge("low risk", "low", "ok");
      case "high" -> new Badge("high risk", "high", "warn");
      case "destructive" -> new Badge("destructive", "bolt", "stop");
      default -> new Badge(Visible.plain(risk), "question", "warn");
    };
  }

  /** Where a proposal stands. */
  public static Badge of(Proposal.State state) {
    return switch (state) {
      case OPEN -> new Badge("waiting", "clock", "wait");
      case GRANTED -> new Badge("granted", "check", "ok");
      case REFUSED -> new Badge("refused", "cross", "stop");
      case EXPIRED -> new Badge("expired", "clock", "quiet");
      case WITHDRAWN -> new Badge("withdrawn", "back", "quiet");
      case CONSUMED -> new Badge("used", "check", "ok");
      case STALE -> new Badge("stale", "warning", "warn");
    };
  }

  /** Where a task stands. */
  public static Badge of(Task.State state) {
    return switch (state) {
      case OPEN -> new Badge("open", "play", "wait");
      case HELD -> new Badge("held", "pause", "warn");
      case DONE -> new Badge("done", "check", "ok");
      case FAILED -> new Badge("failed", "cross", "stop");
      case EXPIRED -> new Badge("expired", "clock", "quiet");
      case KILLED -> new Badge("killed", "stop", "stop");
      case TAKEN_OVER -> new Badge("taken over", "person", "quiet");
    };
  }

  /** What was decided, or what came of it, in evidence's own words. */
  public static Badge word(String word) {
    return switch (word) {
      case "permit", "succeeded", "granted", "consumed", "done", "gone" ->
          new Badge(word, "check", "ok");
      case "needs-approval", "proposed", "open" ->
          new Badge(word.replace('-', ' '), "clock", "wait");
      case "deny", "refused", "failed", "killed", "rejected" -> new Badge(word, "cross", "stop");
      case "unknown" -> new Badge("unknown", "question", "warn");
      default -> new Badge(Visible.plain(word), "dot", "quiet");
    };
  }
}

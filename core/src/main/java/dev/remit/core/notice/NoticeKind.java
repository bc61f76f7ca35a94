package dev.remit.core.notice;

import java.util.Locale;

/** Why somebody is told of a proposal: each at most once for one proposal by one channel. */
public enum NoticeKind {
  /** It waits for an answer. */
  ASKED,
  /** Half of the time to answer is over. */
  REMINDER,
  /** Stand-ins may answer from now on. */
  ESCALATED,
  /** Nobody answered in time, which is a no. */
  EXPIRED,
  /** It was answered, withdrawn, or covers nothing any more. */
  RESOLVED;

  /** As programs read it, such as {@code approval.asked}. */
  public String text() {
    return "approval." + stored();
  }

  /** As a store keeps it. */
  public String stored() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it asks for an answer, so that it is told in vain once there is one. */
  public boolean isAsking() {
    return switch (this) {
      case ASKED, REMINDER, ESCALATED -> true;
      case EXPIRED, RESOLVED -> false;
    };
  }
}

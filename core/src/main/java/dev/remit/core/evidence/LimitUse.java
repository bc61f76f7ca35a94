package dev.remit.core.evidence;

import java.time.Duration;
import java.util.List;

/**
 * One limit that an intent counts against, with the name under which it is counted.
 *
 * @param key equal keys of one tenant (of the installation, for the last two forms) add up
 * @param window within any stretch of this length; zero is for ever
 * @param members what is counted when it is not the calls themselves
 */
public record LimitUse(Form form, String key, int atMost, Duration window, List<String> members) {

  public LimitUse {
    members = List.copyOf(members);
  }

  /** Whether a use so long ago still counts. */
  public boolean counts(Duration ago) {
    return window.isZero() || ago.compareTo(window) < 0;
  }

  /** Whether one more call passes after so many that still count; zero lets nothing pass. */
  public boolean hasRoomAfter(long calls) {
    return calls < atMost;
  }

  /** Whether so many different members are within it. */
  public boolean hasRoomFor(int different) {
    return different <= atMost;
  }

  /** Whether calls themselves are counted, and not what they touch. */
  public boolean isOfCalls() {
    return form == Form.CALLS || form == Form.SHARE;
  }

  /** How it is counted. */
  public enum Form {
    /** Calls of one tenant. */
    CALLS,
    /** Different members at one tenant. */
    MEMBERS,
    /** Calls of the installation: a replica reserves a share, and loses it when it dies. */
    SHARE,
    /** Different members in the installation. */
    FLEET_MEMBERS
  }
}

package dev.remit.server.notice;

import dev.remit.core.identity.Organisation;
import java.time.Instant;

/** One way to tell people of one organisation. */
public interface Channel {

  /** What configuration calls it; stands in logs. */
  String name();

  /** Whose people it reaches. A client's is told of that client alone. */
  Organisation organisation();

  /** Tells it once, within seconds; false when it should be tried again later. Never throws. */
  boolean tell(Notice notice, Instant at);
}

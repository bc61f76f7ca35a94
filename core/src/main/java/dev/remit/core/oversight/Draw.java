package dev.remit.core.oversight;

import dev.remit.core.call.CallId;

/**
 * Which effects of low risk are certified: a keyed digest of the call's id, so that nobody who
 * lacks the key can tell or steer which call it will be, and every replica draws alike.
 */
@FunctionalInterface
public interface Draw {

  /** A number from 0 to 99, always the same for the same call. */
  int ofHundred(CallId call);
}

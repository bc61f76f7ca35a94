package dev.remit.connectors.ldap;

import dev.remit.core.execution.Cut;
import dev.remit.core.execution.SendBy;
import java.time.Duration;

/**
 * The declared place where a new password waits for the person it is for; never the agent, a log or
 * the evidence.
 *
 * <p>A password is handed over before it is set, so none is ever in force that nobody got; what was
 * handed over and then not set opens nothing.
 */
public interface Handover {

  /** Hands it over; blocks until the place has it or the time is over. */
  Handed hand(Parcel parcel, SendBy sendBy, Cut cut, Duration timeout);

  /**
   * What is handed over.
   *
   * @param call tells repeated deliveries apart; also the reference that people are told
   * @param tenant whose person it is
   * @param person the identifier in the directory
   */
  record Parcel(String call, String tenant, String person, String password) {
    @Override
    public String toString() {
      return "Parcel[" + call + "]";
    }
  }

  /** The answer. */
  sealed interface Handed {}

  /** The place has it. */
  record Taken() implements Handed {}

  /** It may not have it; nothing was changed. */
  record NotTaken(String detail) implements Handed {}
}

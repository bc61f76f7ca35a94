package dev.remit.core.flow;

import dev.remit.core.approval.PersonKey;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.identity.Person;
import java.util.List;

/**
 * How people's keys come and go. What a browser sent was verified before it gets here.
 *
 * <p>A key of the MSP's people is registered by the answer of another administrator; a client's by
 * the answer of an approver of that client, and it counts after 72 hours. No principal of the MSP
 * adds, resets or removes a client's key.
 */
public interface Keys {

  /** The keys of this person, removed ones included. */
  List<PersonKey> of(Person person);

  /** Asks for a key of one's own. */
  Registration ask(Person person, PersonKey key);

  /**
   * Registers the very first administrator's key, or the first key of a client: whoever holds the
   * machine opened a one-time link for it.
   *
   * @param person never gets the function <i>approve</i> at the MSP by this
   */
  Registration first(Person person, PersonKey key);

  /** Removes one's own key; false when it is not one's own or not there. */
  boolean remove(Person person, String credentialId);

  /** What became of it. */
  sealed interface Registration {}

  /** It is registered; it counts from its {@code activeFrom}. */
  record Registered(PersonKey key) implements Registration {}

  /** Somebody else has to answer first. */
  record Waits(ProposalId proposal) implements Registration {}

  /**
   * It is not.
   *
   * @param why in words for the person
   */
  record Refused(String why) implements Registration {}
}

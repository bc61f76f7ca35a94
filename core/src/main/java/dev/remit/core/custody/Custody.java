package dev.remit.core.custody;

import dev.remit.core.approval.ProposalId;
import dev.remit.core.evidence.Bodies.Hold;
import dev.remit.core.identity.Person;
import dev.remit.core.tenant.TenantId;
import java.util.List;

/**
 * What people do about the keeping of bodies. Ordering a hold takes effect at once; lifting one and
 * erasing a body wait for other people's signed answers.
 */
public interface Custody {

  /** Orders that nothing of this tenant is erased. */
  Ordered hold(Person person, TenantId tenant, String reason);

  /** Holds in force; the caller has looked whether this may be read. */
  List<Hold> holds(TenantId tenant);

  /** Asks that a hold be lifted. */
  Wish askToLift(Person person, TenantId tenant, String hold, String reason);

  /** Asks that the body of one entry be erased, for the sake of somebody it is about. */
  Wish askToErase(Person person, TenantId tenant, String entry, String reason);

  /** What became of an order. */
  sealed interface Ordered {}

  /** It is in force. */
  record Held(String hold) implements Ordered {}

  /** It is not, and the person may know why. */
  record NotHeld(String why) implements Ordered {}

  /** What became of a wish. */
  sealed interface Wish {}

  /** Others have to answer. */
  record Asked(ProposalId proposal) implements Wish {}

  /** Nobody is asked, and the person may know why. */
  record NotAsked(String why) implements Wish {}
}

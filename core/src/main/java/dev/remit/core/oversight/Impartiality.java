package dev.remit.core.oversight;

import dev.remit.core.approval.Eligibility;
import dev.remit.core.approval.Eligibility.Who;
import dev.remit.core.identity.PersonFunction;
import dev.remit.core.release.People;
import java.util.Optional;

/** Whether somebody who oversees had a part in what was done (P12). */
public final class Impartiality {

  private final People people;

  public Impartiality(People people) {
    this.people = people;
  }

  /**
   * Why this person does not certify an effect, in words for that person; empty when they may.
   *
   * @param keys credential ids of all the person's keys, removed ones included
   */
  public Optional<String> objection(Involved involved, Who who, Iterable<String> keys) {
    if (!new Eligibility(people).functions(who).contains(PersonFunction.OVERSEE)) {
      return Optional.of("this is for those who oversee");
    }
    if (involved.actor().filter(who.id()::equals).isPresent()) {
      return Optional.of("you did this yourself");
    }
    if (involved.requester().filter(name -> isNamed(name, who)).isPresent()) {
      return Optional.of("you opened the ticket");
    }
    if (isApprover(involved, who, keys)) {
      return Optional.of("you approved this");
    }
    if (involved
        .owner()
        .filter(owner -> people.isNamed(owner, who.id(), who.groups()))
        .isPresent()) {
      return Optional.of("you own this agent");
    }
    return isAuthor(involved, who)
        ? Optional.of("you wrote the policy that let this happen")
        : Optional.empty();
  }

  private static boolean isNamed(String requester, Who who) {
    var name = requester.strip();
    return name.equalsIgnoreCase(who.id().subject())
        || name.equalsIgnoreCase(who.id().text())
        || who.emailDigest().filter(Eligibility.emailDigest(name)::equals).isPresent();
  }

  /** By account, by address or by any key: one human has several. */
  private static boolean isApprover(Involved involved, Who who, Iterable<String> keys) {
    if (involved.approvers().contains(who.id())
        || who.emailDigest().filter(involved.approverEmails()::contains).isPresent()) {
      return true;
    }
    for (var key : keys) {
      if (involved.approverKeys().contains(key)) {
        return true;
      }
    }
    return false;
  }

  private boolean isAuthor(Involved involved, Who who) {
    return involved.authors().isEmpty()
        ? new Eligibility(people).functions(who).contains(PersonFunction.AUTHOR)
        : involved.authors().contains(who.id());
  }
}

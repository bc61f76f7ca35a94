package dev.remit.core.approval;

import dev.remit.core.identity.Person;
import dev.remit.core.identity.PersonId;
import dev.remit.core.value.Value;
import java.util.Optional;

/**
 * The person who asked for something, as the proposal remembers one for ever: one human with two
 * accounts asks with the one and does not answer with the other.
 *
 * @param emailDigest of the address that the issuer vouched for when the person asked, as {@link
 *     Eligibility#emailDigest}; it is part of what people sign
 */
public record Asker(PersonId id, Optional<String> emailDigest) {

  /** Somebody who asks now. */
  public static Asker of(Person person) {
    return new Asker(person.id(), person.email().map(Eligibility::emailDigest));
  }

  /** The account's own text. */
  public String text() {
    return id.text();
  }

  /** These fields with the address beside; one without leaves them as they are. */
  public Value.Obj in(Value.Obj fields) {
    return emailDigest.map(digest -> fields.with("askerEmail", Value.of(digest))).orElse(fields);
  }

  /** Whether this is the same account, or another one with the same address. */
  boolean is(Eligibility.Who who) {
    return id.equals(who.id())
        || emailDigest.filter(who.emailDigest().orElse("")::equals).isPresent();
  }
}

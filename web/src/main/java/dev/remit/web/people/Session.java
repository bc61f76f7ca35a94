package dev.remit.web.people;

import dev.remit.core.identity.Person;
import dev.remit.core.identity.PersonSessions;
import java.time.Instant;

/**
 * A person who is signed in, for one request.
 *
 * @param kind what the session was begun for; decides what it opens at all
 * @param csrf goes into each form as the field {@code csrf}, or into the header {@code
 *     X-Remit-Csrf} of each request that changes something; belongs to this session alone
 * @param endsAt when the person has to sign in again in any case
 */
public record Session(Person person, PersonSessions.Kind kind, String csrf, Instant endsAt) {

  @Override
  public String toString() {
    return "Session[" + person.id() + "]";
  }
}

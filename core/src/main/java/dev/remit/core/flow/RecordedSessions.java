package dev.remit.core.flow;

import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Journal;
import dev.remit.core.identity.PersonId;
import dev.remit.core.identity.PersonSessions;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/**
 * Sessions of people, each beginning and each end of which stands in the operator's log. Nobody is
 * signed in whom the log could not tell of; a session that runs out is told by its own end.
 */
public final class RecordedSessions implements PersonSessions {

  private final PersonSessions sessions;
  private final Journal journal;
  private final Entries entries;
  private final InstantSource clock;

  /** Over these sessions. */
  public RecordedSessions(PersonSessions sessions, Journal journal, Ids ids, InstantSource clock) {
    this.sessions = sessions;
    this.journal = journal;
    this.entries = new Entries(ids);
    this.clock = clock;
  }

  @Override
  public void begin(Stored session) {
    tell(
        Entry.Kind.SIGNED_IN,
        Value.object(
            "person", session.person().id().text(),
            "organisation", session.person().organisation().text(),
            "for", session.kind().name().toLowerCase(Locale.ROOT),
            "until", session.endsAt().toString()));
    sessions.begin(session);
  }

  @Override
  public Optional<Stored> find(String digest, Instant at) {
    return sessions.find(digest, at);
  }

  @Override
  public void used(String digest, Instant idleAt) {
    sessions.used(digest, idleAt);
  }

  @Override
  public void end(String digest) {
    var known = sessions.find(digest, clock.instant());
    sessions.end(digest);
    known.ifPresent(session -> ended(session.person().id(), 1));
  }

  @Override
  public int endAll(PersonId person) {
    int ended = sessions.endAll(person);
    if (ended > 0) {
      ended(person, ended);
    }
    return ended;
  }

  private void ended(PersonId person, int count) {
    tell(Entry.Kind.SIGNED_OUT, Value.object("person", person.text(), "sessions", count));
  }

  private void tell(Entry.Kind kind, Value.Obj fields) {
    journal.append(entries.of(kind, TenantId.OPERATOR, clock.instant(), fields));
  }

  @Override
  public void offer(Offer offer) {
    sessions.offer(offer);
  }

  @Override
  public Taking take(String digest, String session, Instant at) {
    return sessions.take(digest, session, at);
  }

  @Override
  public void sweep(Instant at) {
    sessions.sweep(at);
  }
}

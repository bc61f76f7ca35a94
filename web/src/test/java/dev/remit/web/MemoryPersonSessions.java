package dev.remit.web;

import dev.remit.core.identity.PersonId;
import dev.remit.core.identity.PersonSessions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Sessions in memory. */
final class MemoryPersonSessions implements PersonSessions {

  final Map<String, Stored> stored = new ConcurrentHashMap<>();
  private final Map<String, Offer> offers = new ConcurrentHashMap<>();
  private final Map<String, String> taken = new ConcurrentHashMap<>();

  @Override
  public void begin(Stored session) {
    stored.put(session.digest(), session);
  }

  @Override
  public Optional<Stored> find(String digest, Instant at) {
    return Optional.ofNullable(stored.get(digest)).filter(session -> session.isLiveAt(at));
  }

  @Override
  public void used(String digest, Instant idleAt) {
    stored.computeIfPresent(
        digest,
        (key, known) ->
            new Stored(
                key, known.kind(), known.person(), known.startedAt(), idleAt, known.endsAt()));
  }

  @Override
  public void end(String digest) {
    stored.remove(digest);
  }

  @Override
  public int endAll(PersonId person) {
    int before = stored.size();
    stored.values().removeIf(session -> session.person().id().equals(person));
    return before - stored.size();
  }

  @Override
  public void offer(Offer offer) {
    offers.put(offer.digest(), offer);
  }

  @Override
  public synchronized Taking take(String digest, String session, Instant at) {
    var before = taken.get(digest);
    if (before != null) {
      return new TakenBefore(before);
    }
    var offer = offers.get(digest);
    if (offer == null || !at.isBefore(offer.endsAt())) {
      return new NoOffer();
    }
    taken.put(digest, session);
    return new Taken(offer);
  }

  @Override
  public void sweep(Instant at) {
    stored.values().removeIf(session -> !session.isLiveAt(at));
  }
}

package dev.remit.core.oversight;

import dev.remit.core.approval.Assertion;
import dev.remit.core.approval.AssertionCheck;
import dev.remit.core.approval.Eligibility;
import dev.remit.core.approval.PersonKey;
import dev.remit.core.call.CallId;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Journal;
import dev.remit.core.evidence.PersonKeyLedger;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.Person;
import dev.remit.core.oversight.OversightLedger.Place;
import dev.remit.core.oversight.OversightLedger.Verdicts;
import dev.remit.core.oversight.OversightLedger.Waiting;
import dev.remit.core.release.Release;
import dev.remit.core.release.Releases;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How people look at what was done. */
public final class CertificationDesk implements Certifications {

  private static final int LONGEST_REASON = 1_000;
  private static final int TRIES = 3;
  private static final int ENTRIES = 100;

  private final OversightPorts ports;
  private final Journal journal;
  private final PersonKeyLedger keys;
  private final AssertionCheck check;
  private final Releases releases;
  private final InstantSource clock;
  private final EntryMaker entries;

  /** Works on these. */
  public CertificationDesk(
      OversightPorts ports,
      Journal journal,
      PersonKeyLedger keys,
      AssertionCheck check,
      Releases releases,
      InstantSource clock,
      EntryMaker entries) {
    this.ports = ports;
    this.journal = journal;
    this.keys = keys;
    this.check = check;
    this.releases = releases;
    this.clock = clock;
    this.entries = entries;
  }

  @Override
  public Page open(Person person, TenantId tenant, Optional<String> cursor, int limit) {
    if (limit < 1 || limit > 100) {
      throw new InvalidValueException("a page has 1 to 100 items");
    }
    var release = releases.active().release();
    if (!sees(person, tenant, release)) {
      return new Page(List.of(), Optional.empty());
    }
    var found = ports.ledger().open(tenant, cursor.map(CertificationDesk::place), limit + 1);
    var shown = found.subList(0, Math.min(limit, found.size()));
    var reader = new Reader(person, tenant, release);
    return new Page(
        shown.stream().map(item -> new Shown(item, reader.objection(item))).toList(),
        found.size() > limit ? Optional.of(cursor(shown.getLast())) : Optional.empty());
  }

  @Override
  public List<Item> open(TenantId tenant, int limit) {
    return ports.ledger().open(tenant, Optional.empty(), limit);
  }

  private static boolean sees(Person person, TenantId tenant, Release release) {
    var people = release.people();
    boolean isVouched =
        people
            .organisationOf(person.id().issuer())
            .filter(person.organisation()::equals)
            .isPresent();
    boolean isTheirs =
        switch (person.organisation()) {
          case Organisation.Msp() -> true;
          case Organisation.Client(TenantId own) -> own.equals(tenant);
        };
    return isVouched && isTheirs && !people.functionsOf(person, tenant).isEmpty();
  }

  /** Somebody who looks at items of a tenant, with all their keys read once. */
  private final class Reader {
    private final Impartiality impartiality;
    private final Eligibility.Who who;
    private final List<String> ownKeys;

    Reader(Person person, TenantId tenant, Release release) {
      this.impartiality = new Impartiality(release.people());
      this.who = new Eligibility(release.people()).who(person, tenant);
      this.ownKeys = keys.of(person.id()).stream().map(PersonKey::credentialId).toList();
    }

    Optional<String> objection(Item item) {
      return impartiality.objection(item.involved(), who, ownKeys);
    }
  }

  @Override
  public Asked ask(Person person, TenantId tenant, boolean isObjection, List<CallId> calls) {
    var now = clock.instant();
    var live =
        keys.of(person.id()).stream()
            .filter(key -> key.isLiveAt(now))
            .filter(key -> key.organisation().equals(person.organisation()))
            .map(PersonKey::credentialId)
            .toList();
    if (live.isEmpty()) {
      return new NotTaken("you have no key that counts yet");
    }
    return switch (looked(person, tenant, calls, releases.active().release())) {
      case Refused(String why) -> new NotTaken(why);
      case Found(List<Item> items) -> {
        byte[] challenge = CertificationChallenge.of(tenant, isObjection, person.id(), items);
        yield new Sign(
            Base64.getUrlEncoder().withoutPadding().encodeToString(challenge), items, live);
      }
    };
  }

  /** The items of a gesture, or why this person does not make it. */
  private sealed interface Looked {}

  private record Found(List<Item> items) implements Looked {}

  private record Refused(String why) implements Looked {}

  private Looked looked(Person person, TenantId tenant, List<CallId> calls, Release release) {
    if (calls.isEmpty() || calls.size() > MOST || new HashSet<>(calls).size() < calls.size()) {
      return new Refused("look at 1 to " + MOST + " effects at once, each of them once");
    }
    if (!sees(person, tenant, release)) {
      return new Refused("there is no such effect to look at");
    }
    var reader = new Reader(person, tenant, release);
    var items = new ArrayList<Item>();
    for (var call : calls) {
      var item = ports.ledger().find(tenant, call).filter(this::isInTheLog);
      if (item.isEmpty()) {
        return new Refused("there is no such effect to look at");
      }
      if (item.get().state() != Item.State.OPEN) {
        return new Refused("somebody has looked at one of these already: load the page again");
      }
      var objection = reader.objection(item.get());
      if (objection.isPresent()) {
        return new Refused(objection.get());
      }
      items.add(item.get());
    }
    return new Found(items);
  }

  /** INVARIANT: what is signed is a leaf of the log, whatever a row says. */
  private boolean isInTheLog(Item item) {
    var query =
        new Journal.Query(
            item.tenant(),
            0,
            ENTRIES,
            Optional.of(item.call().value()),
            Optional.empty(),
            Optional.empty());
    return journal.read(query).stream()
        .anyMatch(entry -> LogReader.digest(entry.leaf()).equals(item.digest()));
  }

  @Override
  public Result certify(
      Person person,
      TenantId tenant,
      boolean isObjection,
      List<CallId> calls,
      String reason,
      Assertion assertion) {
    if (reason.length() > LONGEST_REASON || (isObjection && reason.isBlank())) {
      return new NotTaken("say why in at most " + LONGEST_REASON + " characters");
    }
    var release = releases.active().release();
    return switch (looked(person, tenant, calls, release)) {
      case Refused(String why) -> new NotTaken(why);
      case Found(List<Item> items) ->
          signed(new Gesture(person, tenant, isObjection, items, reason, assertion), release);
    };
  }

  /** What somebody wants to say of these items. */
  private record Gesture(
      Person person,
      TenantId tenant,
      boolean isObjection,
      List<Item> items,
      String reason,
      Assertion assertion) {}

  private Result signed(Gesture gesture, Release release) {
    var now = clock.instant();
    var key =
        keys.find(gesture.assertion().credentialId())
            .filter(one -> one.person().equals(gesture.person().id()))
            .filter(one -> one.organisation().equals(gesture.person().organisation()))
            .filter(one -> one.isLiveAt(now));
    if (key.isEmpty()) {
      return new NotTaken("this is no key of yours that counts");
    }
    byte[] challenge =
        CertificationChallenge.of(
            gesture.tenant(), gesture.isObjection(), gesture.person().id(), gesture.items());
    return switch (check.check(key.get(), challenge, gesture.assertion())) {
      case AssertionCheck.Invalid(String why) -> new NotTaken(why);
      case AssertionCheck.Valid(long counter) -> stored(gesture, counter, release, now);
    };
  }

  private Result stored(Gesture gesture, long counter, Release release, Instant now) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      var verdicts = verdicts(gesture, counter, release, now);
      switch (ports.ledger().certify(verdicts)) {
        case DONE -> {
          if (gesture.isObjection()) {
            ports.levels().refresh();
          }
          return new Stored(gesture.items().size());
        }
        case CLOSED -> {
          return new NotTaken("somebody has looked at one of these already: load the page again");
        }
        case KEY_REFUSED -> {
          return new NotTaken("this key was used elsewhere: have it removed");
        }
        case CHANGED -> {
          // Another fall came in between: put the changes together on the new levels.
        }
      }
    }
    return new NotTaken("levels change just now: try again");
  }

  private Verdicts verdicts(Gesture gesture, long counter, Release release, Instant now) {
    var ladder = new Ladder(ports.levels().now(), release, entries, now);
    if (gesture.isObjection()) {
      gesture.items().stream()
          .map(Item::scope)
          .distinct()
          .forEach(scope ->
              ladder.lower(
                  scope,
                  AutonomyLevel.PROPOSE,
                  "objection",
                  Value.object("calls", calls(gesture))));
    }
    return new Verdicts(
        gesture.tenant(),
        gesture.items().stream().map(Item::call).toList(),
        gesture.isObjection(),
        gesture.person().id(),
        gesture.assertion().credentialId(),
        counter,
        now,
        gesture.items().stream().map(item -> entry(gesture, item, now)).toList(),
        ladder.changes());
  }

  private static Value calls(Gesture gesture) {
    return Value.texts(gesture.items().stream().map(item -> item.call().value()).toList());
  }

  /** Each entry holds all that was signed, so that it can be checked by itself. */
  private Entry entry(Gesture gesture, Item item, Instant now) {
    var fields =
        Value.object(
            "agentClass", item.scope().agentClass().value(),
            "taskClass", item.scope().taskClass(),
            "outcomeDigest", item.digest(),
            "signedCalls", calls(gesture),
            "signedOutcomes", Value.texts(gesture.items().stream().map(Item::digest).toList()),
            "person", gesture.person().id().text(),
            "reason", gesture.reason(),
            "key", gesture.assertion().credentialId(),
            "clientData", gesture.assertion().clientDataJson(),
            "authenticatorData", gesture.assertion().authenticatorData(),
            "signature", gesture.assertion().signature());
    return entries.of(
        gesture.isObjection() ? Entry.Kind.OBJECTED : Entry.Kind.CERTIFIED,
        gesture.tenant(),
        Optional.of(item.call()),
        now,
        fields);
  }

  @Override
  public List<Waiting> waiting(Set<TenantId> tenants) {
    return ports.ledger().waiting(tenants, clock.instant());
  }

  private static String cursor(Item last) {
    return last.dueAt() + "~" + last.call().value();
  }

  private static Place place(String cursor) {
    int at = cursor.indexOf('~');
    try {
      if (at > 0) {
        return new Place(
            Instant.parse(cursor.substring(0, at)), new CallId(cursor.substring(at + 1)));
      }
    } catch (DateTimeException e) {
      // It is told below.
    }
    throw new InvalidValueException("the cursor is none of ours: begin at the first page");
  }
}

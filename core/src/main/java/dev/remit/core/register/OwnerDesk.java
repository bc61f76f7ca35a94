package dev.remit.core.register;

import dev.remit.core.approval.Assertion;
import dev.remit.core.approval.AssertionCheck;
import dev.remit.core.approval.PersonKey;
import dev.remit.core.evidence.PersonKeyLedger;
import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.Person;
import dev.remit.core.oversight.EntryMaker;
import dev.remit.core.register.Agents.Asking;
import dev.remit.core.register.Agents.Done;
import dev.remit.core.register.Agents.NotDone;
import dev.remit.core.register.Agents.Sign;
import dev.remit.core.register.Agents.Stop;
import dev.remit.core.release.Releases;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;

/** Owners say that their agents are still as they should be, each signed by the owner's own key. */
public final class OwnerDesk {

  private final RegisterPorts ports;
  private final PersonKeyLedger keys;
  private final AssertionCheck check;
  private final Releases releases;
  private final InstantSource clock;
  private final EntryMaker entries;

  /** Works on these. */
  public OwnerDesk(
      RegisterPorts ports,
      PersonKeyLedger keys,
      AssertionCheck check,
      Releases releases,
      InstantSource clock,
      EntryMaker entries) {
    this.ports = ports;
    this.keys = keys;
    this.check = check;
    this.releases = releases;
    this.clock = clock;
    this.entries = entries;
  }

  /** What a signature is about, or why this person gives none. */
  private sealed interface Looked {}

  private record Found(Registration row, Boundaries boundaries) implements Looked {
    byte[] challenge(Person person) {
      return OwnerChallenge.of(row.agentClass(), boundaries.digest(), row.revision(), person.id());
    }
  }

  private record Unfit(String why) implements Looked {}

  private Looked looked(Person person, AgentClassId id) {
    var release = releases.active().release();
    AgentClass agentClass = release.agentClasses().get(id);
    if (agentClass == null) {
      return new Unfit("the version in force has no such agent");
    }
    if (Owners.of(agentClass, release).filter(person.id()::equals).isEmpty()) {
      return new Unfit("its owner alone certifies it");
    }
    if (ports.ledger().gone().contains(person.id())) {
      return new Unfit("you are noted as gone: somebody else has to own it");
    }
    var boundaries = Boundaries.of(agentClass, release);
    return ports
        .register()
        .now(release, id)
        .filter(row -> row.isActive(boundaries))
        .<Looked>map(row -> new Found(row, boundaries))
        .orElseGet(() -> new Unfit("it is not active: it comes back by a proposal"));
  }

  Asking ask(Person person, AgentClassId id) {
    var now = clock.instant();
    var live =
        keys.of(person.id()).stream()
            .filter(key -> key.isLiveAt(now))
            .filter(key -> key.organisation().equals(person.organisation()))
            .map(PersonKey::credentialId)
            .toList();
    if (live.isEmpty()) {
      return new NotDone("you have no key that counts yet");
    }
    return switch (looked(person, id)) {
      case Unfit(String why) -> new NotDone(why);
      case Found found ->
          new Sign(
              Base64.getUrlEncoder().withoutPadding().encodeToString(found.challenge(person)),
              found.boundaries().digest(),
              live);
    };
  }

  Stop certify(Person person, AgentClassId id, Assertion assertion) {
    return switch (looked(person, id)) {
      case Unfit(String why) -> new NotDone(why);
      case Found found -> signed(person, found, assertion);
    };
  }

  private Stop signed(Person person, Found found, Assertion assertion) {
    var now = clock.instant();
    var key =
        keys.find(assertion.credentialId())
            .filter(one -> one.person().equals(person.id()))
            .filter(one -> one.organisation().equals(person.organisation()))
            .filter(one -> one.isLiveAt(now));
    if (key.isEmpty()) {
      return new NotDone("this is no key of yours that counts");
    }
    return switch (check.check(key.get(), found.challenge(person), assertion)) {
      case AssertionCheck.Invalid(String why) -> new NotDone(why);
      case AssertionCheck.Valid(long counter) -> stored(person, found, assertion, counter, now);
    };
  }

  private Stop stored(Person person, Found found, Assertion assertion, long counter, Instant now) {
    var move = new Moves(entries, now).certified(found.row(), fields(person, found, assertion));
    return switch (ports
        .ledger()
        .certify(move, person.id(), assertion.credentialId(), counter, now)) {
      case DONE -> {
        ports.register().refresh(releases.active().release());
        yield new Done();
      }
      case CHANGED -> new NotDone("it has changed meanwhile: load the page again");
      case KEY_REFUSED -> new NotDone("this key was used elsewhere: have it removed");
    };
  }

  /** All that was signed, so that the entry can be checked by itself. */
  private static Value.Obj fields(Person person, Found found, Assertion assertion) {
    return Value.object(
        "person", person.id().text(),
        "digest", found.boundaries().digest(),
        "signedRevision", found.row().revision(),
        "key", assertion.credentialId(),
        "clientData", assertion.clientDataJson(),
        "authenticatorData", assertion.authenticatorData(),
        "signature", assertion.signature());
  }
}

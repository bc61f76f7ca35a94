package dev.remit.web;

import dev.remit.core.approval.KeyRegistration;
import dev.remit.core.approval.PersonKey;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.flow.Keys;
import dev.remit.core.identity.Person;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keys in memory: the first is registered, all others wait. */
final class FakeKeys implements Keys, KeyRegistration {

  final List<PersonKey> stored = new CopyOnWriteArrayList<>();
  final List<byte[]> challenges = new CopyOnWriteArrayList<>();

  @Override
  public List<PersonKey> of(Person person) {
    return stored.stream().filter(key -> key.person().equals(person.id())).toList();
  }

  @Override
  public Registration ask(Person person, PersonKey key) {
    return new Waits(new ProposalId("key-proposal"));
  }

  @Override
  public Registration first(Person person, PersonKey key) {
    if (!stored.isEmpty()) {
      return new Keys.Refused("somebody is there to answer");
    }
    stored.add(key);
    return new Registered(key);
  }

  @Override
  public boolean remove(Person person, String credentialId) {
    return stored.removeIf(
        key -> key.credentialId().equals(credentialId) && key.person().equals(person.id()));
  }

  @Override
  public Result check(byte[] challenge, Attested attested) {
    challenges.add(challenge);
    return attested.attestationObject().equals("good")
        ? new Valid("cred-1", "public", 0, "good")
        : new Invalid("the key is not for this site");
  }
}

package dev.remit.e2e;

import dev.remit.core.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

/**
 * The people of one server with their keys: an administrator and a technician of the MSP, an
 * approver of the client whose devices are asked for, and an approver of another client.
 */
record People(Person administrator, Person technician, Person approver, Person stranger) {

  private static final String STAFF = "staff";

  /** Signs them in and registers their keys; the technician's with the administrator's grant. */
  static People gather(Estate estate) {
    var site = estate.server().site();
    for (var issuer : List.of(STAFF, Estate.HARBOR, Estate.NORTHWIND)) {
      estate
          .lab()
          .post(
              "/v1/people/redirects",
              Value.object("redirectUri", site + "/signin/callback/" + issuer));
    }
    var administrator =
        Person.signIn(site, STAFF, account(estate, "msp", "service-managers").getFirst());
    administrator.registerKey("/v1/keys/first", code(estate, Value.Obj.EMPTY));
    return new People(
        administrator,
        join(estate, administrator, "senior-technicians"),
        // Not the first one, who opens the lab's tickets and so answers for none of them.
        ofClient(estate, Estate.HARBOR, 1),
        ofClient(estate, Estate.NORTHWIND, 0));
  }

  /** Somebody else of the MSP, of this group alone, with a key that the administrator granted. */
  static Person join(Estate estate, Person administrator, String group) {
    var person = visitor(estate, group);
    var waits = person.registerKey("/v1/keys", Value.Obj.EMPTY).text("waitsFor").orElseThrow();
    var state = administrator.grant(Estate.OPERATOR, waits);
    if (!state.equals("consumed")) {
      throw new AssertionError("the key of one of " + group + " is not registered: " + state);
    }
    return person;
  }

  /** Somebody of the MSP, of this group alone, who is signed in and has no key. */
  static Person visitor(Estate estate, String group) {
    return Person.signIn(estate.server().site(), STAFF, account(estate, "msp", group).getFirst());
  }

  private static Person ofClient(Estate estate, String tenant, int place) {
    var subject = account(estate, tenant, "it-approvers").get(place);
    var person = Person.signIn(estate.server().site(), tenant, subject);
    person.registerKey("/v1/keys/first", code(estate, Value.object("tenant", tenant)));
    return person;
  }

  /** Accounts of this group and of no other. */
  private static List<String> account(Estate estate, String organisation, String group) {
    return estate.lab().accounts(organisation).stream()
        .filter(account -> account.items("groups").equals(List.of(Value.of(group))))
        .map(account -> account.text("subject").orElseThrow())
        .toList();
  }

  /** A one-time code, which only the machine's owner can open and read. */
  private static Value.Obj code(Estate estate, Value.Obj whose) {
    var answer = estate.server().peoplePost("/v1/first-key", whose);
    if (answer.status() != 200) {
      throw new AssertionError("no code: " + answer.text());
    }
    try {
      var lines = Files.readAllLines(estate.server().data().resolve("first-key"));
      return Value.object("code", lines.getLast().strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

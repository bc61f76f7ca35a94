package dev.remit.lab.people;

import dev.remit.lab.estate.Organization;
import dev.remit.lab.estate.Person;
import dev.remit.lab.estate.Seed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Who has an account where. Contacts and technicians have the uid of their tickets as subject; the
 * MSP has some staff that writes no tickets. Three accounts claim what their issuer cannot vouch
 * for: see {@link #strangers}.
 */
final class SeedAccounts {
  static final String MSP = "msp";
  private static final String APPROVERS = "it-approvers";

  private SeedAccounts() {}

  /** Accounts by organisation, the MSP's first. */
  static Map<String, List<Account>> all(Seed seed) {
    Map<String, List<Account>> all = new LinkedHashMap<>();
    all.put(MSP, staff(seed));
    for (Organization client : seed.organizations()) {
      all.put(client.slug(), contacts(seed, client));
    }
    return all;
  }

  private static List<Account> staff(Seed seed) {
    return List.of(
        account(person(seed, 1), "senior-technicians"),
        account(person(seed, 2), "senior-technicians"),
        account(person(seed, 3), "platform-engineers"),
        account(seed, "Ada Lindqvist", "Service manager", "service-managers"),
        account(seed, "Bela Marku", "Service manager", "service-managers"),
        account(seed, "Cosmo Adeyemi", "Engineer", "platform-engineers", "senior-technicians"),
        account(seed, "Dora Whitfield", "Dispatcher"),
        // A group of the clients', claimed at the MSP's issuer.
        account(seed, "Egon Sample", "Trainee", APPROVERS),
        account(seed, "Fenna Brandt", "Quality lead", "overseers"),
        account(seed, "Goran Nyberg", "Technician", "technicians"));
  }

  private static List<Account> contacts(Seed seed, Organization client) {
    int first = client.id() * 100;
    List<Account> accounts = new ArrayList<>();
    accounts.add(account(person(seed, first + 1), APPROVERS));
    accounts.add(account(person(seed, first + 2)));
    accounts.add(account(person(seed, first + 3), APPROVERS));
    accounts.add(account(person(seed, first + 4)));
    accounts.add(account(person(seed, first + 5), strangers()));
    if (client.id() == 1) {
      // The MSP's own technician, with an account at the client.
      Person twin = person(seed, 2);
      String name = twin.firstName() + " " + twin.lastName();
      accounts.add(account(seed, name, "External technician", APPROVERS));
    }
    return accounts;
  }

  /** Groups of the MSP's, claimed at a client's issuer. */
  private static String[] strangers() {
    return new String[] {"senior-technicians", "service-managers"};
  }

  private static Person person(Seed seed, int id) {
    return seed.people().stream().filter(p -> p.id() == id).findFirst().orElseThrow();
  }

  private static Account account(Person person, String... groups) {
    return new Account(
        person.uid().toString(),
        person.firstName() + " " + person.lastName(),
        person.email(),
        person.jobTitle(),
        Set.of(groups),
        true);
  }

  private static Account account(Seed seed, String name, String title, String... groups) {
    String local = name.toLowerCase(java.util.Locale.ROOT).replace(' ', '.');
    String subject =
        UUID.nameUUIDFromBytes(
                (seed.number() + "/" + title + "/" + name)
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8))
            .toString();
    return new Account(subject, name, local + "@msp.example", title, Set.of(groups), true);
  }
}

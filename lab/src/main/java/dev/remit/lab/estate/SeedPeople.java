package dev.remit.lab.estate;

import dev.remit.lab.estate.Person.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Contacts of each company, technicians of the MSP, and one automation account. */
final class SeedPeople {
  private static final String[] FIRST = {
    "Amara", "Bruno", "Chloe", "Dmitri", "Elena", "Farid", "Grace", "Hiro", "Ines", "Jonas",
    "Keiko", "Liam", "Mona", "Nils", "Oona", "Pavel", "Quinn", "Rosa", "Sven", "Tara"
  };
  private static final String[] LAST = {
    "Abbott", "Berg", "Castillo", "Dubois", "Eriksen", "Fischer", "Garcia", "Hansen", "Ito",
        "Jensen",
    "Kaur", "Lopez", "Moreau", "Novak", "Okafor", "Petrov", "Reyes", "Silva", "Tanaka", "Weber"
  };
  private static final String[] JOBS = {
    "Office manager", "Receptionist", "Practice owner", "Accountant", "Assistant"
  };

  private SeedPeople() {}

  static List<Person> all(List<Organization> organizations, Random random) {
    List<Person> people = new ArrayList<>();
    for (Organization organization : organizations) {
      for (int i = 1; i <= 5; i++) {
        people.add(
            person(
                organization.id() * 100 + i,
                organization.id(),
                organization.slug() + ".example",
                JOBS[i - 1],
                Kind.CONTACT,
                random));
      }
    }
    for (int i = 1; i <= 3; i++) {
      people.add(person(i, 0, "msp.example", "Technician", Kind.TECHNICIAN, random));
    }
    people.add(
        new Person(
            9,
            Seed.uuid(random),
            0,
            "Service Desk",
            "Agent",
            "service-desk-agent@msp.example",
            "",
            "Automation",
            Kind.AUTOMATION));
    return List.copyOf(people);
  }

  private static Person person(
      int id, int organization, String domain, String job, Kind kind, Random random) {
    String first = FIRST[random.nextInt(FIRST.length)];
    String last = LAST[random.nextInt(LAST.length)];
    String email = (first + "." + last).toLowerCase(Locale.ROOT) + id + "@" + domain;
    String phone = String.format(Locale.ROOT, "+1 555 01%02d", random.nextInt(100));
    return new Person(id, Seed.uuid(random), organization, first, last, email, phone, job, kind);
  }
}

package dev.remit.lab.estate;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The estate as it is in the beginning. Equal seeds give equal records, byte for byte; the
 * well-known ids are there for every seed.
 */
public record Seed(
    long number,
    List<Organization> organizations,
    List<Device> devices,
    Map<Integer, List<Service>> services,
    List<Person> people,
    List<Ticket> tickets) {

  /** Makes it. */
  public static Seed of(long number) {
    Random random = new Random(number);
    List<Organization> organizations = SeedOrganizations.all();
    List<Device> devices = SeedDevices.all(organizations, random);
    Map<Integer, List<Service>> services = new TreeMap<>();
    devices.forEach(device -> services.put(device.id(), SeedServices.of(device, random)));
    List<Person> people = SeedPeople.all(organizations, random);
    return new Seed(
        number,
        organizations,
        devices,
        services,
        people,
        SeedTickets.all(organizations, devices, people, random));
  }

  /** A version 4 UUID from the seed. */
  static UUID uuid(Random random) {
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(high, low);
  }
}

package dev.remit.lab.estate;

import dev.remit.lab.http.Refusal;
import java.time.InstantSource;
import java.util.List;

/** Everything the vendors know, in one place; {@link #reset} brings it back to the seed. */
public final class Estate {
  private final Seed seed;
  private final Timing timing = new Timing();
  private final Activities activities;
  private final Devices devices;
  private final Services services;
  private final Jobs jobs;
  private final Tickets tickets;

  public Estate(Seed seed, InstantSource clock, Later later) {
    this.seed = seed;
    this.activities = new Activities(clock);
    this.devices = new Devices(clock);
    this.services = new Services(later, activities, timing);
    this.jobs = new Jobs(later, clock, activities, devices, timing);
    this.tickets = new Tickets(clock);
    reset();
  }

  /** Back to the seed. */
  public void reset() {
    timing.reset();
    activities.clear();
    jobs.clear();
    devices.fill(seed.devices());
    services.fill(seed.services());
    tickets.fill(seed.tickets());
  }

  public List<Organization> organizations() {
    return seed.organizations();
  }

  /** The organisation, or 404. */
  public Organization organization(int id) {
    return seed.organizations().stream()
        .filter(o -> o.id() == id)
        .findFirst()
        .orElseThrow(() -> Refusal.notFound("no organization `" + id + "`"));
  }

  /** Moves a device to another organisation's first site. */
  public Device move(int deviceId, int organizationId) {
    int location = organization(organizationId).locations().getFirst().id();
    return devices.change(deviceId, device -> device.movedTo(organizationId, location));
  }

  public List<Person> people() {
    return seed.people();
  }

  public Timing timing() {
    return timing;
  }

  public Activities activities() {
    return activities;
  }

  public Devices devices() {
    return devices;
  }

  public Services services() {
    return services;
  }

  public Jobs jobs() {
    return jobs;
  }

  public Tickets tickets() {
    return tickets;
  }
}

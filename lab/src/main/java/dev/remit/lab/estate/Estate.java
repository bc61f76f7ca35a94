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
  private final Hosts hosts;
  private final Rings rings;
  private final Desk desk = new Desk();
  private final Articles articles;
  private final Watches watches;
  private final Activities psaLog;

  public Estate(Seed seed, InstantSource clock, Later later) {
    this.seed = seed;
    this.activities = new Activities(clock);
    this.devices = new Devices(clock);
    this.services = new Services(later, activities, timing);
    this.jobs = new Jobs(later, clock, activities, devices, timing);
    this.tickets = new Tickets(clock);
    this.hosts = new Hosts(clock);
    this.rings = new Rings(clock, devices, hosts);
    this.articles = new Articles(clock);
    this.psaLog = new Activities(clock);
    this.watches = new Watches(clock, devices);
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
    hosts.fill(seed.devices());
    rings.fill(seed.organizations());
    desk.fill(SeedDesk.handling());
    articles.fill(SeedDesk.articles());
    watches.reset();
    psaLog.clear();
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

  public Hosts hosts() {
    return hosts;
  }

  public Rings rings() {
    return rings;
  }

  /** Queues an installation of what is approved for the ring. */
  public Job install(String ringId, Actor by) {
    Ring ring = rings.get(ringId);
    return jobs.patchInstall(ring.id(), by, () -> rings.install(ring.id()));
  }

  public Desk desk() {
    return desk;
  }

  public Articles articles() {
    return articles;
  }

  public Watches watches() {
    return watches;
  }

  /** The PSA's own log. */
  public Activities psaLog() {
    return psaLog;
  }
}

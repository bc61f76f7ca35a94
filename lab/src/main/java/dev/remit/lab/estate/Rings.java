package dev.remit.lab.estate;

import dev.remit.lab.http.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rings of devices: pilot, early, broad for each company. An installation goes device by device and
 * stops at the failure limit. Whether it is wise is not asked here. Thread safe.
 */
public final class Rings {
  /** How long a ring soaks before the next one. */
  public static final Duration SOAK = Duration.ofHours(24);

  private static final Duration FRESH = Duration.ofHours(26);
  private static final int ENOUGH = 10;
  private static final List<String> NAMES = List.of("pilot", "early", "broad");
  private static final List<Integer> SHARES = List.of(5, 25, 100);
  private static final Set<Integer> PILOT = Set.of(6);
  private static final Set<Integer> EARLY = Set.of(4, 7, 8, WellKnown.FILE_SERVER);

  private final InstantSource clock;
  private final Devices devices;
  private final Hosts hosts;
  private final Map<String, Ring> rings = new LinkedHashMap<>();

  Rings(InstantSource clock, Devices devices, Hosts hosts) {
    this.clock = clock;
    this.devices = devices;
    this.hosts = hosts;
  }

  /** Pilots are done and have soaked; at Summit Freight the early ring has just been done. */
  synchronized void fill(List<Organization> organizations) {
    rings.clear();
    for (Organization organization : organizations) {
      for (int place = 0; place < NAMES.size(); place++) {
        String name = NAMES.get(place);
        String id = organization.id() + "-" + name;
        int share = SHARES.get(place);
        rings.put(id, new Ring(id, organization.id(), name, share, place, Optional.empty(), 0, 1));
      }
      seedDone(organization.id() + "-pilot", Duration.ofDays(2));
    }
    seedDone(WellKnown.SUMMIT_FREIGHT + "-early", Duration.ofHours(3));
  }

  private void seedDone(String id, Duration ago) {
    Ring ring = get(id);
    members(ring).forEach(device -> hosts.change(device.id(), host -> host.with(approved())));
    rings.put(id, ring.doneAt(clock.instant().minus(ago)));
  }

  private static Set<String> approved() {
    return Patch.APPROVED.stream().map(Patch::id).collect(Collectors.toSet());
  }

  public synchronized List<Ring> all() {
    return List.copyOf(rings.values());
  }

  /** The ring, or 404. */
  public synchronized Ring get(String id) {
    Ring ring = rings.get(id);
    if (ring == null) {
      throw Refusal.notFound("no ring `" + id + "`");
    }
    return ring;
  }

  /** The name of the ring that a device belongs to. */
  public static String nameFor(Device device) {
    int place = device.id() % 1000;
    return PILOT.contains(place) ? "pilot" : EARLY.contains(place) ? "early" : "broad";
  }

  /** The company's devices in the ring, as they are now. */
  public List<Device> members(Ring ring) {
    return devices.all().stream()
        .filter(d -> d.organizationId() == ring.organizationId() && nameFor(d).equals(ring.name()))
        .toList();
  }

  /** Those that lack something approved. */
  public List<Device> pending(Ring ring) {
    return members(ring).stream()
        .filter(device -> !hosts.get(device.id()).patches().containsAll(approved()))
        .toList();
  }

  /** `done`, `running` or `waiting`: what became of the ring before. */
  public synchronized String soak(Ring ring) {
    if (ring.place() == 0) {
      return "done";
    }
    Ring before = get(ring.organizationId() + "-" + NAMES.get(ring.place() - 1));
    return before
        .done()
        .map(end -> end.plus(SOAK).isAfter(clock.instant()) ? "running" : "done")
        .orElse("waiting");
  }

  /** `fresh` if the last good backup of each device is younger than 26 hours, else `old`. */
  public String backup(Ring ring) {
    Instant limit = clock.instant().minus(FRESH);
    return members(ring).stream()
            .allMatch(device -> hosts.get(device.id()).lastBackup().isAfter(limit))
        ? "fresh"
        : "old";
  }

  /** `enough` if each device has a tenth of its disk free, else `low`. */
  public String disk(Ring ring) {
    return members(ring).stream().allMatch(device -> hosts.get(device.id()).freeDisk() >= ENOUGH)
        ? "enough"
        : "low";
  }

  /** Installs what is approved; answers whether the ring has it all now. */
  synchronized boolean install(String id) {
    Ring ring = get(id);
    int failed = 0;
    boolean isWhole = true;
    for (Device device : pending(ring)) {
      if (ring.failures() + failed >= Ring.FAILURE_LIMIT) {
        isWhole = false;
        break;
      }
      Host host = hosts.get(device.id());
      if (device.offline() || host.isFailing()) {
        failed += host.isFailing() ? 1 : 0;
        isWhole = false;
      } else {
        hosts.change(device.id(), one -> one.with(approved()));
      }
    }
    rings.put(id, isWhole ? ring.doneAt(clock.instant()) : ring.failed(failed));
    return isWhole;
  }
}

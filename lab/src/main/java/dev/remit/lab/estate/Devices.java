package dev.remit.lab.estate;

import dev.remit.lab.http.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The devices of all organisations. Thread safe; every change makes {@code lastUpdate} later. */
public final class Devices {
  private final InstantSource clock;
  private final Map<Integer, Device> devices = new TreeMap<>();

  public Devices(InstantSource clock) {
    this.clock = clock;
  }

  synchronized void fill(List<Device> seeded) {
    devices.clear();
    seeded.forEach(device -> devices.put(device.id(), device));
  }

  /** The device, or 404. */
  public synchronized Device get(int id) {
    Device device = devices.get(id);
    if (device == null) {
      throw Refusal.notFound("no device `" + id + "`");
    }
    return device;
  }

  public synchronized List<Device> all() {
    return List.copyOf(devices.values());
  }

  /** Replaces the record. */
  public synchronized Device change(int id, UnaryOperator<Device> change) {
    Device before = get(id);
    Device after = change.apply(before);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Instant next = before.lastUpdate().plusMillis(1);
    Device stamped = after.updatedAt(now.isAfter(next) ? now : next);
    devices.put(id, stamped);
    return stamped;
  }
}

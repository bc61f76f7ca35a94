package dev.remit.lab.estate;

import dev.remit.lab.estate.Host.Backup;
import dev.remit.lab.http.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** What every device's agent reports of it. Thread safe. */
public final class Hosts {
  private final InstantSource clock;
  private final Map<Integer, Host> hosts = new TreeMap<>();

  Hosts(InstantSource clock) {
    this.clock = clock;
  }

  /** From the device's place alone; ages are counted from now, so that they stay what they are. */
  synchronized void fill(List<Device> devices) {
    hosts.clear();
    devices.forEach(device -> hosts.put(device.id(), seeded(device)));
  }

  private Host seeded(Device device) {
    int place = device.id() % 1000;
    boolean isUsed = place == WellKnown.WORKSTATION || (place > 14 && place % 2 == 0);
    boolean isOld = device.id() == WellKnown.device(WellKnown.NORTHWIND_LEGAL, 13);
    boolean isFull = device.id() == WellKnown.device(WellKnown.SUMMIT_FREIGHT, 13);
    Instant backup = clock.instant().minus(Duration.ofHours(isOld ? 40 : 6));
    return new Host(
        isUsed ? 1 : 0,
        device.role() == NodeRole.DATABASE ? Backup.PENDING : Backup.IDLE,
        backup,
        isFull ? 4 : 35,
        Set.of(),
        false);
  }

  /** What is known of the device, or 404. */
  public synchronized Host get(int deviceId) {
    Host host = hosts.get(deviceId);
    if (host == null) {
      throw Refusal.notFound("no device `" + deviceId + "`");
    }
    return host;
  }

  public synchronized void change(int deviceId, UnaryOperator<Host> change) {
    hosts.put(deviceId, change.apply(get(deviceId)));
  }
}

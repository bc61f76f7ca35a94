package dev.remit.lab.estate;

import dev.remit.lab.http.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is monitored on each device, what is blind for a while, and what the monitors reported.
 * Thread safe.
 */
public final class Watches {
  /** Monitors of security. */
  public static final Set<String> SECURITY = Set.of("edr", "sign-in");

  private final InstantSource clock;
  private final Devices devices;
  private final Activities log;
  private final Map<Integer, Alert> alerts = new TreeMap<>();
  private final Map<Integer, Blindness> blind = new TreeMap<>();
  private int nextAlert;
  private int nextBlind;

  Watches(InstantSource clock, Devices devices) {
    this.clock = clock;
    this.devices = devices;
    this.log = new Activities(clock);
  }

  synchronized void reset() {
    alerts.clear();
    blind.clear();
    log.clear();
    nextAlert = 7900;
    nextBlind = 1;
    seed(7001, 1001, "service", "warning", "Service Spooler is not running");
    seed(7002, 1013, "disk", "warning", "Disk D: has 9 percent left");
    seed(7003, 1004, "edr", "critical", "A password stealer was blocked");
    seed(7004, 1010, "sign-in", "critical", "Forty failed sign-ins of one account");
    seed(7101, 2001, "service", "warning", "Service Spooler is not running");
    seed(7102, 2004, "edr", "critical", "A macro started a shell");
    seed(7201, 3012, "disk", "warning", "Disk E: has 7 percent left");
  }

  private void seed(int id, int device, String monitor, String severity, String message) {
    alerts.put(
        id,
        new Alert(
            id,
            device,
            monitor,
            severity,
            message,
            "open",
            Optional.empty(),
            WellKnown.SEEDED_AT.plus(Duration.ofMinutes(id)),
            1));
  }

  /** What is monitored on the device. */
  public Set<String> monitors(Device device) {
    Set<String> monitors = new TreeSet<>(Set.of("disk", "service", "edr"));
    if (device.role() != NodeRole.WORKSTATION) {
      monitors.addAll(Set.of("cpu", "backup"));
    }
    if (device.role() == NodeRole.DOMAIN_CONTROLLER) {
      monitors.add("sign-in");
    }
    return monitors;
  }

  public synchronized List<Alert> alerts() {
    return List.copyOf(alerts.values());
  }

  /** The alert, or 404. */
  public synchronized Alert alert(int id) {
    Alert alert = alerts.get(id);
    if (alert == null) {
      throw Refusal.notFound("no alert `" + id + "`");
    }
    return alert;
  }

  /** An alert is reported; nobody is told while its monitor is blind. */
  public synchronized Alert raise(int deviceId, String monitor, String message) {
    Device device = devices.get(deviceId);
    if (!monitors(device).contains(monitor)) {
      throw Refusal.badRequest("no monitor `" + monitor + "` on this device");
    }
    boolean isBlind = blindNow(deviceId).contains(monitor);
    Alert alert =
        new Alert(
            nextAlert++,
            deviceId,
            monitor,
            SECURITY.contains(monitor) ? "critical" : "warning",
            message,
            isBlind ? "suppressed" : "open",
            Optional.empty(),
            clock.instant(),
            1);
    alerts.put(alert.id(), alert);
    return alert;
  }

  /** Somebody has seen it; 409 when it is not open. */
  public synchronized Alert acknowledge(int id, String note, Actor by) {
    Alert alert = alert(id);
    if (!alert.state().equals("open")) {
      throw Refusal.conflict("the alert is " + alert.state());
    }
    Alert next = alert.acknowledged(by.clientId());
    alerts.put(id, next);
    write(alert.deviceId(), "ALERT_ACKNOWLEDGED", "alert " + id + ": " + note, by);
    return next;
  }

  /** What tells nobody at this moment. */
  public synchronized Set<String> blindNow(int deviceId) {
    Set<String> names = new TreeSet<>();
    Instant now = clock.instant();
    blind.values().stream()
        .filter(one -> one.deviceId() == deviceId && one.isActiveAt(now))
        .forEach(one -> names.addAll(one.monitors()));
    return names;
  }

  /** Everything that is or will be blind on the device. */
  public synchronized List<Blindness> of(int deviceId) {
    Instant now = clock.instant();
    return blind.values().stream()
        .filter(one -> one.deviceId() == deviceId && one.end().isAfter(now))
        .toList();
  }

  /** One of them, over or not, or 404. */
  public synchronized Blindness get(int deviceId, int id) {
    Blindness one = blind.get(id);
    if (one == null || one.deviceId() != deviceId) {
      throw Refusal.notFound("nothing is blind under `" + id + "` on this device");
    }
    return one;
  }

  /** Monitors go blind from a moment on, for a while. */
  public synchronized Blindness begin(
      int deviceId,
      String kind,
      Set<String> monitors,
      Duration in,
      Duration length,
      String reason,
      Actor by) {
    Instant start = clock.instant().plus(in);
    Blindness one =
        new Blindness(
            nextBlind++,
            devices.get(deviceId).id(),
            kind,
            monitors,
            start,
            start.plus(length),
            reason,
            by.clientId());
    blind.put(one.id(), one);
    String words = kind + " of " + String.join(", ", one.monitors()) + " until " + one.end();
    write(deviceId, "MONITORING_BLIND", words + ": " + reason, by);
    return one;
  }

  /** They see again. */
  public synchronized Blindness end(int deviceId, int id, Actor by) {
    Blindness over = get(deviceId, id).endedAt(clock.instant());
    blind.put(id, over);
    write(deviceId, "MONITORING_SEES", "ended " + id, by);
    return over;
  }

  private void write(int deviceId, String code, String words, Actor by) {
    log.write(deviceId, "MONITORING", code, "Monitoring", words + " by " + by.clientId(), "", by);
  }

  /** The monitoring system's own log. */
  public Activities log() {
    return log;
  }

  public Instant now() {
    return clock.instant();
  }
}

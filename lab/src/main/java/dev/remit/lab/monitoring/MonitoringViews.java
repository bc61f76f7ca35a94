package dev.remit.lab.monitoring;

import dev.remit.lab.estate.Alert;
import dev.remit.lab.estate.Blindness;
import dev.remit.lab.estate.Device;
import dev.remit.lab.estate.Estate;
import dev.remit.lab.estate.Watches;
import dev.remit.lab.http.Json;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Records as the monitoring system shows them. A device's company is the device's of now. */
public final class MonitoringViews {
  private MonitoringViews() {}

  /** An alert. */
  public static Map<String, Object> alert(Alert alert, Estate estate) {
    Device device = estate.devices().get(alert.deviceId());
    return Json.object(
        "id", alert.id(),
        "watch", alert.deviceId(),
        "company", device.organizationId(),
        "name", device.displayName(),
        "monitor", alert.monitor(),
        "security", alert.isSecurity(),
        "severity", alert.severity(),
        "message", alert.message(),
        "state", alert.state(),
        "acknowledgedBy", alert.acknowledgedBy().orElse("nobody"),
        "since", alert.since().toString(),
        "version", alert.version());
  }

  /** A device under watch. */
  public static Map<String, Object> watch(Device device, Estate estate) {
    Watches watches = estate.watches();
    Set<String> monitors = watches.monitors(device);
    Set<String> blind = watches.blindNow(device.id());
    Instant now = watches.now();
    List<Blindness> active =
        watches.of(device.id()).stream().filter(one -> one.stateAt(now).equals("active")).toList();
    long open =
        watches.alerts().stream()
            .filter(one -> one.deviceId() == device.id() && one.state().equals("open"))
            .filter(Alert::isSecurity)
            .count();
    return Json.object(
        "id",
        device.id(),
        "company",
        device.organizationId(),
        "name",
        device.displayName(),
        "role",
        device.role().label(),
        "state",
        active.isEmpty()
            ? "watching"
            : active.getFirst().kind().equals("mute") ? "muted" : "maintenance",
        "monitors",
        words(monitors),
        "operational",
        words(monitors.stream().filter(one -> !Watches.SECURITY.contains(one)).toList()),
        "securityMonitors",
        words(monitors.stream().filter(Watches.SECURITY::contains).toList()),
        "blind",
        blind.isEmpty() ? "nothing" : words(blind),
        "securityBlind",
        blind.stream().anyMatch(Watches.SECURITY::contains),
        "openSecurityAlerts",
        open,
        "until",
        active.stream()
            .map(Blindness::end)
            .max(Comparator.naturalOrder())
            .map(Instant::toString)
            .orElse("never blind"));
  }

  private static String words(Iterable<String> names) {
    Set<String> sorted = new TreeSet<>();
    names.forEach(sorted::add);
    return String.join(", ", sorted);
  }

  /** A time in which something is blind. */
  public static Map<String, Object> blindness(Blindness one, Instant now) {
    return Json.object(
        "id", one.id(),
        "watch", one.deviceId(),
        "kind", one.kind(),
        "blind", words(one.monitors()),
        "securityBlind", one.monitors().stream().anyMatch(Watches.SECURITY::contains),
        "from", one.start().toString(),
        "until", one.end().toString(),
        "reason", one.reason(),
        "by", one.by(),
        "state", one.stateAt(now));
  }
}

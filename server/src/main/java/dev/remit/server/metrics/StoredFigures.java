package dev.remit.server.metrics;

import dev.remit.server.sink.Sinks;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What stands in the database, read when somebody asks. While the database is away these are
 * missing, and {@code remit_ready} is 0: a figure from earlier would be a lie.
 */
final class StoredFigures implements MultiCollector {

  private static final Map<String, String> HELP =
      Map.of(
          "approvals_open", "Proposals that wait for people.",
          "leases_live", "Leases that are not revoked and not past their end.",
          "leases_exposed", "Leases past their end that are not proven gone.",
          "leases_revoking", "Leases whose revocation is being tried.",
          "tasks_open", "Tasks that are open or held.",
          "calls_running", "Intents without an outcome.",
          "kills_in_force", "Kill switches that are not lifted.",
          "log_entries_waiting", "Entries that are stored and not in their log yet.",
          "log_oldest_waiting_seconds", "Age of the oldest entry that is not in its log yet.",
          "log_unwitnessed_seconds", "Age of the oldest checkpoint that no witness has covered.");

  private final Supplier<Map<String, Double>> stored;
  private final Supplier<List<Sinks.Lag>> sinks;
  private final Supplier<Optional<String>> version;
  private final BooleanSupplier isReady;

  StoredFigures(
      Supplier<Map<String, Double>> stored,
      Supplier<List<Sinks.Lag>> sinks,
      Supplier<Optional<String>> version,
      BooleanSupplier isReady) {
    this.stored = stored;
    this.sinks = sinks;
    this.version = version;
    this.isReady = isReady;
  }

  @Override
  public MetricSnapshots collect() {
    var found = new ArrayList<MetricSnapshot>();
    boolean isUp = isReady.getAsBoolean();
    found.add(gauge("remit_ready", "Whether this process and its database can serve.", isUp));
    version.get().ifPresent(text -> found.add(info(text)));
    if (isUp) {
      try {
        stored
            .get()
            .forEach((name, value) ->
                found.add(
                    gauge("remit_" + name, HELP.getOrDefault(name, name), Labels.EMPTY, value)));
        addSinks(found);
      } catch (RuntimeException e) {
        // It went away in between: what is missing says so.
        found.removeIf(one -> !one.getMetadata().getName().equals("remit_policy_version"));
        found.add(gauge("remit_ready", "Whether this process and its database can serve.", false));
      }
    }
    return new MetricSnapshots(found);
  }

  private void addSinks(List<MetricSnapshot> found) {
    var lags = sinks.get();
    if (lags.isEmpty()) {
      return;
    }
    var entries = GaugeSnapshot.builder().name("remit_sink_lag_entries");
    var seconds = GaugeSnapshot.builder().name("remit_sink_lag_seconds");
    var sent = CounterSnapshot.builder().name("remit_sink_sent_events");
    var failed = CounterSnapshot.builder().name("remit_sink_failed_deliveries");
    for (var lag : lags) {
      var labels = Labels.of("sink", lag.state().name());
      entries.dataPoint(point(labels, (double) lag.entries()));
      seconds.dataPoint(point(labels, lag.seconds()));
      sent.dataPoint(count(labels, (double) lag.state().sent()));
      failed.dataPoint(count(labels, (double) lag.state().failures()));
    }
    found.add(entries.help("Entries in the log that the receiver has not acknowledged.").build());
    found.add(seconds.help("Age of the oldest of them.").build());
    found.add(sent.help("Events acknowledged to this process.").build());
    found.add(failed.help("Deliveries of this process that were not acknowledged.").build());
  }

  private static GaugeSnapshot.GaugeDataPointSnapshot point(Labels labels, double value) {
    return GaugeSnapshot.GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
  }

  private static CounterSnapshot.CounterDataPointSnapshot count(Labels labels, double value) {
    return CounterSnapshot.CounterDataPointSnapshot.builder().labels(labels).value(value).build();
  }

  private static GaugeSnapshot gauge(String name, String help, boolean value) {
    return gauge(name, help, Labels.EMPTY, value ? 1 : 0);
  }

  private static GaugeSnapshot gauge(String name, String help, Labels labels, double value) {
    return GaugeSnapshot.builder().name(name).help(help).dataPoint(point(labels, value)).build();
  }

  private static InfoSnapshot info(String version) {
    return InfoSnapshot.builder()
        .name("remit_policy_version")
        .help("The policy version in force.")
        .dataPoint(
            InfoSnapshot.InfoDataPointSnapshot.builder()
                .labels(Labels.of("version", version))
                .build())
        .build();
  }
}

package dev.remit.server;

import dev.remit.core.advice.Advisor;
import dev.remit.core.evidence.Journal;
import dev.remit.core.flow.Gateway;
import dev.remit.core.trace.Traces;
import dev.remit.core.value.Value;
import dev.remit.evidence.OcsfStream;
import dev.remit.json.Json;
import dev.remit.postgres.Database;
import dev.remit.postgres.PostgresFigures;
import dev.remit.postgres.PostgresJournal;
import dev.remit.postgres.PostgresSinkCursors;
import dev.remit.server.metrics.MeasuredAdvisor;
import dev.remit.server.metrics.MeasuredGateway;
import dev.remit.server.metrics.Metrics;
import dev.remit.server.sink.Sinks;
import dev.remit.server.trace.OtlpTraces;
import dev.remit.web.Telemetry;
import dev.remit.web.http.OperatorToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Deque;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** What leaves the installation towards those who watch it: events, figures and traces. */
final class Outward {

  private final Metrics metrics;
  private final Telemetry telemetry;
  private final Sinks sinks;
  private final BooleanSupplier isOurTurn;

  private Outward(Metrics metrics, Telemetry telemetry, Sinks sinks, BooleanSupplier isOurTurn) {
    this.metrics = metrics;
    this.telemetry = telemetry;
    this.sinks = sinks;
    this.isOurTurn = isOurTurn;
  }

  /**
   * Starts it; it stops with what is on {@code closing}.
   *
   * @param secrets sealed secrets by name
   * @param installation the log's origins are {@code remit/<installation>/<tenant>}
   */
  static Outward start(
      Options options,
      DataFolder data,
      Database database,
      ActiveReleases releases,
      String installation,
      Function<String, Supplier<String>> secrets,
      InstantSource clock,
      RandomGenerator random,
      Deque<Runnable> closing) {
    var settings = options.config().map(Outward::read).orElse(Value.Obj.EMPTY);
    var cursors = new PostgresSinkCursors(database);
    Journal journal = new PostgresJournal(database);
    var sinks =
        new Sinks(
            new OutsideSinks(secrets, clock, "remit-" + installation).configured(settings),
            cursors,
            new OcsfStream(installation, journal::read),
            clock);
    closing.push(cursors::close);
    closing.push(sinks::close);
    sinks.start();
    var figures = new PostgresFigures(database);
    var metrics =
        new Metrics(
            () -> figures.at(clock.instant()),
            sinks::lags,
            () -> releases.release().map(release -> release.version().value()),
            database::isReachable);
    var traces = traces(settings, secrets, random, closing);
    var scrape = metrics.scrape(OperatorToken.of(data.metricsToken()));
    return new Outward(
        metrics, new Telemetry(traces, Optional.of(scrape)), sinks, cursors::isOurTurn);
  }

  private static Traces traces(
      Value.Obj settings,
      Function<String, Supplier<String>> secrets,
      RandomGenerator random,
      Deque<Runnable> closing) {
    var configured = OutsideTraces.configured(settings, secrets);
    if (configured.isEmpty()) {
      return Traces.passing(random);
    }
    var traces = OtlpTraces.to(configured.get());
    closing.push(traces::close);
    return traces;
  }

  private static Value.Obj read(Path file) {
    try {
      return Json.parseObject(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read `" + file + "`", e);
    }
  }

  Gateway measured(Gateway gateway) {
    return new MeasuredGateway(gateway, metrics.calls());
  }

  Advisor measured(Advisor advisor) {
    return new MeasuredAdvisor(advisor, metrics.calls());
  }

  Telemetry telemetry() {
    return telemetry;
  }

  /** Whether this process is the one that tells what one alone has to tell. */
  boolean isOurTurn() {
    return isOurTurn.getAsBoolean();
  }

  Sinks sinks() {
    return sinks;
  }
}

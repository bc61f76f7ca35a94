package dev.remit.server.metrics;

import dev.remit.server.sink.Sinks;
import dev.remit.web.http.OperatorToken;
import dev.remit.web.http.Scrape;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The figures of this process and what it can say of the installation. */
public final class Metrics {

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final CallFigures calls = new CallFigures(registry);

  /**
   * Figures.
   *
   * @param stored what stands in the database, by name
   * @param sinks how far each sink is behind
   * @param version the policy version in force, if there is one
   * @param isReady whether the database answers
   */
  public Metrics(
      Supplier<Map<String, Double>> stored,
      Supplier<List<Sinks.Lag>> sinks,
      Supplier<Optional<String>> version,
      BooleanSupplier isReady) {
    registry.register(new StoredFigures(stored, sinks, version, isReady));
    JvmMetrics.builder().register(registry);
  }

  /** Where calls and questions are counted. */
  public CallFigures calls() {
    return calls;
  }

  /** The page, for whoever shows this token. */
  public Scrape scrape(OperatorToken token) {
    return new Scrape(token, this::page);
  }

  private Scrape.Page page(String accept) {
    var out = new ByteArrayOutputStream();
    try {
      if (accept.contains("application/openmetrics-text")) {
        OpenMetricsTextFormatWriter.create().write(out, registry.scrape());
        return new Scrape.Page(OpenMetricsTextFormatWriter.CONTENT_TYPE, text(out));
      }
      PrometheusTextFormatWriter.create().write(out, registry.scrape());
      return new Scrape.Page(PrometheusTextFormatWriter.CONTENT_TYPE, text(out));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(ByteArrayOutputStream out) {
    return out.toString(StandardCharsets.UTF_8);
  }
}

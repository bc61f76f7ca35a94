package dev.remit.web;

import dev.remit.core.trace.Traces;
import dev.remit.web.http.Scrape;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What is told of calls beside the trail, to those who run the installation.
 *
 * @param traces begins the trace of each request
 * @param scrape the figures of the page {@code /metrics}, where there is one
 */
public record Telemetry(Traces traces, Optional<Scrape> scrape) {

  /** Context goes through, nothing is told. */
  public static Telemetry silent(RandomGenerator random) {
    return new Telemetry(Traces.passing(random), Optional.empty());
  }
}

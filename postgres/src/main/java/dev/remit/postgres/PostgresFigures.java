package dev.remit.postgres;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/** Figures of the whole installation, of which none belongs to one client. */
public final class PostgresFigures {

  private final Database database;

  public PostgresFigures(Database database) {
    this.database = database;
  }

  /** By name, as of this moment. */
  public Map<String, Double> at(Instant now) {
    return database
        .rows(
            "select name, value::text as value from remit.installation_figures(?)",
            params -> params.at(now),
            row -> Map.entry(row.text("name"), Double.valueOf(row.text("value"))))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}

package dev.remit.evidence.reconcile;

import dev.remit.core.value.InvalidValueException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Comma-separated values (RFC 4180) with a first line of names.
 *
 * <p>Times are instants of ISO 8601, or seconds or milliseconds since 1970; a time without a zone
 * is refused, because a guess would pair the wrong ones.
 */
final class Csv {

  private static final Set<String> COLUMNS =
      Set.of("id", "time", "principal", "target", "kind", "reference");
  private static final long MILLIS_FROM = 100_000_000_000L;

  private final String text;
  private int at;

  private Csv(String text) {
    this.text = text;
  }

  static List<Act> acts(String text, Map<String, String> columns) {
    if (!columns.containsKey("time")
        || !columns.containsKey("principal")
        || !COLUMNS.containsAll(columns.keySet())) {
      throw new InvalidValueException(
          "for a CSV the rules name `columns`: time and principal, and id, target, kind,"
              + " reference if there");
    }
    List<List<String>> rows = new Csv(text.startsWith("\ufeff") ? text.substring(1) : text).rows();
    if (rows.isEmpty()) {
      throw new InvalidValueException("the CSV has no line of names");
    }
    Map<String, Integer> places = places(rows.getFirst(), columns);
    List<Act> acts = new ArrayList<>();
    for (int i = 1; i < rows.size(); i++) {
      if (rows.get(i).size() != rows.getFirst().size()) {
        throw new InvalidValueException(
            "record " + i + " of the CSV has another number of fields than its line of names");
      }
      acts.add(act(i, rows.get(i), places));
    }
    return acts;
  }

  private static Map<String, Integer> places(List<String> names, Map<String, String> columns) {
    Map<String, Integer> places = new HashMap<>();
    columns.forEach((column, name) -> {
      if (names.indexOf(name) < 0 || names.indexOf(name) != names.lastIndexOf(name)) {
        throw new InvalidValueException("the CSV has no single column `" + name + "`");
      }
      places.put(column, names.indexOf(name));
    });
    return places;
  }

  private static Act act(int number, List<String> row, Map<String, Integer> places) {
    String id = field(row, places, "id");
    String principal = field(row, places, "principal");
    String target = field(row, places, "target");
    String reference = field(row, places, "reference");
    return new Act(
        id.isEmpty() ? "record " + number : id,
        time(number, field(row, places, "time")),
        principal.isEmpty() ? Set.of() : Set.of(principal),
        target.isEmpty() ? Set.of() : Set.of(target),
        field(row, places, "kind"),
        "",
        reference.isEmpty() ? Set.of() : Set.of(reference));
  }

  private static String field(List<String> row, Map<String, Integer> places, String column) {
    Integer place = places.get(column);
    return place == null ? "" : row.get(place).strip();
  }

  private static Instant time(int number, String text) {
    try {
      if (text.matches("[0-9]{1,13}")) {
        long count = Long.parseLong(text);
        return count < MILLIS_FROM ? Instant.ofEpochSecond(count) : Instant.ofEpochMilli(count);
      }
      return java.time.OffsetDateTime.parse(text.replaceFirst("^(\\S+) (\\d)", "$1T$2"))
          .toInstant();
    } catch (DateTimeException e) {
      throw new InvalidValueException(
          "record " + number + " of the CSV has no time with a zone, such as 2026-03-01T10:00:00Z");
    }
  }

  private List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    while (at < text.length()) {
      List<String> row = row();
      if (row.size() > 1 || !row.getFirst().isEmpty()) {
        rows.add(row);
      }
    }
    return rows;
  }

  private List<String> row() {
    List<String> row = new ArrayList<>();
    while (true) {
      row.add(at < text.length() && text.charAt(at) == '"' ? quoted() : plain());
      if (at >= text.length()) {
        return row;
      }
      char end = text.charAt(at++);
      if (end == '\r' && at < text.length() && text.charAt(at) == '\n') {
        at++;
      }
      if (end != ',') {
        return row;
      }
    }
  }

  private String plain() {
    int from = at;
    while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
      if (text.charAt(at) == '"') {
        throw new InvalidValueException("the CSV has a quote inside a field that is not quoted");
      }
      at++;
    }
    return text.substring(from, at);
  }

  private String quoted() {
    var field = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      boolean isQuote = c == '"';
      boolean isDoubled = isQuote && at + 1 < text.length() && text.charAt(at + 1) == '"';
      if (isQuote && !isDoubled) {
        at++;
        if (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
          throw new InvalidValueException("the CSV has something after a closing quote");
        }
        return field.toString();
      }
      field.append(c);
      at += isDoubled ? 1 : 0;
    }
    throw new InvalidValueException("the CSV ends inside a quoted field");
  }
}

package dev.remit.postgres;

import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** The columns of one row by name, where absent means SQL null. */
final class Row {

  private final ResultSet result;

  Row(ResultSet result) {
    this.result = result;
  }

  String text(String column) throws SQLException {
    return optionalText(column).orElseThrow(() -> missing(column));
  }

  Optional<String> optionalText(String column) throws SQLException {
    return Optional.ofNullable(result.getString(column));
  }

  Instant at(String column) throws SQLException {
    var value = result.getObject(column, OffsetDateTime.class);
    if (value == null) {
      throw missing(column);
    }
    return value.toInstant();
  }

  Optional<Instant> optionalAt(String column) throws SQLException {
    return Optional.ofNullable(result.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  long number(String column) throws SQLException {
    return result.getLong(column);
  }

  Optional<Long> optionalNumber(String column) throws SQLException {
    long number = result.getLong(column);
    return result.wasNull() ? Optional.empty() : Optional.of(number);
  }

  boolean claim(String column) throws SQLException {
    return result.getBoolean(column);
  }

  byte[] bytes(String column) throws SQLException {
    byte[] bytes = result.getBytes(column);
    if (bytes == null) {
      throw missing(column);
    }
    return bytes;
  }

  Optional<byte[]> optionalBytes(String column) throws SQLException {
    return Optional.ofNullable(result.getBytes(column));
  }

  Value.Obj json(String column) throws SQLException {
    return Json.parseObject(text(column));
  }

  private static IllegalStateException missing(String column) {
    return new IllegalStateException("a stored row has no `" + column + "`");
  }

  /** Makes something of a row. */
  @FunctionalInterface
  interface Reader<T> {
    T read(Row row) throws SQLException;
  }
}

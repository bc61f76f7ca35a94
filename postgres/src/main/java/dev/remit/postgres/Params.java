package dev.remit.postgres;

import dev.remit.core.evidence.Entry;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives a statement its parameters from left to right. */
final class Params {

  private final PreparedStatement statement;
  private int next = 1;

  Params(PreparedStatement statement) {
    this.statement = statement;
  }

  Params text(@Nullable String text) throws SQLException {
    statement.setString(next++, text);
    return this;
  }

  Params text(Optional<String> text) throws SQLException {
    return text(text.orElse(null));
  }

  /** Cut to the microsecond, the store's precision, so that no instant becomes a later one. */
  Params at(Instant instant) throws SQLException {
    statement.setObject(next++, instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
    return this;
  }

  Params at(Optional<Instant> instant) throws SQLException {
    if (instant.isPresent()) {
      return at(instant.get());
    }
    statement.setNull(next++, java.sql.Types.TIMESTAMP_WITH_TIMEZONE);
    return this;
  }

  Params number(int number) throws SQLException {
    statement.setInt(next++, number);
    return this;
  }

  Params number(long number) throws SQLException {
    statement.setLong(next++, number);
    return this;
  }

  Params claim(boolean claim) throws SQLException {
    statement.setBoolean(next++, claim);
    return this;
  }

  Params bytes(byte[] bytes) throws SQLException {
    statement.setBytes(next++, bytes);
    return this;
  }

  Params texts(Collection<String> texts) throws SQLException {
    return array("text", texts.toArray(String[]::new));
  }

  Params array(String type, @Nullable Object[] items) throws SQLException {
    statement.setArray(next++, statement.getConnection().createArrayOf(type, items));
    return this;
  }

  /** The eight parameters that every function with an entry takes last. */
  Params entry(Entry entry) throws SQLException {
    var written = Written.of(entry);
    return text(entry.id())
        .text(entry.kind().text())
        .text(entry.call())
        .text(entry.task())
        .at(entry.at())
        .text(written.leaf())
        .text(written.body())
        .text(entry.salt());
  }

  /** Writes parameters. */
  @FunctionalInterface
  interface Binding {
    /** No parameters. */
    Binding NONE = params -> {};

    void bind(Params params) throws SQLException;
  }
}

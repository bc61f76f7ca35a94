package dev.remit.connectors.postgres;

import dev.remit.core.value.Value;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.LinkedHashMap;

/** Rows as values: numbers that JSON carries exactly are numbers, all else is text. */
final class Rows {
  private Rows() {}

  static Value.Obj row(ResultSet rows) throws SQLException {
    var meta = rows.getMetaData();
    var members = new LinkedHashMap<String, Value>();
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      members.put(meta.getColumnLabel(i), value(rows, i, meta.getColumnType(i)));
    }
    return new Value.Obj(members);
  }

  private static Value value(ResultSet rows, int column, int type) throws SQLException {
    var text = rows.getString(column);
    if (text == null) {
      return Value.Null.NULL;
    }
    return switch (type) {
      case Types.BOOLEAN, Types.BIT -> Value.of(rows.getBoolean(column));
      case Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.NUMERIC -> exact(text);
      case Types.REAL, Types.DOUBLE -> real(text);
      default -> Value.of(text.replace("\0", ""));
    };
  }

  private static Value exact(String text) {
    try {
      long number = new BigDecimal(text).longValueExact();
      return Math.abs(number) <= Value.MAX_SAFE_INTEGER ? Value.of(number) : Value.of(text);
    } catch (ArithmeticException | NumberFormatException e) {
      return Value.of(text);
    }
  }

  private static Value real(String text) {
    double number = Double.parseDouble(text);
    return Double.isFinite(number) ? Value.number(number) : Value.of(text);
  }
}

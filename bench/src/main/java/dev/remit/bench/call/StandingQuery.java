package dev.remit.bench.call;

import dev.remit.bench.load.Side;
import java.sql.Connection;
import java.sql.SQLException;

/** The effect's query on a connection that stands: what it would cost with a standing password. */
final class StandingQuery implements Side {

  private static final String QUERY =
      "select asset_tag, model, cast(purchased_on as text) as purchased_on,"
          + " cast(warranty_until as text) as warranty_until"
          + " from asset where warranty_until < cast(? as date)"
          + " order by warranty_until, asset_tag limit 200";

  private final Lab lab;
  private final String collection;
  private final String before;

  StandingQuery(Lab lab, String collection, String before) {
    this.lab = lab;
    this.collection = collection;
    this.before = before;
  }

  @Override
  public Line open() throws SQLException {
    var connection = lab.assets();
    try (var statement = connection.createStatement()) {
      statement.execute("set search_path = \"" + collection + "\"");
    }
    return new Line() {
      @Override
      public void call() throws SQLException {
        query(connection);
      }

      @Override
      public void close() {
        try {
          connection.close();
        } catch (SQLException e) {
          // It is gone either way.
        }
      }
    };
  }

  void query(Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement(QUERY)) {
      statement.setString(1, before);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          rows.getString(1);
        }
      }
    }
  }
}

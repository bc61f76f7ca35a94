package dev.remit.connectors.postgres;

import dev.remit.connectors.common.Pointer;
import dev.remit.connectors.common.Settings;
import dev.remit.core.call.Sha256;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.target.Reading;
import dev.remit.core.target.TargetRef;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The declared query that lists the records of a database's one kind: columns {@code id} and {@code
 * owner} must be there, {@code version} may be, and those listed as {@code attributes}.
 */
final class CollectionQuery {
  private static final int MOST = 10_000;
  private final ConnectorId connector;
  private final String kind;
  private final String query;
  private final Set<String> attributes;
  private final Set<String> binding;

  CollectionQuery(ConnectorId connector, String kind, Settings settings) {
    this.connector = connector;
    this.kind = kind;
    this.query = NamedQuery.parse(settings.text("query")).requireNoParameters();
    this.attributes = Set.copyOf(settings.texts("attributes"));
    this.binding = Set.copyOf(settings.texts("binding"));
  }

  String kind() {
    return kind;
  }

  List<Reading> all(Connection connection) throws SQLException {
    var sql = "select * from (" + query + ") record limit " + (MOST + 1);
    try (var statement = connection.prepareStatement(sql);
        var rows = statement.executeQuery()) {
      var readings = new ArrayList<Reading>();
      while (rows.next()) {
        readings.add(reading(Rows.row(rows)));
      }
      if (readings.size() > MOST) {
        throw new SQLException("the list does not end", "54000");
      }
      return readings;
    }
  }

  Optional<Reading> one(Connection connection, String id) throws SQLException {
    var found = where(connection, "id", id);
    return found.size() == 1 ? Optional.of(reading(found.getFirst())) : Optional.empty();
  }

  /** The one collection of an owner; none or several is wrong input, never a guess. */
  String only(Connection connection, String owner) throws SQLException {
    var found = where(connection, "owner", owner);
    if (owner.isEmpty() || found.size() != 1) {
      throw new InvalidValueException("this tenant does not have exactly one " + kind);
    }
    return Pointer.scalar(found.getFirst().members().getOrDefault("id", Value.Null.NULL))
        .map(Grants::name)
        .orElseThrow(() -> new InvalidValueException("a record has no identifier"));
  }

  private List<Value.Obj> where(Connection connection, String column, String value)
      throws SQLException {
    var sql =
        "select * from (" + query + ") record where record." + column + "::text = ?::text limit 2";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, value);
      try (var rows = statement.executeQuery()) {
        var found = new ArrayList<Value.Obj>();
        while (rows.next()) {
          found.add(Rows.row(rows));
        }
        return found;
      }
    }
  }

  private Reading reading(Value.Obj row) {
    var id =
        row.get("id")
            .flatMap(Pointer::scalar)
            .orElseThrow(() -> new InvalidValueException("a record has no identifier"));
    var owner = row.get("owner").flatMap(Pointer::scalar).orElse("");
    var facts = Value.Obj.EMPTY;
    for (String name : new TreeSet<>(attributes)) {
      var value = row.get(name);
      facts = value.isPresent() ? facts.with(name, value.get()) : facts;
    }
    var version =
        Sha256.of(Value.object("owner", owner, "record", row.get("version").orElse(facts)));
    return new Reading(new TargetRef(connector, kind, id), owner, facts, binding, version);
  }
}

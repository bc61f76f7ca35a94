package dev.remit.connectors.postgres;

import dev.remit.connectors.common.Settings;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a leased role may read: memberships in reader roles that the database's owner prepared, and
 * single tables with named columns. {@code {collection}} stands for the tenant's own collection.
 *
 * <p>Memberships leave no trace in the access lists of shared tables and can be given by many
 * leases at once; prefer them. A table is written {@code schema.table} or {@code
 * schema.table(column, column)}.
 */
record Grants(List<String> roles, List<String> tables) {
  private static final String COLLECTION = "{collection}";
  private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");
  private static final Pattern TABLE =
      Pattern.compile("([a-z0-9_]+)\\.([a-z0-9_]+)(?:\\(([a-z0-9_, ]+)\\))?");

  Grants {
    roles = List.copyOf(roles);
    tables = List.copyOf(tables);
  }

  static Grants of(Settings settings) {
    return new Grants(settings.texts("roles"), settings.texts("tables"));
  }

  boolean isEmpty() {
    return roles.isEmpty() && tables.isEmpty();
  }

  /** Those that name no single tenant's collection: what the inventory needs. */
  Grants shared() {
    return new Grants(
        roles.stream().filter(role -> !role.contains(COLLECTION)).toList(),
        tables.stream().filter(table -> !table.contains(COLLECTION)).toList());
  }

  boolean namesCollection() {
    return !shared().equals(this);
  }

  Value.Obj value() {
    return Value.object("roles", Value.texts(roles), "tables", Value.texts(tables));
  }

  static Grants of(Value.Obj scope) {
    return of(new Settings("lease", scope));
  }

  /** The statements that give these to the role. */
  List<String> statements(String role, Optional<String> collection) {
    var statements = new ArrayList<String>();
    for (String template : roles) {
      var reader = name(filled(template, collection));
      statements.add("GRANT \"" + reader + "\" TO \"" + role + "\" WITH INHERIT TRUE, SET FALSE");
    }
    for (String template : tables) {
      var matcher = TABLE.matcher(filled(template, collection));
      if (!matcher.matches()) {
        throw new InvalidValueException(
            "a table is written schema.table or schema.table(column), not `" + template + "`");
      }
      var schema = name(matcher.group(1));
      statements.add("GRANT USAGE ON SCHEMA \"" + schema + "\" TO \"" + role + "\"");
      statements.add(
          "GRANT SELECT"
              + columns(matcher.group(3))
              + " ON \""
              + schema
              + "\".\""
              + name(matcher.group(2))
              + "\" TO \""
              + role
              + "\"");
    }
    return statements;
  }

  private static String columns(@org.jspecify.annotations.Nullable String list) {
    if (list == null) {
      return "";
    }
    var quoted = new ArrayList<String>();
    for (String column : list.split(",", -1)) {
      quoted.add("\"" + name(column.trim()) + "\"");
    }
    return " (" + String.join(", ", quoted) + ")";
  }

  private static String filled(String template, Optional<String> collection) {
    return template.contains(COLLECTION)
        ? template.replace(
            COLLECTION,
            collection.orElseThrow(
                () -> new InvalidValueException("this lease is for no single collection")))
        : template;
  }

  static String name(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new InvalidValueException(
          "a name in the database is lower-case letters, digits and `_`, not `" + text + "`");
    }
    return text;
  }
}

package dev.remit.connectors.postgres;

import dev.remit.core.call.ScopeTruth;
import dev.remit.core.call.Tool;
import dev.remit.core.identity.Grade;
import dev.remit.core.lease.Lease;
import dev.remit.core.lease.LeaseId;
import dev.remit.core.release.ConnectorSpec;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A real PostgreSQL with passwords, two clients' schemas and a broker that owns nothing. */
final class AssetDatabase {
  static final ConnectorId ASSETS = new ConnectorId("assets");
  static final Tenant HARBOR =
      new Tenant(new TenantId("harbor-dental"), "Harbor Dental", Map.of("assets", "1"), List.of());
  static final Tenant NOBODY = new Tenant(new TenantId("nobody"), "Nobody", Map.of(), List.of());
  static final String PREFIX = "remit_t1_";
  private static final String PASSWORD = "postgres-test-only";
  private static final AssetDatabase SHARED = new AssetDatabase();

  private static final String SPEC =
      """
      {"broker": {"kind": "postgres-role", "life": "60s",
                  "grants": {"roles": ["catalog_reader", "{collection}_reader"]}},
       "inventory": {"collection": {
          "query": "select schema_name as id, organization_id as owner, title, version from catalog.collection",
          "attributes": ["title"], "binding": ["title"]}}}
      """;

  private final EmbeddedPostgres postgres;

  private AssetDatabase() {
    try {
      Path secret = Files.createTempFile("pw", "");
      Files.writeString(secret, PASSWORD);
      postgres =
          EmbeddedPostgres.builder()
              .setLocaleConfig("auth", "scram-sha-256")
              .setLocaleConfig("pwfile", secret.toString())
              .setDataDirectoryCustomizer(AssetDatabase::restrict)
              .setConnectConfig("password", PASSWORD)
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("max_connections", "60")
              .start();
      Files.delete(secret);
      fill();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static AssetDatabase shared() {
    return SHARED;
  }

  private static void restrict(File data) {
    try {
      Files.writeString(
          data.toPath().resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void fill() throws SQLException {
    sql(
        "create role remit_broker login createrole password 'broker'",
        "revoke temporary on database postgres from public",
        "create schema catalog",
        "create table catalog.collection (schema_name text primary key, organization_id int,"
            + " title text, version bigint)",
        "create role somebody nologin");
    readable("catalog", "collection");
    client("harbor_dental", 1);
    client("lakeside_law", 2);
  }

  private void client(String schema, int organization) throws SQLException {
    sql(
        "create schema " + schema,
        "create table " + schema + ".asset (tag text, cost bigint, price numeric(9,2), due date)",
        "insert into "
            + schema
            + ".asset values ('"
            + schema
            + "-1', 100, 1.50, '2026-01-01'),"
            + " ('"
            + schema
            + "-2', 9007199254740993, 2, '2027-01-01')",
        "insert into catalog.collection values ('" + schema + "', " + organization + ", 't', 1)");
    readable(schema, "asset");
  }

  private void readable(String schema, String table) throws SQLException {
    sql(
        "grant usage on schema " + schema + " to remit_broker with grant option",
        "grant select on " + schema + "." + table + " to remit_broker with grant option",
        "create role " + schema + "_reader nologin",
        "grant usage on schema " + schema + " to " + schema + "_reader",
        "grant select on " + schema + "." + table + " to " + schema + "_reader",
        "grant " + schema + "_reader to remit_broker with admin option, inherit false, set false");
  }

  Connection superuser() throws SQLException {
    return DriverManager.getConnection(url(), "postgres", PASSWORD);
  }

  void sql(String... statements) throws SQLException {
    try (var connection = superuser();
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The first column of the first row as text. */
  String ask(String query) {
    try (var connection = superuser();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "";
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
  }

  PostgresConnector connector(InstantSource clock, Tool... tools) {
    return connector(url(), clock, tools);
  }

  PostgresConnector connector(String url, InstantSource clock, Tool... tools) {
    return connector(url, clock, SPEC, tools);
  }

  PostgresConnector connector(String url, InstantSource clock, String spec, Tool... tools) {
    return new PostgresConnector(
        new ConnectorSpec(
            ASSETS,
            "Assets",
            "postgres",
            "ops",
            ScopeTruth.VENDOR_ENFORCED,
            "assets",
            Json.parseObject(spec)),
        List.of(tools),
        new PostgresEndpoint(url, "remit_broker", () -> "broker"),
        PREFIX,
        new SecureRandom(),
        clock);
  }

  static Tool tool(String query) {
    return tool(Value.object("query", query));
  }

  static Tool tool(Value.Obj settings) {
    return new Tool(
        "assets_query",
        ASSETS,
        "query",
        "q",
        "q",
        Grade.OBSERVE,
        Value.Obj.EMPTY,
        "pin",
        List.of(new Tool.TargetArgument("collection", ASSETS, "collection")),
        true,
        Tool.Proof.RECORD,
        Duration.ofSeconds(10),
        settings);
  }

  static Lease lease(String name, Value.Obj scope, java.time.Instant end) {
    return new Lease(
        new LeaseId(name),
        HARBOR.id(),
        ASSETS,
        PREFIX + name,
        Optional.empty(),
        scope,
        end,
        "r1",
        Lease.State.INTENDED);
  }
}

package dev.remit.lab.assets;

import dev.remit.lab.estate.Organization;
import dev.remit.lab.estate.Seed;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Database, schemas and the broker's rights; every statement may run again.
 *
 * <p>The broker is neither superuser nor owner. It may create roles, read the catalog and each
 * client's schema, and pass those rights on. `createrole_self_grant = inherit` gives it the rights
 * of the roles it made, which PostgreSQL 16 and later want before it may end their sessions or
 * revoke what they own.
 */
final class AssetSchema {
  private AssetSchema() {}

  static void database(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet found =
          statement.executeQuery("select 1 from pg_database where datname = 'assets'")) {
        if (found.next()) {
          return;
        }
      }
      statement.execute("create database assets");
    }
  }

  static void create(Connection connection, Seed seed, String brokerPassword) throws SQLException {
    try (Statement sql = connection.createStatement()) {
      broker(sql, brokerPassword);
      sql.execute("revoke temporary on database assets from public");
      sql.execute("create schema if not exists catalog");
      sql.execute(
          """
          create table if not exists catalog.collection (
            schema_name text constraint collection_key primary key,
            organization_id integer not null,
            title text not null,
            version bigint not null)
          """);
      grant(sql, "catalog");
      for (Organization organization : seed.organizations()) {
        client(sql, organization.schema());
      }
    }
  }

  private static void broker(Statement sql, String password) throws SQLException {
    if (isMissing(sql, "remit_broker")) {
      sql.execute("create role remit_broker");
    }
    sql.execute(
        "alter role remit_broker login createrole nosuperuser nocreatedb nobypassrls password "
            + sql.enquoteLiteral(password));
    sql.execute("alter role remit_broker set createrole_self_grant = 'inherit'");
  }

  private static boolean isMissing(Statement sql, String role) throws SQLException {
    try (ResultSet found =
        sql.executeQuery("select 1 from pg_roles where rolname = " + sql.enquoteLiteral(role))) {
      return !found.next();
    }
  }

  private static void client(Statement sql, String schema) throws SQLException {
    sql.execute("create schema if not exists " + schema);
    sql.execute(
        """
        create table if not exists %s.asset (
          asset_tag text constraint asset_key primary key,
          device_id integer,
          model text not null,
          serial text not null,
          purchased_on date not null,
          warranty_until date not null,
          cost_cents bigint not null,
          assigned_to text)
        """
            .formatted(schema));
    grant(sql, schema);
  }

  /** Rights for the broker to pass on, and a reader role that carries the same rights. */
  private static void grant(Statement sql, String schema) throws SQLException {
    sql.execute("grant usage on schema " + schema + " to remit_broker with grant option");
    sql.execute(
        "grant select on all tables in schema " + schema + " to remit_broker with grant option");
    String reader = schema + "_reader";
    if (isMissing(sql, reader)) {
      sql.execute("create role " + reader + " nologin");
    }
    sql.execute("grant usage on schema " + schema + " to " + reader);
    sql.execute("grant select on all tables in schema " + schema + " to " + reader);
    sql.execute("grant " + reader + " to remit_broker with admin option, inherit false, set false");
  }
}

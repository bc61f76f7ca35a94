package dev.remit.lab.assets;

import dev.remit.lab.estate.Device;
import dev.remit.lab.estate.NodeRole;
import dev.remit.lab.estate.Organization;
import dev.remit.lab.estate.Seed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Random;

/** The rows: one asset for each device, and two that no device has (a scanner, a projector). */
final class AssetRows {
  private static final String[] MODELS = {
    "OptiPlex 7010", "Latitude 5450", "ThinkCentre M75", "EliteDesk 800"
  };

  private AssetRows() {}

  static void fill(Connection connection, Seed seed) throws SQLException {
    Random random = new Random(seed.number());
    collections(connection, seed);
    for (Organization organization : seed.organizations()) {
      try (Statement sql = connection.createStatement()) {
        sql.execute("truncate " + organization.schema() + ".asset");
      }
      try (PreparedStatement insert =
          connection.prepareStatement(
              "insert into " + organization.schema() + ".asset values (?, ?, ?, ?, ?, ?, ?, ?)")) {
        for (Device device : seed.devices()) {
          if (device.organizationId() == organization.id()) {
            row(insert, organization, device, random);
          }
        }
        unmanaged(insert, organization, "Document scanner", 901, random);
        unmanaged(insert, organization, "Projector", 902, random);
        insert.executeBatch();
      }
    }
  }

  private static void collections(Connection connection, Seed seed) throws SQLException {
    try (Statement sql = connection.createStatement()) {
      sql.execute("truncate catalog.collection");
    }
    try (PreparedStatement insert =
        connection.prepareStatement("insert into catalog.collection values (?, ?, ?, 1)")) {
      for (Organization organization : seed.organizations()) {
        insert.setString(1, organization.schema());
        insert.setInt(2, organization.id());
        insert.setString(3, "Assets of " + organization.name());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static void row(
      PreparedStatement insert, Organization organization, Device device, Random random)
      throws SQLException {
    boolean isServer = device.role() != NodeRole.WORKSTATION;
    String model = isServer ? "PowerEdge R660" : MODELS[random.nextInt(MODELS.length)];
    insert.setInt(2, device.id());
    add(insert, organization, device.id() % 1000, model, device.serial(), random);
  }

  private static void unmanaged(
      PreparedStatement insert, Organization organization, String model, int tag, Random random)
      throws SQLException {
    insert.setNull(2, Types.INTEGER);
    add(insert, organization, tag, model, "SN" + (100_000 + random.nextInt(900_000)), random);
  }

  private static void add(
      PreparedStatement insert,
      Organization organization,
      int tag,
      String model,
      String serial,
      Random random)
      throws SQLException {
    LocalDate bought = LocalDate.of(2021, 1, 4).plusDays(random.nextInt(1200));
    String prefix = organization.slug().substring(0, 2).toUpperCase(Locale.ROOT);
    insert.setString(1, String.format(Locale.ROOT, "%s-%04d", prefix, tag));
    insert.setString(3, model);
    insert.setString(4, serial);
    insert.setObject(5, bought);
    insert.setObject(6, bought.plusYears(3 + random.nextInt(3)));
    insert.setLong(7, 40_000 + random.nextInt(400_000));
    insert.setString(8, "site " + organization.locations().getFirst().name());
    insert.addBatch();
  }
}

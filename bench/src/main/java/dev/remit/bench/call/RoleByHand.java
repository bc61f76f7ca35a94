package dev.remit.bench.call;

import dev.remit.bench.load.Side;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The effect's query under a login role made for it and dropped after it, by plain statements:
 * nobody decides, nothing is recorded, nothing is looked for afterwards. What a role of its own
 * costs before anything is governed.
 */
final class RoleByHand implements Side {

  private static final AtomicLong COUNT = new AtomicLong();
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Lab lab;
  private final String collection;
  private final StandingQuery query;

  RoleByHand(Lab lab, String collection, String before) {
    this.lab = lab;
    this.collection = collection;
    this.query = new StandingQuery(lab, collection, before);
  }

  @Override
  public Line open() throws SQLException {
    var owner = lab.assets();
    return new Line() {
      @Override
      public void call() throws SQLException {
        byRole(owner);
      }

      @Override
      public void close() {
        try {
          owner.close();
        } catch (SQLException e) {
          // It is gone either way.
        }
      }
    };
  }

  private void byRole(Connection owner) throws SQLException {
    var role = "by_hand_" + COUNT.incrementAndGet();
    byte[] secret = new byte[24];
    RANDOM.nextBytes(secret);
    var password = HexFormat.of().formatHex(secret);
    try (var statement = owner.createStatement()) {
      // The same few rounds as the product's verifiers have: nobody guesses 192 random bits.
      statement.execute(
          "set scram_iterations = 16; create role %1$s login password '%2$s' in role %3$s_reader"
              .formatted(role, password, collection));
      try (var session = lab.assets(role, password)) {
        try (var path = session.createStatement()) {
          path.execute("set search_path = \"" + collection + "\"");
        }
        query.query(session);
      } finally {
        statement.execute("drop role " + role);
      }
    }
  }
}

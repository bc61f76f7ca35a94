package dev.remit.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerRoleTest {
  private static final String ROLE = "remit_lease_test";
  private TestLab lab;
  private Connection broker;

  @BeforeEach
  void connect() throws SQLException {
    lab = TestLab.shared();
    broker = connect(lab.text("assets", "brokerUser"), lab.text("assets", "brokerPassword"));
    remove(ROLE);
  }

  @AfterEach
  void disconnect() throws SQLException {
    remove(ROLE);
    broker.close();
  }

  private Connection connect(String user, String password) throws SQLException {
    return connect("assets", user, password);
  }

  private Connection connect(String database, String user, String password) throws SQLException {
    String url =
        "jdbc:postgresql://%s:%s/%s"
            .formatted(lab.text("assets", "host"), lab.text("assets", "port"), database);
    return DriverManager.getConnection(url, user, password);
  }

  private static List<String> query(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> answer = new ArrayList<>();
      while (rows.next()) {
        answer.add(rows.getString(1));
      }
      return answer;
    }
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = broker.createStatement()) {
      statement.execute(sql);
    }
  }

  private void make(String role, String schema) throws SQLException {
    run("create role " + role + " login noinherit password 'right' connection limit 2");
    run("grant usage on schema " + schema + ", catalog to " + role);
    run("grant select on all tables in schema " + schema + " to " + role);
    run("grant select on catalog.collection to " + role);
  }

  private boolean exists(String role) throws SQLException {
    return !query(broker, "select 1 from pg_roles where rolname = '" + role + "'").isEmpty();
  }

  private void remove(String role) throws SQLException {
    if (!exists(role)) {
      return;
    }
    run("alter role " + role + " nologin");
    query(
        broker,
        "select pg_terminate_backend(pid, 2000) from pg_stat_activity where usename = '"
            + role
            + "'");
    run("drop owned by " + role);
    run("drop role " + role);
  }

  @Test
  void aLeasedRoleReadsItsClientAndNothingElse() throws SQLException {
    make(ROLE, "harbor_dental");
    try (Connection leased = connect(ROLE, "right")) {
      assertThat(query(leased, "select asset_tag from harbor_dental.asset")).hasSizeGreaterThan(15);
      assertThat(
              query(
                  leased,
                  "select organization_id from catalog.collection where schema_name = 'harbor_dental'"))
          .containsExactly("1");
      for (String forbidden :
          List.of(
              "select * from northwind_legal.asset",
              "delete from harbor_dental.asset",
              "create table harbor_dental.mine (a int)",
              "create table public.mine (a int)",
              "create temporary table mine (a int)",
              "create role another",
              "set role remit_broker")) {
        assertThatThrownBy(() -> query(leased, forbidden))
            .as(forbidden)
            .hasMessageContaining("permission denied");
      }
    }
  }

  @Test
  void aWrongPasswordIsRefused() throws SQLException {
    make(ROLE, "harbor_dental");
    assertThatThrownBy(() -> connect(ROLE, "wrong"))
        .hasMessageContaining("password authentication");
    assertThatThrownBy(() -> connect("postgres", "wrong"))
        .hasMessageContaining("password authentication");
    assertThatThrownBy(() -> connect("postgres", ROLE, "right"))
        .hasMessageContaining("no pg_hba.conf entry");
  }

  @Test
  void hostileCase18ARevokedRoleLosesItsOpenSession() throws SQLException {
    make(ROLE, "harbor_dental");
    try (Connection leased = connect(ROLE, "right")) {
      assertThat(query(leased, "select 1")).containsExactly("1");
      remove(ROLE);
      assertThat(exists(ROLE)).isFalse();
      assertThatThrownBy(() -> query(leased, "select 1")).isInstanceOf(SQLException.class);
    }
    assertThatThrownBy(() -> connect(ROLE, "right"))
        .hasMessageContaining("password authentication");
  }

  @Test
  void aResetRemovesLeasedRolesAndTheirSessions() throws SQLException {
    make(ROLE, "harbor_dental");
    try (Connection leased = connect(ROLE, "right")) {
      leased.setAutoCommit(false);
      assertThat(query(leased, "select asset_tag from harbor_dental.asset")).isNotEmpty();
      TestLab.shared();
      assertThat(exists(ROLE)).isFalse();
      assertThatThrownBy(() -> query(leased, "select 1")).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void aReaderRoleCarriesTheSameRights() throws SQLException {
    run(
        "create role "
            + ROLE
            + " login password 'right' in role harbor_dental_reader, catalog_reader");
    try (Connection leased = connect(ROLE, "right")) {
      assertThat(query(leased, "select asset_tag from harbor_dental.asset")).isNotEmpty();
      assertThatThrownBy(() -> query(leased, "select * from summit_freight.asset"))
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void readerRolesAreGivenByManyAtOnce() throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      List<Callable<Boolean>> work = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        String prefix = "remit_many_" + i + "_";
        work.add(() -> makeAndDrop(prefix));
      }
      for (Future<Boolean> done : pool.invokeAll(work)) {
        assertThat(done.get()).isTrue();
      }
    }
  }

  private boolean makeAndDrop(String prefix) throws SQLException {
    try (Connection own =
            connect(lab.text("assets", "brokerUser"), lab.text("assets", "brokerPassword"));
        Statement sql = own.createStatement()) {
      for (int i = 0; i < 10; i++) {
        sql.execute(
            "create role " + prefix + i + " login password 'x' in role harbor_dental_reader");
        sql.execute("drop role " + prefix + i);
      }
      return true;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create role mighty superuser",
        "alter role postgres password 'x'",
        "drop schema harbor_dental cascade",
        "delete from harbor_dental.asset",
        "create database another",
        "grant postgres to remit_broker",
        "grant pg_read_server_files to remit_broker",
        "copy catalog.collection to program 'cat'"
      })
  void theBrokerIsNoSuperuser(String sql) {
    assertThatThrownBy(() -> run(sql)).isInstanceOf(SQLException.class);
  }

  @Test
  void theClusterIsDurable() throws SQLException {
    assertThat(query(broker, "show fsync")).containsExactly("on");
    assertThat(query(broker, "show synchronous_commit")).containsExactly("on");
    assertThat(query(broker, "show listen_addresses")).containsExactly("127.0.0.1");
    assertThat(query(broker, "select rolsuper::text from pg_roles where rolname = current_user"))
        .containsExactly("false");
  }
}

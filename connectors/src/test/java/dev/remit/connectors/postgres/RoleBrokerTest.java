package dev.remit.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.lease.Broker;
import dev.remit.core.lease.Credential;
import dev.remit.core.lease.Lease;
import dev.remit.core.value.Value;
import dev.remit.testkit.BrokerContract;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class RoleBrokerTest extends BrokerContract {
  private static final AssetDatabase DATABASE = AssetDatabase.shared();
  private static final InstantSource CLOCK = InstantSource.system();

  @Override
  protected Target newTarget() {
    return new RoleTarget();
  }

  private static void sweep() {
    try (var connector = DATABASE.connector(CLOCK)) {
      connector.broker().present().forEach(connector.broker()::remove);
    }
  }

  private static Connection login(Credential credential) throws SQLException {
    var role = (RoleCredential) credential;
    return DriverManager.getConnection(DATABASE.url(), role.principal(), role.password());
  }

  private static final class RoleTarget implements Target {
    private final Doorway door =
        new Doorway(Integer.parseInt(DATABASE.url().replaceAll(".*:(\\d+)/.*", "$1")));
    private final PostgresConnector connector =
        DATABASE.connector("jdbc:postgresql://127.0.0.1:" + door.port() + "/postgres", CLOCK);

    private Value.Obj scope() {
      return connector.scope(AssetDatabase.tool("select 1"), AssetDatabase.HARBOR);
    }

    @Override
    public Broker broker() {
      return connector.broker();
    }

    @Override
    public Lease lease(String name) {
      return AssetDatabase.lease(name, scope(), CLOCK.instant().plusSeconds(300));
    }

    @Override
    public Lease over(String name) {
      return AssetDatabase.lease(name, scope(), CLOCK.instant().minusSeconds(1));
    }

    @Override
    public boolean works(Credential credential) {
      try (var session = login(credential);
          var statement = session.createStatement();
          var rows = statement.executeQuery("select count(*) from harbor_dental.asset")) {
        return rows.next();
      } catch (SQLException e) {
        return false;
      }
    }

    @Override
    public boolean hasNames() {
      return true;
    }

    @Override
    public String foreign() {
      return "somebody";
    }

    @Override
    public boolean isForeignThere() {
      return DATABASE.ask("select count(*) from pg_roles where rolname = 'somebody'").equals("1");
    }

    @Override
    public void takeAway() {
      door.shut();
    }

    @Override
    public void bringBack() {
      door.open();
    }

    @Override
    public void withdrawRights() {
      execute("alter role remit_broker nocreaterole");
    }

    private static void execute(String sql) {
      try {
        DATABASE.sql(sql);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void passEnds() {
      throw new UnsupportedOperationException("roles have names");
    }

    @Override
    public String secret(Credential credential) {
      return ((RoleCredential) credential).password();
    }

    @Override
    public void close() {
      execute("alter role remit_broker createrole");
      connector.close();
      door.close();
      sweep();
    }
  }

  @Nested
  final class Roles {
    private final PostgresConnector connector = DATABASE.connector(CLOCK);
    private final Broker broker = connector.broker();

    @AfterEach
    void close() {
      connector.close();
      sweep();
    }

    private Lease lease(String name) {
      var scope = connector.scope(AssetDatabase.tool("select 1"), AssetDatabase.HARBOR);
      return AssetDatabase.lease(name, scope, CLOCK.instant().plusSeconds(300));
    }

    private Credential issue(Lease lease) {
      return ((Broker.Made) broker.issue(lease)).credential();
    }

    @Test
    void aRoleReadsItsTenantsCollectionAndNothingElse() throws SQLException {
      try (var session = login(issue(lease("a")));
          var statement = session.createStatement()) {
        statement.executeQuery("select * from harbor_dental.asset").close();
        statement.executeQuery("select * from catalog.collection").close();
        for (String sql :
            List.of(
                "select * from lakeside_law.asset",
                "insert into harbor_dental.asset values ('x')",
                "create table harbor_dental.x (y int)",
                "create temp table x (y int)",
                "create role remit_t1_x",
                "set role remit_broker",
                "set role harbor_dental_reader",
                "select * from pg_authid")) {
          assertThatThrownBy(() -> statement.execute(sql)).as(sql).isInstanceOf(SQLException.class);
        }
      }
    }

    @Test
    void aRoleHasOneConnectionAndEndsWithItsLease() throws SQLException {
      var lease = lease("a");
      var credential = issue(lease);
      try (var session = login(credential)) {
        assertThat(session.isValid(1)).isTrue();
        assertThatThrownBy(() -> login(credential)).isInstanceOf(SQLException.class);
      }
      assertThat(
              DATABASE.ask(
                  "select rolvaliduntil = '"
                      + lease.end()
                      + "' and rolconnlimit = 1 and not rolcreaterole from pg_roles where rolname = '"
                      + lease.principal()
                      + "'"))
          .isEqualTo("t");
    }

    @Test
    void aWrongPasswordIsRefused() {
      var credential = issue(lease("a"));
      assertThatThrownBy(
              () -> DriverManager.getConnection(DATABASE.url(), credential.principal(), "wrong"))
          .isInstanceOf(SQLException.class);
    }

    @Test
    void hostileCase18ARevokedRolesOpenConnectionIsCut() throws SQLException {
      var lease = lease("a");
      var credential = issue(lease);
      try (var session = login(credential);
          var statement = session.createStatement()) {
        assertThat(broker.revoke(lease, Optional.of(credential))).isInstanceOf(Broker.Gone.class);
        assertThatThrownBy(() -> statement.execute("select 1")).isInstanceOf(SQLException.class);
      }
    }

    @Test
    void hostileCase18RolesLeaveNothingBehindInAccessLists() {
      var before = accessLists();
      for (int i = 0; i < 20; i++) {
        var lease = lease("r" + i);
        broker.revoke(lease, Optional.of(issue(lease)));
      }
      assertThat(accessLists()).isEqualTo(before);
      assertThat(DATABASE.ask("select count(*) from pg_db_role_setting")).isEqualTo("0");
    }

    private static String accessLists() {
      return DATABASE.ask(
          "select (select string_agg(relacl::text, ' ' order by oid) from pg_class) ||"
              + " (select string_agg(nspacl::text, ' ' order by oid) from pg_namespace) ||"
              + " (select count(*) from pg_auth_members) || (select count(*) from pg_shdepend)");
    }

    @Test
    void aRoleThatOwnsSomethingOrHasTableGrantsIsRemovedToo() throws SQLException {
      var scope =
          Value.object(
              "owner", "1", "roles", List.of(), "tables", List.of("{collection}.asset(tag)"));
      var lease = AssetDatabase.lease("t", scope, CLOCK.instant().plusSeconds(300));
      var credential = issue(lease);
      try (var session = login(credential);
          var statement = session.createStatement()) {
        statement.executeQuery("select tag from harbor_dental.asset").close();
        assertThatThrownBy(() -> statement.execute("select cost from harbor_dental.asset"))
            .isInstanceOf(SQLException.class);
      }
      assertThat(broker.revoke(lease, Optional.of(credential))).isInstanceOf(Broker.Gone.class);
    }

    @Test
    void tableGrantsAtTheSameTimeAllSucceed() throws Exception {
      var scope =
          Value.object("owner", "1", "roles", List.of(), "tables", List.of("{collection}.asset"));
      var work = new ArrayList<Callable<Broker.Ended>>();
      for (int i = 0; i < 24; i++) {
        var lease = AssetDatabase.lease("p" + i, scope, CLOCK.instant().plusSeconds(300));
        work.add(() -> broker.revoke(lease, Optional.of(issue(lease))));
      }
      try (var pool = Executors.newFixedThreadPool(6)) {
        for (var ended : pool.invokeAll(work)) {
          assertThat(ended.get()).isInstanceOf(Broker.Gone.class);
        }
      }
    }

    @Test
    void hostileCase04NoGrantsAreNotAllGrants() {
      var lease = AssetDatabase.lease("a", Value.Obj.EMPTY, CLOCK.instant().plusSeconds(60));
      assertThat(broker.issue(lease)).isInstanceOf(Broker.NotMade.class);
    }

    @Test
    void hostileCase01ATenantWithoutOneCollectionGetsNothing() {
      var scope = connector.scope(AssetDatabase.tool("select 1"), AssetDatabase.NOBODY);
      var lease = AssetDatabase.lease("a", scope, CLOCK.instant().plusSeconds(60));
      assertThat(broker.issue(lease)).isInstanceOf(Broker.NotMade.class);
      assertThat(broker.present()).isEmpty();
    }

    @Test
    void aNameThatIsNotOursIsNeverMade() {
      var lease = lease("a\" superuser --");
      assertThat(broker.issue(lease)).isInstanceOf(Broker.NotMade.class);
      var good = lease("a");
      var foreign =
          new Lease(
              good.id(),
              good.tenant(),
              good.connector(),
              "somebody2",
              good.task(),
              good.scope(),
              good.end(),
              good.replica(),
              good.state());
      assertThat(broker.issue(foreign)).isInstanceOf(Broker.NotMade.class);
      assertThat(broker.revoke(foreign, Optional.empty())).isInstanceOf(Broker.Lingering.class);
    }
  }
}

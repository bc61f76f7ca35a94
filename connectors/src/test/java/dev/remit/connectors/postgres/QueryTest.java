package dev.remit.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.call.Tool;
import dev.remit.core.execution.Connector.Request;
import dev.remit.core.execution.Connector.VendorException;
import dev.remit.core.execution.Cut;
import dev.remit.core.execution.Execution;
import dev.remit.core.lease.Broker;
import dev.remit.core.lease.Credential;
import dev.remit.core.target.TargetRef;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QueryTest {
  private static final AssetDatabase DATABASE = AssetDatabase.shared();
  private static final InstantSource CLOCK = InstantSource.system();
  private final Cut cut = new Cut();
  private Optional<PostgresConnector> open = Optional.empty();

  @AfterEach
  void close() {
    open.ifPresent(connector -> {
      connector.broker().present().forEach(connector.broker()::remove);
      connector.close();
    });
  }

  private PostgresConnector connector(Tool tool) {
    var connector = DATABASE.connector(CLOCK, tool);
    open = Optional.of(connector);
    return connector;
  }

  private static Credential issue(PostgresConnector connector, Value.Obj scope) {
    var lease = AssetDatabase.lease("q", scope, CLOCK.instant().plusSeconds(60));
    return ((Broker.Made) connector.broker().issue(lease)).credential();
  }

  private static Request request(Tool tool, Object... arguments) {
    return new Request(
        "call",
        tool,
        Value.object(arguments),
        AssetDatabase.HARBOR,
        Optional.empty(),
        CLOCK.instant().plusSeconds(10));
  }

  private Execution run(Tool tool, Object... arguments) {
    var connector = connector(tool);
    var credential = issue(connector, connector.scope(tool, AssetDatabase.HARBOR));
    return connector.execute(request(tool, arguments), credential, () -> false, cut);
  }

  @Test
  void aQueryReadsTheTenantsRowsWithBoundArguments() {
    var tool = AssetDatabase.tool("select * from asset where due < :before and cost > :least");
    var done =
        (Execution.Done)
            run(tool, "collection", "harbor_dental", "before", "2026-06-01", "least", 1);
    assertThat(Json.text(done.result().get("structuredContent").orElseThrow()))
        .isEqualTo(
            "{\"rows\":[{\"tag\":\"harbor_dental-1\",\"cost\":100,\"price\":\"1.50\","
                + "\"due\":\"2026-01-01\"}],\"isTruncated\":false}");
  }

  @Test
  void hostileCase28NumbersBeyondTheSafeOnesBecomeText() {
    var tool = AssetDatabase.tool("select cost from asset where tag = :tag");
    var done = (Execution.Done) run(tool, "collection", "harbor_dental", "tag", "harbor_dental-2");
    assertThat(Json.text(done.result())).contains("\\\"9007199254740993\\\"");
  }

  @Test
  void anArgumentIsNeverPasted() {
    var tool = AssetDatabase.tool("select tag from asset where tag = :tag");
    var done =
        (Execution.Done) run(tool, "collection", "harbor_dental", "tag", "' or true; drop table x");
    assertThat(Json.text(done.result())).contains("\\\"rows\\\":[]");
  }

  @Test
  void anotherTenantsCollectionIsNotReadThroughThisLease() {
    var tool = AssetDatabase.tool("select tag from asset");
    assertThat(run(tool, "collection", "lakeside_law")).isInstanceOf(Execution.Failed.class);
    close();
    assertThat(run(AssetDatabase.tool("select tag from asset")))
        .isInstanceOf(Execution.Failed.class);
  }

  @Test
  void aQueryThatNamesAnotherSchemaIsRefusedByTheDatabase() {
    var tool = AssetDatabase.tool("select tag from lakeside_law.asset");
    assertThat(run(tool, "collection", "harbor_dental")).isInstanceOf(Execution.Rejected.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "with x as (insert into asset values ('x') returning 1) select * from x",
        "select nextval('x')",
        "select * from asset where due < :collection",
        "select 1/0",
        "select set_config('role', 'remit_broker', false)"
      })
  void whatTheDatabaseRefusesDoesNotSucceed(String query) {
    var execution = run(AssetDatabase.tool(query), "collection", "harbor_dental");
    assertThat(execution).isNotInstanceOf(Execution.Done.class);
    assertThat(execution).isNotInstanceOf(Execution.Unknown.class);
  }

  @Test
  void rowsAndBytesAreLimited() {
    var rows =
        AssetDatabase.tool(Value.object("query", "select tag from asset order by 1", "rows", 1));
    assertThat(Json.text(((Execution.Done) run(rows, "collection", "harbor_dental")).result()))
        .contains("harbor_dental-1")
        .contains("\\\"isTruncated\\\":true")
        .doesNotContain("harbor_dental-2");
    close();
    var bytes = AssetDatabase.tool(Value.object("query", "select repeat('x', 999)", "bytes", 100));
    assertThat(run(bytes, "collection", "harbor_dental")).isInstanceOf(Execution.Failed.class);
  }

  @Test
  void aCutCancelsARunningQuery() {
    var tool = AssetDatabase.tool("select pg_sleep(30)");
    var running = CompletableFuture.supplyAsync(() -> run(tool, "collection", "harbor_dental"));
    var asleep = "select count(*) from pg_stat_activity where wait_event = 'PgSleep'";
    while (!running.isDone() && !DATABASE.ask(asleep).equals("1")) {
      Thread.onSpinWait();
    }
    cut.cut("killed");
    assertThat(running.join()).isInstanceOf(Execution.Failed.class);
    assertThat(DATABASE.ask(asleep)).isEqualTo("0");
  }

  @Test
  void hostileCase18RevokingEndsARunningQuery() {
    var tool = AssetDatabase.tool("select pg_sleep(30)");
    var running = CompletableFuture.supplyAsync(() -> run(tool, "collection", "harbor_dental"));
    var asleep = "select count(*) from pg_stat_activity where wait_event = 'PgSleep'";
    while (!running.isDone() && !DATABASE.ask(asleep).equals("1")) {
      Thread.onSpinWait();
    }
    assertThat(open.orElseThrow().broker().remove(AssetDatabase.PREFIX + "q"))
        .isInstanceOf(Broker.Gone.class);
    assertThat(running.join()).isInstanceOf(Execution.Unknown.class);
  }

  @Test
  void nothingIsSentAfterSendByOrCut() {
    var tool = AssetDatabase.tool("select 1");
    var connector = connector(tool);
    var credential = issue(connector, connector.scope(tool, AssetDatabase.HARBOR));
    var request = request(tool, "collection", "harbor_dental");
    assertThat(connector.execute(request, credential, () -> true, cut))
        .isInstanceOf(Execution.Failed.class);
    cut.cut("killed");
    assertThat(connector.execute(request, credential, () -> false, cut))
        .isInstanceOf(Execution.Failed.class);
  }

  @Test
  void theInventoryIsReadWithALeaseOfItsOwn() {
    var connector = connector(AssetDatabase.tool("select 1"));
    var credential = issue(connector, connector.readScope());
    assertThat(connector.inventory("collection", credential))
        .extracting(reading -> reading.ref().id() + "@" + reading.owner())
        .containsExactlyInAnyOrder("harbor_dental@1", "lakeside_law@2");
    var ref = new TargetRef(AssetDatabase.ASSETS, "collection", "harbor_dental");
    assertThat(connector.read(ref, credential).orElseThrow().attributes())
        .isEqualTo(Value.object("title", "t"));
    var unknown = new TargetRef(AssetDatabase.ASSETS, "collection", "x' or true");
    assertThat(connector.read(unknown, credential)).isEmpty();
  }

  @Test
  void aRevokedLeaseReadsNothing() {
    var connector = connector(AssetDatabase.tool("select 1"));
    var credential = issue(connector, connector.readScope());
    connector.broker().remove(credential.principal());
    assertThatThrownBy(() -> connector.inventory("collection", credential))
        .isInstanceOf(VendorException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delete from asset",
        "select 1; drop table asset",
        "select ?",
        "select $1",
        "select $$x$$",
        "select 1 -- x",
        "select /* x */ 1",
        "select 'x",
        "select 'x\\'",
        "select :",
        ""
      })
  void aQueryIsOnePlainReadingStatement(String query) {
    assertThatThrownBy(() -> NamedQuery.parse(query)).isInstanceOf(InvalidValueException.class);
  }

  @Test
  void quotesAndCastsAreNoParameters() {
    var query = NamedQuery.parse("select ':a', \":b\", x::text from t where y = :c_1 and z=:d");
    assertThat(query.sql()).isEqualTo("select ':a', \":b\", x::text from t where y = ? and z=?");
    assertThat(query.names()).containsExactly("c_1", "d");
  }
}

package dev.remit.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.remit.core.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Two servers on one database with haproxy in front, set up as docs/operating/replicas.md says:
 * {@code mvn verify -Preplicas}.
 */
@EnabledIfSystemProperty(named = "remit.replicas", matches = "true")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoReplicasTest {

  private static final int DEVICE = 1005;
  private static final String SUMMIT = "service-desk.summit-freight.production.change";
  private static final String NORTHWIND = "service-desk.northwind-legal.production.change";

  private final Estate estate = Estate.shared().withServer("replica-one");
  private final Server one = estate.server();
  private final Lab lab = estate.lab();
  private final Path data = Home.fresh("replica-two").resolve("server");
  private Server two = one;
  private @Nullable Proxy proxy;

  @BeforeAll
  void joinAndServe() {
    if ("true".equals(System.getenv("CI"))) {
      assertThat(Proxy.isThere()).as("haproxy").isTrue();
    }
    assumeTrue(Proxy.isThere(), "haproxy is not there");
    var bundle = data.resolveSibling("bundle").toString();
    var key = data.resolveSibling("bundle.key").toString();
    cli("replica", "bundle", bundle, "--key", key, "--data", one.data().toString());
    cli(
        "replica",
        "join",
        bundle,
        "--key",
        key,
        "--data",
        data.toString(),
        "--beside",
        one.data().toString());
    two = Server.start(data, Replica.with(one, Estate.options(lab)));
    proxy = Proxy.before(one, two);
  }

  private static void cli(String... arguments) {
    var command = Home.java("cli", "dev.remit.cli.Main", List.of());
    command.addAll(List.of(arguments));
    var done = Child.start(command, Home.TARGET.resolve("estates/replica-cli.log"));
    assertThat(done.awaitExit(Duration.ofSeconds(30))).as(done.output()).isZero();
  }

  @AfterEach
  void calm() {
    lab.calm();
  }

  @AfterAll
  void stop() {
    if (proxy != null) {
      proxy.close();
      two.close();
    }
    one.close();
  }

  private String through(Agent agent, String task) {
    var read = Value.object("device", "" + DEVICE, "remit_task", task);
    return agent
        .rpcAt(
            Objects.requireNonNull(proxy).machines(),
            agent.token(),
            "tools/call",
            Value.object("name", "rmm_get_device", "arguments", read))
        .outcome();
  }

  @Test
  @Order(1)
  void whicheverGoesTheOtherServes() {
    var agent = estate.agent(Estate.CHANGE);
    var task = agent.open("restart-service", lab.ticket(1, DEVICE), Calls.device(DEVICE));
    for (int i = 0; i < 5; i++) {
      assertThat(through(agent, task)).isEqualTo("succeeded");
    }
    two.process().kill();
    Eventually.holds("the other one serves", Duration.ofSeconds(5), () -> isServed(agent, task));
    for (int i = 0; i < 5; i++) {
      assertThat(through(agent, task)).isEqualTo("succeeded");
    }
    Objects.requireNonNull(proxy).close();
    two.restart();
    proxy = Proxy.before(one, two);
    assertThat(through(agent, task)).isEqualTo("succeeded");
    agent.close(task);
  }

  /** A nonce is good at the replica that gave it, so an exchange must meet that one again. */
  @Test
  @Order(1)
  void aTaskTokenIsHadThroughTheProxy() {
    var agent = new Agent(estate, Estate.CHANGE);
    var task = agent.open("restart-service", lab.ticket(1, DEVICE), Calls.device(DEVICE));
    var machines = Objects.requireNonNull(proxy).machines();
    for (int i = 0; i < 4; i++) {
      var had = agent.holder().exchange(machines, agent.token(), task);
      assertThat(had.status()).as(had.text()).isEqualTo(200);
    }
    agent.close(task);
  }

  private boolean isServed(Agent agent, String task) {
    try {
      return through(agent, task).equals("succeeded");
    } catch (RuntimeException e) {
      return false;
    }
  }

  @Test
  @Order(2)
  void aReplicaWhoseClockGoesOffStopsWorkingUntilItIsRight() throws IOException {
    var agent = estate.agent(Estate.CHANGE);
    var task = agent.open("restart-service", lab.ticket(1, DEVICE), Calls.device(DEVICE));
    var read = Value.object("device", "" + DEVICE, "remit_task", task);
    for (var seconds : List.of("300", "-300")) {
      Files.writeString(data.resolve("clock-offset"), seconds);
      Eventually.holds("it is out of service", Duration.ofSeconds(8), () -> ready(two) == 503);
      assertThat(agent.callOn(two, "rmm_get_device", read).status()).isEqualTo(503);
      Eventually.holds(
          "the other serves alone", Duration.ofSeconds(3), () -> isServed(agent, task));
      Files.delete(data.resolve("clock-offset"));
      Eventually.holds("it is back", Duration.ofSeconds(8), () -> ready(two) == 200);
      assertThat(agent.callOn(two, "rmm_get_device", read).outcome()).isEqualTo("succeeded");
    }
    agent.close(task);
  }

  private static int ready(Server server) {
    return Http.get(server.machines() + "/health/ready", "").status();
  }

  @Test
  @Order(3)
  void aReplicaWhoseClockIsOffDoesNotStart() throws IOException {
    two.close();
    Files.writeString(data.resolve("clock-offset"), "300");
    var refusal =
        Server.refusing(data, Replica.with(one, Estate.options(lab)), "refused-clock.log");
    Files.delete(data.resolve("clock-offset"));
    two.restart();
    assertThat(refusal.code()).isEqualTo(2);
    assertThat(refusal.output())
        .containsPattern("clock is (299|300) s ahead of")
        .doesNotContain("Exception");
  }

  @Test
  @Order(4)
  void aKillAtOneCutsAtTheOtherAndCancelsTheVendorsJob() throws Exception {
    assertCut(SUMMIT, 3, 3003);
  }

  /** The sessions that listen are cut, so that the signal of the kill is lost. */
  @Test
  @Order(5)
  void aKillWhoseSignalIsLostCutsAtTheOtherAllTheSame() throws Exception {
    try (var listeners = Executors.newVirtualThreadPerTaskExecutor()) {
      var isOver = new AtomicBoolean();
      var deaf =
          listeners.submit(() -> {
            while (!isOver.get()) {
              silence();
            }
            return true;
          });
      try {
        assertCut(NORTHWIND, 2, 2003);
      } finally {
        isOver.set(true);
      }
      assertThat(deaf.get()).isTrue();
    }
  }

  private void silence() throws SQLException, IOException {
    var port = Files.readString(one.data().resolve("postgres/port")).strip();
    var password =
        dev.remit.json.Json.parseObject(
                Files.readAllBytes(one.data().resolve("keys/postgres.json")))
            .text("serving")
            .orElseThrow();
    try (var connection =
            DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/remit", "remit_serve", password);
        var statement = connection.createStatement()) {
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity"
              + " where query like 'listen remit%' and pid <> pg_backend_pid()");
    }
  }

  /**
   * The vendor holds the job for ever: only a cut ends the call. {@code bench/run kill} measures.
   */
  private void assertCut(String subject, int organisation, int device) throws Exception {
    var agent = estate.agent(subject);
    var task = agent.open("scan-patches", lab.ticket(organisation, device), Calls.device(device));
    lab.post("/v1/jobs/hold", Value.Obj.EMPTY);
    var running =
        java.util.concurrent.CompletableFuture.supplyAsync(
            () -> agent.callOn(two, Calls.SCAN, Calls.scan(task, device)),
            Executors.newVirtualThreadPerTaskExecutor());
    Eventually.holds(
        "the vendor has the job",
        Duration.ofSeconds(5),
        () -> {
          assertThat(running).as(() -> "" + running.getNow(null)).isNotDone();
          return !lab.jobs(device).isEmpty();
        });
    kill("agent:" + subject.replace('.', '/'));
    var told = running.get(20, TimeUnit.SECONDS);
    assertThat(told.outcome()).isNotIn("succeeded", "");
    assertThat(lab.jobs(device).getFirst().text("jobStatus")).contains("CANCELLED");
    for (var server : List.of(one, two)) {
      var next = agent.callOn(server, Calls.SCAN, Calls.scan(task, device));
      assertThat(next.reason()).isEqualTo("killed");
    }
    assertThat(lab.jobs(device)).hasSize(1);
    Eventually.holds(
        "no credential is left", Duration.ofSeconds(5), () -> lab.liveTokens().isEmpty());
  }

  private void kill(String scope) {
    var answer =
        one.peoplePost("/v1/kill", Value.object("scope", scope, "reason", "it misbehaves"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  /** The log's order is the order of commits. */
  @Test
  @Order(6)
  void underLoadNoIntentFollowsTheKillInTheLog() throws Exception {
    var agent = estate.agent(Estate.CHANGE);
    var task = agent.open("restart-service", lab.ticket(1, DEVICE), Calls.device(DEVICE));
    var read = Value.object("device", "" + DEVICE, "remit_task", task);
    var work = new ArrayList<Callable<Integer>>();
    for (int i = 0; i < 8; i++) {
      var server = i % 2 == 0 ? one : two;
      work.add(() -> callUntilKilled(agent, server, read));
    }
    work.add(() -> {
      TimeUnit.MILLISECONDS.sleep(700);
      kill("agent:service-desk/harbor-dental/production/change");
      return 1;
    });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(work)) {
        assertThat(done.get()).isPositive();
      }
    }
    var leaves = one.trail(Estate.HARBOR);
    int last = -1;
    int kill = -1;
    for (int i = 0; i < leaves.size(); i++) {
      var leaf = leaves.get(i);
      if (leaf.text("kind").equals(Optional.of("intent"))
          && leaf.text("task").equals(Optional.of(task))) {
        last = i;
      } else if (leaf.text("kind").equals(Optional.of("kill"))) {
        kill = i;
      }
    }
    assertThat(last).isPositive();
    assertThat(kill).isGreaterThan(last);
  }

  private static int callUntilKilled(Agent agent, Server server, Value.Obj read) {
    for (int calls = 1; ; calls++) {
      var told = agent.callOn(server, "rmm_get_device", read);
      if (told.reason().equals("killed")) {
        return calls;
      }
      if (calls > 2_000) {
        throw new AssertionError("it is not stopped: " + told.message());
      }
    }
  }
}

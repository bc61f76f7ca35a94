package dev.remit.connectors.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.connectors.ssh.SshEndpoint.Host;
import dev.remit.core.call.Tool;
import dev.remit.core.execution.Cut;
import dev.remit.core.execution.Execution;
import dev.remit.core.identity.Grade;
import dev.remit.core.lease.Broker;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands on a real host. */
final class CommandTest {
  private static int names;

  @SuppressWarnings("NullAway.Init") // set before each test
  private SshFixture it;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Relay relay;

  private final Cut cut = new Cut();
  private Optional<SshConnector> open = Optional.empty();
  private Optional<SshCredential> held = Optional.empty();
  private Optional<Tool> last = Optional.empty();

  @BeforeEach
  void start() {
    it = SshFixture.shared();
    relay = new Relay(it.web1.port());
  }

  @AfterEach
  void close() {
    open.ifPresent(SshConnector::close);
    relay.close();
  }

  private Host host() {
    return it.web1.host("harbor", relay.port(), it.web1.key(), true);
  }

  private SshConnector connector(Tool tool) {
    var connector = it.connector(List.of(host(), it.web2.host("northwind")), tool);
    open = Optional.of(connector);
    return connector;
  }

  private static dev.remit.core.lease.Lease lease(SshConnector connector, Tool tool) {
    names++;
    return SshFixture.lease(connector, tool, "c" + names + "_" + System.nanoTime());
  }

  /** One lease serves a test's calls of one tool. */
  private Execution run(Tool tool, Object... arguments) {
    if (last.filter(tool::equals).isEmpty()) {
      open.ifPresent(SshConnector::close);
      var fresh = connector(tool);
      held = Optional.of(SshFixture.issue(fresh, lease(fresh, tool)));
      last = Optional.of(tool);
    }
    var connector = open.orElseThrow();
    var credential = held.orElseThrow();
    return connector.execute(SshFixture.request(tool, arguments), credential, () -> false, cut);
  }

  private static String output(Execution execution) {
    return execution instanceof Execution.Done(Value.Obj result, var proofs)
        ? result
            .object("structuredContent")
            .flatMap(content -> content.text("output"))
            .orElseThrow()
        : execution.toString();
  }

  private static void await(BooleanSupplier claim) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!claim.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Test
  void aCatalogedCommandRunsAndItsOutputComesBack() {
    assertThat(output(run(SshFixture.printing(), "text", "hello"))).isEqualTo("hello");
  }

  @Test
  void hostileCase28EveryByteClassReachesTheProgramAsOneArgument() {
    var text = new StringBuilder("'; touch /tmp/remit-owned; '$(id)`id`\n\\\t\"*?~!#&|<>(){}[]");
    for (char c = 1; c < 0x180; c++) {
      text.append(c);
    }
    text.append("\ud83d\ude00");
    assertThat(output(run(SshFixture.printing(), "text", text.toString())))
        .isEqualTo(text.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0b", "web1", "WEB2", "127.0.0.1"})
  void hostileCase28WhatCannotBeAnArgumentIsNotSent(String text) {
    var tool = SshFixture.running(Grade.LOW, "/usr/bin/printf", "{text}");
    assertThat(run(tool, "text", text)).isInstanceOf(Execution.Failed.class);
  }

  @Test
  void hostileCase28AnArgumentIsNoOption() {
    var tool = SshFixture.running(Grade.LOW, "/usr/bin/printf", "{text}");
    assertThat(run(tool, "text", "--version")).isInstanceOf(Execution.Failed.class);
    assertThat(output(run(SshFixture.printing(), "text", "--version"))).isEqualTo("--version");
  }

  @Test
  void anArgumentThatIsMissingOrNoScalarIsNotSent() {
    assertThat(run(SshFixture.printing())).isInstanceOf(Execution.Failed.class);
    assertThat(run(SshFixture.printing(), "text", List.of("a")))
        .isInstanceOf(Execution.Failed.class);
  }

  @Test
  void hostileCase01AnotherClientsHostIsNotReachedThroughThisLease() {
    assertThat(run(SshFixture.printing(), "text", "x", "server", "web2"))
        .isEqualTo(new Execution.Failed("the lease is not for this command on this host"));
    assertThat(run(SshFixture.printing(), "text", "x", "server", "web3"))
        .isInstanceOf(Execution.Failed.class);
  }

  @Test
  void exitCodesDecideTheOutcome() {
    var settings =
        """
        {"command": {"program": "/bin/sh", "arguments": ["-c", "exit \\"$1\\"", "x", "{code}"]},
         "exit": {"done": [0, 10], "rejected": [3], "failed": [5]}}
        """;
    var effect = SshFixture.tool(Grade.LOW, Duration.ofSeconds(10), settings);
    assertThat(run(effect, "code", 10)).isInstanceOf(Execution.Done.class);
    assertThat(run(effect, "code", 3)).isInstanceOf(Execution.Rejected.class);
    assertThat(run(effect, "code", 5)).isInstanceOf(Execution.Failed.class);
    assertThat(run(effect, "code", 1)).isInstanceOf(Execution.Unknown.class);
    var reading = SshFixture.tool(Grade.OBSERVE, Duration.ofSeconds(10), settings);
    assertThat(run(reading, "code", 1)).isInstanceOf(Execution.Failed.class);
  }

  @Test
  void jsonIsParsedStrictlyAndSelected() {
    var settings =
        """
        {"command": {"program": "/usr/bin/printf", "arguments": ["--", "%s", "{text}"]},
         "output": "json", "fields": ["/a"]}
        """;
    var tool = SshFixture.tool(Grade.OBSERVE, Duration.ofSeconds(10), settings);
    assertThat(run(tool, "text", "{\"a\": 1, \"b\": 2}").toString())
        .contains("a")
        .doesNotContain("\"b\"");
    assertThat(run(tool, "text", "{\"a\": 1, \"a\": 2}")).isInstanceOf(Execution.Failed.class);
  }

  @Test
  void aFloodEndsTheConnection() {
    var effect = SshFixture.running(Grade.LOW, "/usr/bin/yes", "y");
    assertThat(run(effect)).isInstanceOf(Execution.Unknown.class);
    var reading = SshFixture.running(Grade.OBSERVE, "/usr/bin/yes", "y");
    assertThat(run(reading)).isEqualTo(new Execution.Failed("it printed more than 65536 bytes"));
  }

  private static Tool sleeping(Duration timeout, String seconds) {
    return SshFixture.tool(
        Grade.LOW,
        timeout,
        "{\"command\": {\"program\": \"/bin/sleep\", \"arguments\": [\"" + seconds + "\"]}}");
  }

  private static boolean isRunning(String seconds) {
    return SshdHost.run("pgrep", "-f", "^/bin/sleep " + seconds + "$").endsWith("\n0");
  }

  @Test
  void aCommandThatTakesTooLongIsUnknownAndRevokingEndsIt() {
    var tool = sleeping(Duration.ofMillis(900), "711");
    var connector = connector(tool);
    var lease = lease(connector, tool);
    var credential = SshFixture.issue(connector, lease);
    assertThat(connector.execute(SshFixture.request(tool), credential, () -> false, cut))
        .isInstanceOf(Execution.Unknown.class);
    assertThat(connector.broker().revoke(lease, Optional.of(credential)))
        .isInstanceOf(Broker.Gone.class);
    assertThat(isRunning("711")).isFalse();
  }

  @Test
  void hostileCase18ACrashLeavesACommandThatTheNameAloneEnds() {
    var tool = sleeping(Duration.ofSeconds(9), "712");
    var connector = connector(tool);
    var lease = lease(connector, tool);
    var credential = SshFixture.issue(connector, lease);
    var running =
        CompletableFuture.supplyAsync(
            () -> connector.execute(SshFixture.request(tool), credential, () -> false, cut));
    await(() -> isRunning("712"));
    try (var other = it.connector(List.of(host()))) {
      assertThat(other.broker().present()).contains(lease.principal());
      assertThat(other.broker().revoke(lease, Optional.empty())).isInstanceOf(Broker.Gone.class);
      assertThat(isRunning("712")).isFalse();
      assertThat(other.broker().present()).doesNotContain(lease.principal());
    }
    assertThat(running.join()).isInstanceOf(Execution.Unknown.class);
  }

  @Test
  void hostileCase33WhatRunsWithoutALeaseIsFoundByItsMarkAndEnded() {
    var tool = sleeping(Duration.ofSeconds(9), "713");
    var connector = connector(tool);
    var lease = lease(connector, tool);
    var credential = SshFixture.issue(connector, lease);
    var running =
        CompletableFuture.supplyAsync(
            () -> connector.execute(SshFixture.request(tool), credential, () -> false, cut));
    await(() -> isRunning("713"));
    var stolen = credential.certified(host(), "exec /bin/true").orElseThrow();
    assertThat(connector.broker().remove("root")).isInstanceOf(Broker.Lingering.class);
    assertThat(connector.broker().remove(lease.principal())).isInstanceOf(Broker.Gone.class);
    assertThat(isRunning("713")).isFalse();
    assertThat(running.join()).isInstanceOf(Execution.Unknown.class);
    try (var links = new Links()) {
      assertThat(CertificateBrokerTest.login(links, host(), stolen, "x")).isEqualTo("REFUSED");
    }
  }

  @Test
  void whatLeftItsSessionOrItsEnvironmentIsEndedWithTheRest() {
    var settings =
        """
        {"command": {"program": "/bin/sh", "arguments":
          ["-c", "setsid sleep 714 & env -i sleep 714 & wait"]}}
        """;
    var tool = SshFixture.tool(Grade.LOW, Duration.ofSeconds(9), settings);
    var connector = connector(tool);
    var lease = lease(connector, tool);
    var credential = SshFixture.issue(connector, lease);
    var running =
        CompletableFuture.supplyAsync(
            () -> connector.execute(SshFixture.request(tool), credential, () -> false, cut));
    await(() -> SshdHost.run("pgrep", "-fc", "^sleep 714$").startsWith("2"));
    assertThat(connector.broker().revoke(lease, Optional.of(credential)))
        .isInstanceOf(Broker.Gone.class);
    assertThat(SshdHost.run("pgrep", "-fc", "^sleep 714$")).startsWith("0");
    assertThat(running.join()).isInstanceOf(Execution.Unknown.class);
  }

  @Test
  void aCutEndsTheWaitAndIsUnknown() {
    var tool = sleeping(Duration.ofSeconds(9), "715");
    var running = CompletableFuture.supplyAsync(() -> run(tool));
    await(() -> isRunning("715"));
    cut.cut("killed");
    assertThat(running.join()).isInstanceOf(Execution.Unknown.class);
    SshdHost.run("pkill", "-f", "^/bin/sleep 715$");
  }

  @Test
  void aLostConnectionAfterItWasAskedForIsUnknown() {
    var tool = sleeping(Duration.ofSeconds(9), "716");
    var running = CompletableFuture.supplyAsync(() -> run(tool));
    await(() -> isRunning("716"));
    relay.shut();
    assertThat(running.join()).isInstanceOf(Execution.Unknown.class);
    SshdHost.run("pkill", "-f", "^/bin/sleep 716$");
  }

  @Test
  void aHostThatStandsStillIsUnknownAtTheDeadline() {
    var tool = sleeping(Duration.ofMillis(1500), "717");
    var running = CompletableFuture.supplyAsync(() -> run(tool));
    await(() -> isRunning("717"));
    relay.stop();
    assertThat(running.join()).isInstanceOf(Execution.Unknown.class);
    await(() -> !isRunning("717"));
  }

  @Test
  void nothingIsSentAfterSendByOrCut() {
    var tool = sleeping(Duration.ofSeconds(9), "718");
    var connector = connector(tool);
    var credential = SshFixture.issue(connector, lease(connector, tool));
    var request = SshFixture.request(tool);
    assertThat(connector.execute(request, credential, () -> true, cut))
        .isInstanceOf(Execution.Failed.class);
    cut.cut("killed");
    assertThat(connector.execute(request, credential, () -> false, cut))
        .isInstanceOf(Execution.Failed.class);
    assertThat(isRunning("718")).isFalse();
  }

  @Test
  void anEndedLeaseSignsNothingMore() {
    var tool = SshFixture.printing();
    var connector = connector(tool);
    var credential = SshFixture.issue(connector, lease(connector, tool));
    credential.end();
    assertThat(
            connector.execute(SshFixture.request(tool, "text", "x"), credential, () -> false, cut))
        .isEqualTo(new Execution.Failed("the lease has ended"));
  }
}

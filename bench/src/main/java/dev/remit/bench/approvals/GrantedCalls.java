package dev.remit.bench.approvals;

import dev.remit.bench.BenchException;
import dev.remit.bench.load.McpClient;
import dev.remit.bench.load.Samples;
import dev.remit.bench.load.Shown;
import dev.remit.bench.upstream.Tool;
import dev.remit.cli.demo.Desk;
import dev.remit.core.value.Value;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** An agent whose call waits for a person, and goes on when that person has answered. */
final class GrantedCalls {

  static final String TOOL = "health_" + Tool.NAME;

  private static final Pattern HANDLE = Pattern.compile("\"dev.remit/handle\":\"([^\"]+)\"");
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int WAIT_SECONDS = 30;

  /** Long enough for the agent to wait already, short enough for one plain answer. */
  private static final Duration READING = Duration.ofMillis(300);

  private final URI mcp;
  private final Shown agent;
  private final Desk person;
  private final Vendor vendor;
  private final AtomicInteger keys = new AtomicInteger();

  GrantedCalls(URI mcp, Shown agent, Desk person, Vendor vendor) {
    this.mcp = mcp;
    this.agent = agent;
    this.person = person;
    this.vendor = vendor;
  }

  /** Asks, so that one proposal waits; its handle. */
  String ask(McpClient agent) throws IOException {
    var text =
        agent.call(
            TOOL,
            Value.object(
                "device", "1001", "remit_idempotency_key", "waits-" + keys.incrementAndGet()));
    var handle = HANDLE.matcher(text.replace("\\\"", "\""));
    if (!handle.find()) {
      throw BenchException.broken("the call did not wait: " + text);
    }
    return handle.group(1);
  }

  McpClient client() throws IOException {
    return McpClient.open(mcp, Optional.of(agent));
  }

  /**
   * One after the other: asked, waited for, answered.
   *
   * @param start takes the time from sending the answer to the vendor's request
   * @param told takes the time from sending the answer to the agent's result
   */
  void run(String tenant, int rounds, Samples start, Samples told) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var agent = client()) {
      for (int i = 0; i < rounds; i++) {
        String handle = ask(agent);
        var goesOn =
            threads.submit(() -> {
              agent.mustCall(
                  "remit_continue",
                  Value.object("handle", handle, "waitSeconds", WAIT_SECONDS),
                  Tool.SIGN);
              return System.nanoTime();
            });
        Thread.sleep(READING);
        var card = person.card(tenant, handle);
        var signed = person.sign(card.text("grantChallenge").orElseThrow());
        if (vendor.unexpected() > 0) {
          throw BenchException.broken("a call reached the vendor before it was granted");
        }
        long answered = System.nanoTime();
        String state = person.give(tenant, handle, "grant", signed);
        if (!state.equals("granted") && !state.equals("consumed")) {
          throw BenchException.broken("the answer did not count: " + state);
        }
        start.add(vendor.nextCall(PATIENCE) - answered);
        told.add(goesOn.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS) - answered);
      }
    } catch (IOException | ExecutionException | TimeoutException e) {
      throw BenchException.broken("a granted call broke off: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw BenchException.broken("interrupted");
    }
  }
}

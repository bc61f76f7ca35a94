package dev.remit.bench.identity;

import dev.remit.bench.BenchException;
import dev.remit.bench.call.Agent;
import dev.remit.bench.call.Governor;
import dev.remit.bench.call.Lab;
import dev.remit.bench.load.HttpConnection;
import dev.remit.bench.load.Load;
import dev.remit.bench.load.McpClient;
import dev.remit.bench.load.Shown;
import dev.remit.cli.process.Installation;
import dev.remit.core.value.Value;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Task tokens over the wire: exchanges (RFC 8693) at a running server with its database, beside the
 * cheapest request there that a key has to be proven for, an MCP {@code ping}. Each request has a
 * proof of its own, made before the clock runs; connections are kept alive.
 */
public final class WireBench {

  private static final String SUBJECT = "service-desk.harbor-dental.production.observe";
  private static final int CLIENTS = 8;
  private static final int REQUESTS = 3_000;
  private static final int WARM_UPS = 4;
  private static final int TURNS = 5;

  private final Installation installation;
  private final Consumer<String> log;

  public WireBench(Installation installation, Consumer<String> log) {
    this.installation = installation;
    this.log = log;
  }

  /** Starts the lab and a server, measures, stops them; adds to these figures. */
  public void measure(IdentityFigures figures) {
    var folder = installation.root().resolve("bench/target/identity");
    Path workspace = installation.root().resolve("examples/msp");
    log.accept("starting the lab and the server");
    var nowhere = URI.create("http://127.0.0.1:9/");
    try (var lab = Lab.start(installation, folder.resolve("lab"));
        var governor =
            Governor.start(
                installation, folder.resolve("data"), workspace, lab.file(), nowhere, 1)) {
      measure(figures, lab.agent(SUBJECT), governor.mcp());
    } catch (IOException e) {
      throw BenchException.broken("the agent's connection broke: " + e.getMessage());
    }
  }

  private void measure(IdentityFigures figures, Shown agent, URI mcp) throws IOException {
    new Agent(mcp, agent).openTask("read-device-health", "5001", "rmm/device/1001");
    var form = form(agent, task(mcp, agent));
    var endpoint = mcp.resolve("/oauth2/token");
    Supplier<byte[]> exchange = () -> exchange(agent, endpoint, form);
    Supplier<byte[]> ping = () -> ping(agent, mcp);
    var exchanges = new ArrayList<Double>();
    var pings = new ArrayList<Double>();
    log.accept("exchanging with " + CLIENTS + " clients, in turns with pings");
    for (int turn = 0; turn < WARM_UPS + TURNS; turn++) {
      double exchanged = perSecond(mcp, agent, exchange);
      double pinged = perSecond(mcp, agent, ping);
      if (turn >= WARM_UPS) {
        exchanges.add(exchanged);
        pings.add(pinged);
      }
    }
    double rate = Load.median(exchanges);
    double floor = Load.median(pings);
    figures.put("wire_exchange_per_s", rate);
    figures.put("wire_ping_per_s", floor);
    figures.put("wire_exchange_to_ping", rate / floor);
  }

  /** The one open task of the agent. */
  private static String task(URI mcp, Shown agent) throws IOException {
    try (var client = McpClient.open(mcp, Optional.of(agent))) {
      String open = client.call("remit_task_status", Value.Obj.EMPTY).replace("\\\"", "\"");
      int at = open.indexOf("\"task\":\"") + "\"task\":\"".length();
      return open.substring(at, open.indexOf('"', at));
    }
  }

  private static String form(Shown agent, String task) {
    return "grant_type="
        + encoded("urn:ietf:params:oauth:grant-type:token-exchange")
        + "&subject_token_type="
        + encoded("urn:ietf:params:oauth:token-type:access_token")
        + "&subject_token="
        + encoded(agent.token())
        + "&authorization_details="
        + encoded("[{\"type\":\"msp_task\",\"task\":\"" + task + "\"}]");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static byte[] exchange(Shown agent, URI endpoint, String form) {
    return request(
        endpoint,
        "application/x-www-form-urlencoded",
        "\r\nDPoP: " + agent.proof("POST", endpoint.toString()),
        form);
  }

  private static byte[] ping(Shown agent, URI mcp) {
    return request(
        mcp,
        "application/json\r\nMCP-Protocol-Version: 2025-11-25",
        agent.fields("POST", mcp.toString()),
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}");
  }

  private static byte[] request(URI uri, String type, String fields, String body) {
    return HttpConnection.ascii(
        "POST %s HTTP/1.1\r\nHost: %s\r\nAccept: application/json, text/event-stream\r\nContent-Type: %s\r\nContent-Length: %d%s\r\n\r\n%s"
            .formatted(uri.getPath(), uri.getAuthority(), type, body.length(), fields, body));
  }

  private static double perSecond(URI server, Shown agent, Supplier<byte[]> request)
      throws IOException {
    try (var connection = new HttpConnection(server)) {
      var nonce = connection.exchange(request.get(), new byte[0]).nonce();
      if (nonce != null) {
        agent.heard(nonce);
      }
    }
    var requests = Stream.generate(request).limit(REQUESTS).toList();
    var next = new AtomicInteger();
    var lines = new ArrayList<HttpConnection>();
    try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
      for (int i = 0; i < CLIENTS; i++) {
        lines.add(new HttpConnection(server));
      }
      long start = System.nanoTime();
      var running = new ArrayList<Future<Boolean>>();
      for (var line : lines) {
        running.add(threads.submit(sender(line, requests, next)));
      }
      for (var one : running) {
        one.get();
      }
      return REQUESTS / ((System.nanoTime() - start) / 1e9);
    } catch (ExecutionException e) {
      throw BenchException.broken("a request broke off: " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw BenchException.broken("interrupted");
    } finally {
      lines.forEach(HttpConnection::close);
    }
  }

  private static Callable<Boolean> sender(
      HttpConnection line, List<byte[]> requests, AtomicInteger next) {
    return () -> {
      for (int i = next.getAndIncrement(); i < requests.size(); i = next.getAndIncrement()) {
        var answer = line.exchange(requests.get(i), new byte[0]);
        if (answer.status() != 200) {
          throw BenchException.broken(
              answer.status() + ": " + new String(answer.body(), StandardCharsets.UTF_8));
        }
      }
      return true;
    };
  }
}

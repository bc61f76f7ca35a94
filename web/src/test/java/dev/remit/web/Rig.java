package dev.remit.web;

import dev.remit.core.advice.Advisor;
import dev.remit.core.identity.Authenticator;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.EnforcementPointId;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.identity.OrchestratorId;
import dev.remit.core.identity.Presented;
import dev.remit.core.release.Releases;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import dev.remit.web.http.Limits;
import dev.remit.web.http.OperatorToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Both listeners on free ports, and ways to talk to them. */
final class Rig implements AutoCloseable {

  static final String OPERATOR = "operator-token-of-at-least-32-characters";
  static final String MODERN = "2026-07-28";
  static final String LEGACY = "2025-11-25";
  static final Limits QUICK =
      new Limits(
          64 * 1024,
          16 * 1024,
          4 * 1024,
          64,
          32,
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          100);

  final FakeGateway gateway = new FakeGateway();
  volatile Advisor advisor =
      tenant -> {
        throw new Releases.PolicyUnavailableException("no policy in this test");
      };
  final FakeOversight oversight = new FakeOversight();
  final FakeLogs logs = new FakeLogs();
  final FakeDesk desk = new FakeDesk();
  final ManualTime clock = desk.clock;
  final List<String> authenticated = new CopyOnWriteArrayList<>();
  final List<Presented> shown = new CopyOnWriteArrayList<>();
  volatile boolean isReady = true;
  final RemitWeb web;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Rig() {
    this(WireConfig.loopback(0, 0).with(QUICK));
  }

  Rig(WireConfig config) {
    this(config, Optional.empty());
  }

  /** With another who proves callers. */
  Rig(WireConfig config, Optional<Authenticator> other) {
    web =
        RemitWeb.start(
            config,
            new Behind(
                gateway,
                tenant -> advisor.of(tenant),
                oversight,
                logs,
                (presented, at) -> {
                  shown.add(presented);
                  if (other.isPresent()) {
                    return other.get().authenticate(presented, at);
                  }
                  String token = presented.credential().orElseThrow().token();
                  authenticated.add(token);
                  return authenticate(token);
                },
                OperatorToken.of(OPERATOR),
                desk.desk(),
                () -> isReady,
                clock,
                new SplittableRandom(7),
                Telemetry.silent(new SplittableRandom(7))));
  }

  private static Authenticator.Authentication authenticate(String token) {
    return switch (token) {
      case "agent-one", "agent-two" -> new Authenticator.Authenticated(Samples.agent(token));
      case "triage" -> new Authenticator.Authenticated(Samples.triage("reader"));
      case "orchestrator" ->
          new Authenticator.Authenticated(
              new Caller.Orchestrator(
                  new OrchestratorId("dispatch"),
                  new InstanceId("o"),
                  true,
                  Samples.NOW.plusSeconds(60)));
      case "pep" -> new Authenticator.Authenticated(enforcementPoint("harbor-dental"));
      case "pep-of-two" ->
          new Authenticator.Authenticated(enforcementPoint("harbor-dental", "northwind-legal"));
      case "mirror" ->
          new Authenticator.Authenticated(
              new Caller.LogReader(
                  "archive",
                  Set.of(new TenantId("harbor-dental")),
                  new InstanceId("m"),
                  true,
                  Samples.NOW.plusSeconds(60)));
      case "pep-of-none" -> new Authenticator.Authenticated(enforcementPoint());
      case "needs-nonce" -> new Authenticator.NonceNeeded("nonce-of-this-replica");
      case "away" -> new Authenticator.Unavailable("issuer `x` is away");
      default -> new Authenticator.Refused("expired");
    };
  }

  private static Caller.EnforcementPoint enforcementPoint(String... tenants) {
    return new Caller.EnforcementPoint(
        new EnforcementPointId("gateway"),
        Arrays.stream(tenants).map(TenantId::new).collect(Collectors.toSet()),
        new InstanceId("p"),
        false,
        Samples.NOW.plusSeconds(60));
  }

  URI mcp() {
    return URI.create(web.machinesUrl() + "/mcp");
  }

  /** One MCP request of the older revision by the first agent. */
  Reply legacy(String method, Value.Obj params) {
    return legacy("agent-one", Value.of(1), method, params);
  }

  Reply legacy(String token, Value id, String method, Value.Obj params) {
    var body = Value.object("jsonrpc", "2.0", "id", id, "method", method, "params", params);
    return post(
        mcp(),
        Json.text(body),
        Map.of(
            "Authorization",
            "Bearer " + token,
            "Accept",
            "application/json, text/event-stream",
            "MCP-Protocol-Version",
            LEGACY));
  }

  /** One MCP request of the newer revision by the first agent. */
  Reply modern(String method, Value.Obj params) {
    return modern(method, params, Map.of());
  }

  /** The same with header fields set or, by an empty value, left out. */
  Reply modern(String method, Value.Obj params, Map<String, String> fields) {
    var whole = params.get("_meta").isPresent() ? params : params.with("_meta", meta(MODERN));
    var body = Value.object("jsonrpc", "2.0", "id", "m-1", "method", method, "params", whole);
    var headers = new java.util.TreeMap<String, String>();
    headers.put("Authorization", "Bearer agent-one");
    headers.put("Accept", "application/json, text/event-stream");
    headers.put("MCP-Protocol-Version", MODERN);
    headers.put("Mcp-Method", method);
    params.text("name").ifPresent(name -> headers.put("Mcp-Name", name));
    headers.putAll(fields);
    headers.values().removeIf(String::isEmpty);
    return post(mcp(), Json.text(body), headers);
  }

  static Value.Obj meta(String version) {
    return Value.object(
        "io.modelcontextprotocol/protocolVersion",
        version,
        "io.modelcontextprotocol/clientCapabilities",
        Value.Obj.EMPTY);
  }

  Reply post(URI uri, String body, Map<String, String> headers) {
    return send(uri, "POST", HttpRequest.BodyPublishers.ofString(body), headers);
  }

  Reply get(URI uri, Map<String, String> headers) {
    return send(uri, "GET", HttpRequest.BodyPublishers.noBody(), headers);
  }

  Reply send(URI uri, String method, HttpRequest.BodyPublisher body, Map<String, String> headers) {
    var request = HttpRequest.newBuilder(uri).method(method, body).timeout(Duration.ofSeconds(20));
    if (headers.keySet().stream().noneMatch("Content-Type"::equalsIgnoreCase)) {
      request.header("Content-Type", "application/json");
    }
    headers.forEach(request::header);
    try {
      return new Reply(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  Reply people(String method, String path, String body) {
    return send(
        URI.create(web.peopleUrl() + path),
        method,
        body.isEmpty()
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body),
        Map.of("Authorization", "Bearer " + OPERATOR));
  }

  /** A browser that nobody is signed in with. */
  Browser browser() {
    return new Browser(this, web.peopleSite().origin());
  }

  /** A browser that this person is signed in with, by the whole way through the issuer. */
  Browser browser(dev.remit.core.identity.Person person) {
    var browser = browser();
    browser.signIn(person);
    return browser;
  }

  @Override
  public void close() {
    http.close();
    web.close();
  }

  /** An answer. */
  record Reply(HttpResponse<String> response) {

    int status() {
      return response.statusCode();
    }

    String body() {
      return response.body();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    Value.Obj json() {
      return Json.parseObject(body());
    }

    Value.Obj result() {
      return json().object("result").orElseThrow(() -> new AssertionError(body()));
    }

    long errorCode() {
      return json()
          .object("error")
          .flatMap(error -> error.integer("code"))
          .orElseThrow(() -> new AssertionError(body()));
    }

    /** The words of the first content block. */
    String words() {
      return ((Value.Obj) result().items("content").getFirst()).text("text").orElseThrow();
    }

    boolean isError() {
      return result().get("isError").equals(java.util.Optional.of(Value.of(true)));
    }

    Value meta(String name) {
      return result()
          .object("_meta")
          .flatMap(meta -> meta.get("dev.remit/" + name))
          .orElseThrow(() -> new AssertionError(body()));
    }
  }
}

package dev.remit.cli.connect;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A gateway, and an issuer at the same address, that remember what they were sent. */
final class FakeGateway implements AutoCloseable {

  /** A request as it came. */
  record Seen(String path, TreeMap<String, String> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name, "");
    }

    Value.Obj proof() {
      return claims(header("DPoP"));
    }
  }

  /** What is done with a request. */
  @FunctionalInterface
  interface Behaviour {
    void answer(HttpExchange exchange, Seen seen) throws IOException;
  }

  final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private volatile Behaviour behaviour = (exchange, seen) -> reply(exchange, 202, "", "");

  FakeGateway() {
    try {
      var loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name, String.join("|", values)));
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var one = new Seen(exchange.getRequestURI().getPath(), headers, body);
      seen.add(one);
      behaviour.answer(exchange, one);
    }
  }

  void will(Behaviour next) {
    behaviour = next;
  }

  String origin() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  URI mcp() {
    return URI.create(origin() + "/mcp");
  }

  static void reply(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    if (!type.isEmpty()) {
      exchange.getResponseHeaders().set("Content-Type", type);
    }
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  static void json(HttpExchange exchange, String body) throws IOException {
    reply(exchange, 200, "application/json", body);
  }

  /** The claims of a compact JWS, once its signature held under its own key. */
  static Value.Obj verified(String jws) {
    var parts = jws.split("\\.", -1);
    var header = part(parts[0]);
    try {
      var verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
      verifier.initVerify(key(header.object("jwk").orElseThrow()));
      verifier.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      if (!verifier.verify(Base64.getUrlDecoder().decode(parts[2]))) {
        throw new AssertionError("the signature does not hold");
      }
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
    return part(parts[1]);
  }

  static Value.Obj claims(String jws) {
    return part(jws.split("\\.", -1)[1]);
  }

  static Value.Obj header(String jws) {
    return part(jws.split("\\.", -1)[0]);
  }

  private static Value.Obj part(String text) {
    return Json.parseObject(Base64.getUrlDecoder().decode(text));
  }

  private static ECPublicKey key(Value.Obj jwk) throws GeneralSecurityException {
    var parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec("secp256r1"));
    var point = new ECPoint(number(jwk, "x"), number(jwk, "y"));
    var curve = parameters.getParameterSpec(ECParameterSpec.class);
    return (ECPublicKey)
        KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, curve));
  }

  private static BigInteger number(Value.Obj jwk, String name) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(jwk.text(name).orElseThrow()));
  }

  /** An unsigned token with these claims: the bridge reads, the gateway would check. */
  static String token(Value.Obj claims) {
    var encoder = Base64.getUrlEncoder().withoutPadding();
    return encoder.encodeToString(Json.bytes(Value.object("alg", "ES256")))
        + "."
        + encoder.encodeToString(Json.bytes(claims))
        + ".c2ln";
  }

  static Optional<String> none() {
    return Optional.empty();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

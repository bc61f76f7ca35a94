package dev.remit.identity.people;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.remit.core.identity.PersonSignIn.Attempt;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** A real issuer of people on loopback: right in everything until something is changed. */
final class FakeIssuer implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final String CLIENT = "remit-console";
  static final String SECRET = "s3cret: with / odd + signs";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Attempt> codes = new ConcurrentHashMap<>();
  final ECKey key = key("key-1");
  final Map<String, String> asked = new ConcurrentHashMap<>();

  /** Changes the claims of the next tokens. */
  volatile UnaryOperator<JWTClaimsSet.Builder> claims = UnaryOperator.identity();

  /** Changes what the metadata says. */
  volatile UnaryOperator<Value.Obj> metadata = UnaryOperator.identity();

  /** Makes the token out of its claims. */
  volatile Signing signing = set -> signed(set, key, JOSEObjectType.JWT);

  volatile int tokenStatus = 200;
  volatile String tokenBody = "";

  interface Signing {
    String sign(JWTClaimsSet claims) throws JOSEException;
  }

  FakeIssuer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/.well-known/openid-configuration", this::describe);
    server.createContext("/token", this::token);
    server.createContext("/jwks", this::keys);
    server.setExecutor(threads);
    server.start();
  }

  static ECKey key(String kid) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(kid).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  PeopleIssuer listed(String name) {
    return new PeopleIssuer(name, url(), CLIENT, () -> SECRET, PeopleIssuer.GROUPS, false);
  }

  /** Somebody shows who they are: the code that the browser brings back. */
  String signsIn(Attempt attempt, String address) {
    query(address).forEach(asked::put);
    String code = "code-" + codes.size();
    codes.put(code, attempt);
    return code;
  }

  static Map<String, String> query(String address) {
    return form(URI.create(address).getRawQuery());
  }

  private static Map<String, String> form(String text) {
    var fields = new TreeMap<String, String>();
    for (var pair : text.split("&", -1)) {
      var halves = pair.split("=", 2);
      fields.put(
          URLDecoder.decode(halves[0], StandardCharsets.UTF_8),
          URLDecoder.decode(halves[1], StandardCharsets.UTF_8));
    }
    return fields;
  }

  private void describe(HttpExchange exchange) throws IOException {
    var document =
        Value.object(
            "issuer",
            url(),
            "authorization_endpoint",
            url() + "/authorize?tenant=1",
            "token_endpoint",
            url() + "/token",
            "jwks_uri",
            url() + "/jwks",
            "authorization_response_iss_parameter_supported",
            true,
            "code_challenge_methods_supported",
            List.of("S256"));
    send(exchange, 200, Json.text(metadata.apply(document)));
  }

  private void keys(HttpExchange exchange) throws IOException {
    send(exchange, 200, "{\"keys\":[" + key.toPublicJWK().toJSONString() + "]}");
  }

  private void token(HttpExchange exchange) throws IOException {
    var form = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    if (tokenStatus != 200 || !tokenBody.isEmpty()) {
      send(exchange, tokenStatus, tokenBody.isEmpty() ? "{}" : tokenBody);
      return;
    }
    var attempt = codes.remove(form.getOrDefault("code", ""));
    boolean isGood =
        attempt != null
            && isClient(exchange.getRequestHeaders().getFirst("Authorization"))
            && form.getOrDefault("redirect_uri", "").equals(asked.get("redirect_uri"))
            && OidcIssuer.challenge(form.getOrDefault("code_verifier", ""))
                .equals(asked.get("code_challenge"));
    if (!isGood) {
      send(exchange, 400, "{\"error\":\"invalid_grant\"}");
      return;
    }
    try {
      var set = claims.apply(usual()).build();
      send(exchange, 200, Json.text(Value.object("id_token", signing.sign(set))));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isClient(String authorization) {
    String login = encode(CLIENT) + ":" + encode(SECRET);
    return ("Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
        .equals(authorization);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private JWTClaimsSet.Builder usual() {
    return new JWTClaimsSet.Builder()
        .issuer(url())
        .subject("u-1")
        .audience(CLIENT)
        .issueTime(Date.from(NOW))
        .expirationTime(Date.from(NOW.plusSeconds(300)))
        .claim("auth_time", NOW.getEpochSecond())
        .claim("nonce", asked.get("nonce"))
        .claim("name", "Ann Example")
        .claim("email", "Ann@MSP.example")
        .claim("groups", List.of("senior-technicians"));
  }

  static String signed(JWTClaimsSet claims, ECKey key, JOSEObjectType type) throws JOSEException {
    var header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).type(type).build();
    var token = new SignedJWT(header, claims);
    token.sign(new ECDSASigner(key));
    return token.serialize();
  }

  static String hmac(JWTClaimsSet claims, String secret) throws JOSEException {
    var header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("key-1").build();
    var token = new SignedJWT(header, claims);
    token.sign(new MACSigner(Arrays.copyOf(secret.getBytes(StandardCharsets.UTF_8), 64)));
    return token.serialize();
  }

  static String plain(JWTClaimsSet claims) {
    return new PlainJWT(claims).serialize();
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

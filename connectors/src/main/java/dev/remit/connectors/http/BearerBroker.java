package dev.remit.connectors.http;

import dev.remit.connectors.common.Settings;
import dev.remit.connectors.wire.Ask;
import dev.remit.connectors.wire.Exchange;
import dev.remit.connectors.wire.Wire;
import dev.remit.core.execution.Cut;
import dev.remit.core.lease.Broker;
import dev.remit.core.lease.Credential;
import dev.remit.core.lease.Lease;
import dev.remit.core.value.Value;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Short-lived bearer tokens by OAuth 2.0 client credentials (RFC 6749, section 4.4).
 *
 * <p>Revocation is immediate while the token is in hand: revoked (RFC 7009), then looked at by
 * introspection (RFC 7662) or by a harmless request that must be answered 401. After a crash nobody
 * holds the token, so nobody can revoke it; the lease lingers until its end, and by then the vendor
 * has let it expire: a token that would outlive its lease is never handed out. A token endpoint
 * cannot list tokens, so {@link #present} is empty. A token has no name at the vendor, so two
 * leases can never collide there.
 */
final class BearerBroker implements Broker {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration SKEW = Duration.ofSeconds(5);
  private static final int LIMIT = 64 * 1024;
  private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]{1,8192}");

  private final HttpEndpoint endpoint;
  private final Wire wire;
  private final InstantSource clock;
  private final Optional<URI> probe;

  BearerBroker(HttpEndpoint endpoint, Settings settings, Wire wire, InstantSource clock) {
    this.endpoint = endpoint;
    this.wire = wire;
    this.clock = clock;
    this.probe =
        settings
            .optionalText("probe")
            .map(path -> new PathTemplate(path, Map.of()))
            .map(path -> path.fill(endpoint.baseUri(), Value.Obj.EMPTY));
  }

  @Override
  public Revocation revocation() {
    return Revocation.IMMEDIATE;
  }

  @Override
  public Issued issue(Lease lease) {
    var scope =
        lease.scope().items("scope").stream()
            .map(item -> item instanceof Value.Text(String word) ? word : "")
            .collect(Collectors.toList());
    if (scope.isEmpty() || !scope.stream().allMatch(word -> SCOPE.matcher(word).matches())) {
      return new NotMade("the lease names no scope; none is not all");
    }
    var form = new LinkedHashMap<String, String>();
    form.put("grant_type", "client_credentials");
    form.put("scope", String.join(" ", scope));
    return switch (post(endpoint.tokenUri(), form)) {
      case Exchange.NotSent(String detail) -> new NotMade(detail);
      case Exchange.Lost(String detail) -> new Uncertain(detail);
      case Exchange.TooLarge(String detail) -> new Uncertain(detail);
      case Exchange.Answer answer -> answered(lease, answer);
    };
  }

  private Issued answered(Lease lease, Exchange.Answer answer) {
    if (answer.status() >= 400 && answer.status() < 500) {
      return new NotMade("the token endpoint answered " + answer.words());
    }
    if (answer.status() != 200) {
      return new Uncertain("the token endpoint answered " + answer.words());
    }
    var json = answer.json().filter(Value.Obj.class::isInstance).map(Value.Obj.class::cast);
    var token =
        json.flatMap(body -> body.text("access_token")).filter(t -> TOKEN.matcher(t).matches());
    if (token.isEmpty()) {
      return new Uncertain("the token endpoint's answer cannot be understood");
    }
    var life = json.flatMap(body -> body.integer("expires_in")).filter(seconds -> seconds > 0);
    var isBearer =
        json.flatMap(body -> body.text("token_type"))
            .filter("bearer"::equalsIgnoreCase)
            .isPresent();
    var end = life.map(seconds -> clock.instant().plusSeconds(seconds)).orElse(Instant.MAX);
    var credential = new BearerCredential(lease.principal(), token.get(), end);
    if (!isBearer || end.isAfter(lease.end().plus(SKEW))) {
      return unusable(credential);
    }
    return new Made(credential);
  }

  /** INVARIANT: no token outlives its lease, so that its end is the end even after a crash. */
  private Issued unusable(BearerCredential credential) {
    return ended(credential) instanceof Gone
        ? new NotMade(
            "the vendor's tokens are not bearer tokens that end with the lease: set the broker's"
                + " `life` to the vendor's life of a token")
        : new Uncertain("a token that outlives its lease was made and could not be revoked");
  }

  @Override
  public Ended revoke(Lease lease, Optional<Credential> credential) {
    if (credential.isPresent() && credential.get() instanceof BearerCredential bearer) {
      var ended = ended(bearer);
      return ended instanceof Lingering && isOver(lease, bearer.expiresAt())
          ? new Gone("expired at " + bearer.expiresAt())
          : ended;
    }
    return isOver(lease, lease.end())
        ? new Gone("expired with its lease at " + lease.end())
        : new Lingering("no token in hand; it expires with its lease at " + lease.end());
  }

  private boolean isOver(Lease lease, Instant end) {
    var last = end.isAfter(lease.end()) ? end : lease.end();
    return clock.instant().isAfter(last.plus(SKEW));
  }

  private Ended ended(BearerCredential credential) {
    var form = new LinkedHashMap<String, String>();
    form.put("token", credential.token());
    form.put("token_type_hint", "access_token");
    return switch (post(endpoint.revokeUri(), form)) {
      case Exchange.NotSent(String detail) -> new Lingering(detail);
      case Exchange.Lost(String detail) -> new Lingering(detail);
      case Exchange.TooLarge(String detail) -> look(credential);
      case Exchange.Answer answer when answer.isSuccess() -> look(credential);
      case Exchange.Answer answer ->
          new Lingering("the revocation endpoint answered " + answer.words());
    };
  }

  private Ended look(BearerCredential credential) {
    return endpoint
        .introspectUri()
        .map(uri -> introspect(uri, credential))
        .or(() -> probe.map(uri -> probe(uri, credential)))
        .orElseGet(() ->
            new Lingering("nothing says that it is gone: configure introspection or a probe"));
  }

  private Ended introspect(URI uri, BearerCredential credential) {
    var exchange = post(uri, Map.of("token", credential.token()));
    var active =
        exchange instanceof Exchange.Answer answer && answer.status() == 200
            ? answer.json().flatMap(body -> ((Value.Obj) object(body)).get("active"))
            : Optional.<Value>empty();
    return active.isPresent() && active.get().equals(Value.of(false))
        ? new Gone("introspection says it is not active")
        : new Lingering("introspection does not say that it is gone");
  }

  private static Value object(Value value) {
    return value instanceof Value.Obj ? value : Value.Obj.EMPTY;
  }

  private Ended probe(URI uri, BearerCredential credential) {
    var headers = Map.of("Authorization", "Bearer " + credential.token());
    var ask = new Ask("GET", uri, headers, Optional.empty(), TIMEOUT, LIMIT);
    return wire.exchange(ask, () -> false, new Cut()) instanceof Exchange.Answer answer
            && answer.status() == 401
        ? new Gone("a request with it was answered 401")
        : new Lingering("a request with it was not refused");
  }

  @Override
  public Set<String> present() {
    return Set.of();
  }

  @Override
  public Ended remove(String principal) {
    return new Lingering("tokens have no name at the vendor; they expire");
  }

  private Exchange post(URI uri, Map<String, String> form) {
    var body =
        form.entrySet().stream()
            .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
            .collect(Collectors.joining("&"));
    var headers =
        Map.of(
            "Authorization", "Basic " + login(),
            "Content-Type", "application/x-www-form-urlencoded",
            "Accept", "application/json");
    var bytes = Optional.of(body.getBytes(StandardCharsets.UTF_8));
    return wire.exchange(
        new Ask("POST", uri, headers, bytes, TIMEOUT, LIMIT), () -> false, new Cut());
  }

  /** RFC 6749, section 2.3.1: both halves are form-encoded first. */
  private String login() {
    var pair = encode(endpoint.clientId()) + ":" + encode(endpoint.secret().get());
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

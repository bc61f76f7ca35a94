package dev.remit.identity.people;

import dev.remit.core.call.Sha256;
import dev.remit.core.identity.PersonSignIn;
import dev.remit.core.identity.PersonSignIn.Attempt;
import dev.remit.core.identity.PersonSignIn.Returned;
import dev.remit.core.value.InvalidValueException;
import dev.remit.identity.IdTokenCheck;
import dev.remit.identity.JwksSource;
import dev.remit.identity.KeyTimes;
import dev.remit.identity.TrustedIssuer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One issuer of people at work. Thread safe; its metadata is read when needed and kept an hour. */
final class OidcIssuer {

  private static final Duration KEPT = Duration.ofHours(1);

  private final PeopleIssuer issuer;
  private final IssuerClient client;
  private final JwksSource source;
  private final KeyTimes times;
  private final InstantSource clock;

  /** Replaced as a whole. */
  private volatile @Nullable Known known;

  private record Known(Metadata metadata, IdTokenCheck check, Instant end) {}

  OidcIssuer(
      PeopleIssuer issuer,
      IssuerClient client,
      JwksSource source,
      KeyTimes times,
      InstantSource clock) {
    this.issuer = issuer;
    this.client = client;
    this.source = source;
    this.times = times;
    this.clock = clock;
  }

  PeopleIssuer issuer() {
    return issuer;
  }

  /** The answer to {@link #redeem}. */
  sealed interface Redemption {}

  record Redeemed(IdTokenCheck.Good token) implements Redemption {}

  record NotRedeemed(String why) implements Redemption {}

  record IssuerAway(String why) implements Redemption {}

  /** The metadata could not be had. */
  private static final class MetadataAway extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MetadataAway(String why) {
      super(why, null, false, false);
    }
  }

  PersonSignIn.Begun begin(Attempt attempt) {
    try {
      return new PersonSignIn.Redirect(address(known().metadata().authorization(), attempt));
    } catch (MetadataAway e) {
      return new PersonSignIn.Away(String.valueOf(e.getMessage()));
    }
  }

  private String address(URI endpoint, Attempt attempt) {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("response_type", "code");
    parameters.put("client_id", issuer.clientId());
    parameters.put("redirect_uri", attempt.redirectUri());
    parameters.put("scope", "openid profile email");
    parameters.put("state", attempt.state());
    parameters.put("nonce", attempt.nonce());
    parameters.put("code_challenge", challenge(attempt.verifier()));
    parameters.put("code_challenge_method", "S256");
    // A limit makes the issuer say when it saw the person (section 3.1.2.1, max_age).
    parameters.put(
        "max_age", Long.toString(attempt.freshWithin().orElse(Duration.ofHours(12)).toSeconds()));
    attempt.freshWithin().ifPresent(_ -> parameters.put("prompt", "login"));
    return endpoint + (endpoint.getRawQuery() == null ? "?" : "&") + form(parameters);
  }

  Redemption redeem(Attempt attempt, Returned returned) {
    try {
      var current = known();
      var iss = returned.iss();
      boolean isOurs =
          iss.isPresent() ? iss.get().equals(issuer.issuer()) : !current.metadata().sendsIss();
      if (!isOurs) {
        return new NotRedeemed("another issuer sent the browser back");
      }
      return switch (token(current.metadata(), attempt, returned.code())) {
        case IssuerClient.Away(String why) -> new IssuerAway(why);
        case IssuerClient.Told(int status, var _) when status >= 500 || status == 429 ->
            new IssuerAway("the issuer answered " + status);
        case IssuerClient.Told(int status, var _) when status != 200 ->
            new NotRedeemed("the issuer does not know this code, or not from us");
        case IssuerClient.Told(int _, var body) ->
            body.text("id_token")
                .<Redemption>map(token -> checked(current.check(), token, attempt))
                .orElseGet(() -> new NotRedeemed("the issuer gave no id token"));
      };
    } catch (MetadataAway e) {
      return new IssuerAway(String.valueOf(e.getMessage()));
    }
  }

  private Redemption checked(IdTokenCheck check, String token, Attempt attempt) {
    return switch (check.check(token, attempt.nonce(), attempt.freshWithin(), clock.instant())) {
      case IdTokenCheck.Good good -> new Redeemed(good);
      case IdTokenCheck.Bad(String why) -> new NotRedeemed(why);
      case IdTokenCheck.Away(String why) -> new IssuerAway(why);
    };
  }

  private IssuerClient.Answer token(Metadata metadata, Attempt attempt, String code) {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("grant_type", "authorization_code");
    parameters.put("code", code);
    parameters.put("redirect_uri", attempt.redirectUri());
    parameters.put("code_verifier", attempt.verifier());
    if (!metadata.takesBasic()) {
      parameters.put("client_id", issuer.clientId());
      parameters.put("client_secret", issuer.secret().get());
      return client.post(metadata.token(), form(parameters), "");
    }
    // Both are form-encoded first (RFC 6749, section 2.3.1).
    String login = encode(issuer.clientId()) + ":" + encode(issuer.secret().get());
    String basic = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    return client.post(metadata.token(), form(parameters), "Basic " + basic);
  }

  private Known known() {
    var current = known;
    var now = clock.instant();
    if (current != null && now.isBefore(current.end())) {
      return current;
    }
    var read = read(now);
    known = read;
    return read;
  }

  private Known read(Instant now) {
    String base = issuer.issuer().replaceFirst("/$", "");
    var answer = client.get(URI.create(base + "/.well-known/openid-configuration"));
    return switch (answer) {
      case IssuerClient.Away(String why) -> throw new MetadataAway(why);
      case IssuerClient.Told(int status, var _) when status != 200 ->
          throw new MetadataAway("the issuer's metadata answered " + status);
      case IssuerClient.Told(int _, var document) -> {
        try {
          var metadata = Metadata.of(document, issuer.issuer());
          var trusted = TrustedIssuer.of(issuer.issuer(), metadata.jwks(), issuer.clientId());
          yield new Known(
              metadata,
              new IdTokenCheck(issuer.isLab() ? trusted.asLab() : trusted, source, times, clock),
              now.plus(KEPT));
        } catch (InvalidValueException e) {
          throw new MetadataAway(String.valueOf(e.getMessage()));
        }
      }
    };
  }

  /** The S256 challenge of a verifier (RFC 7636, section 4.2). */
  static String challenge(String verifier) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Sha256.raw(verifier.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String form(Map<String, String> parameters) {
    return String.join(
        "&",
        parameters.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + encode(entry.getValue()))
            .toList());
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

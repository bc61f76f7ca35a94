package dev.remit.lab.people;

import dev.remit.lab.http.Call;
import dev.remit.lab.http.ClientLogin;
import dev.remit.lab.http.Json;
import dev.remit.lab.http.Refusal;
import dev.remit.lab.http.Reply;
import dev.remit.lab.oidc.SigningKeys;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One organisation's issuer of people: authorization code with PKCE (RFC 6749 §4.1, RFC 7636 S256
 * only, RFC 9207) and OpenID Connect. Nobody stays signed in: there is no cookie. Thread safe.
 */
public final class PeopleIssuer {
  /** The one client. */
  public static final String CLIENT = "remit-console";

  static final Duration CODE_LIFE = Duration.ofMinutes(1);
  private static final Duration FORM_LIFE = Duration.ofMinutes(10);

  private record Grant(AuthorizationRequest request, String subject, Instant at) {}

  private final String organisation;
  private final SigningKeys keys;
  private final String secret;
  private final Accounts accounts;
  private final RedirectUris redirects;
  private final InstantSource clock;
  private final IdTokens tokens;
  private final SingleUse<AuthorizationRequest> forms;
  private final SingleUse<Grant> codes;
  private final AtomicReference<String> fault = new AtomicReference<>("none");
  private volatile String name = "";

  PeopleIssuer(
      String organisation,
      SigningKeys keys,
      String secret,
      Accounts accounts,
      RedirectUris redirects,
      InstantSource clock) {
    this.organisation = organisation;
    this.keys = keys;
    this.secret = secret;
    this.accounts = accounts;
    this.redirects = redirects;
    this.clock = clock;
    this.tokens = new IdTokens(clock, keys, secret);
    this.forms = new SingleUse<>(clock, FORM_LIFE);
    this.codes = new SingleUse<>(clock, CODE_LIFE);
  }

  void at(String url) {
    name = url;
  }

  String name() {
    return name;
  }

  public String organisation() {
    return organisation;
  }

  /** What the example workspace calls it. */
  String workspaceName() {
    return organisation.equals(SeedAccounts.MSP) ? "staff" : organisation;
  }

  public Accounts accounts() {
    return accounts;
  }

  /** The next id token is wrong in this way. */
  public void failNext(String kind) {
    if (!IdTokens.FAULTS.contains(kind)) {
      throw Refusal.badRequest("unknown fault `" + kind + "`");
    }
    fault.set(kind);
  }

  public String rotate(boolean dropOlder) {
    return keys.rotate(dropOlder);
  }

  void reset() {
    accounts.reset();
    forms.clear();
    codes.clear();
    fault.set("none");
  }

  Map<String, Object> publicKeys() {
    return keys.publicKeys();
  }

  Map<String, Object> discovery() {
    return Json.object(
        "issuer",
        name,
        "authorization_endpoint",
        name + "/authorize",
        "token_endpoint",
        name + "/token",
        "jwks_uri",
        name + "/jwks",
        "response_types_supported",
        List.of("code"),
        "response_modes_supported",
        List.of("query"),
        "grant_types_supported",
        List.of("authorization_code"),
        "subject_types_supported",
        List.of("public"),
        "scopes_supported",
        List.of("openid", "profile", "email"),
        "claims_supported",
        List.of("sub", "name", "email", "groups", "nonce", "auth_time"),
        "id_token_signing_alg_values_supported",
        List.of("ES256"),
        "token_endpoint_auth_methods_supported",
        List.of("client_secret_basic", "client_secret_post"),
        "code_challenge_methods_supported",
        List.of("S256"),
        "authorization_response_iss_parameter_supported",
        true);
  }

  /** The page where one says who one is. */
  Reply authorize(Call call) {
    try {
      String redirectUri =
          AuthorizationRequest.redirectUri(
              call, CLIENT, uri -> redirects.contains(workspaceName(), uri));
      try {
        var request = AuthorizationRequest.of(call, CLIENT, redirectUri);
        String form = forms.keep(request);
        return LoginPage.choose(
            organisation, "/" + organisation + "/login", form, redirectUri, accounts.all());
      } catch (AuthorizationRequest.Wrong e) {
        return error(redirectUri, call.query("state"), e.error(), String.valueOf(e.getMessage()));
      }
    } catch (Refusal e) {
      return LoginPage.wrong(400, organisation, String.valueOf(e.getMessage()));
    }
  }

  /** Who one is, said once for each page. */
  Reply login(Call call) {
    try {
      Map<String, String> form = call.form();
      AuthorizationRequest request =
          forms
              .take(form.getOrDefault("request", ""))
              .orElseThrow(() -> Refusal.badRequest("this page is over; begin again"));
      if (form.containsKey("deny")) {
        return error(request.redirectUri(), request.state(), "access_denied", "the person refused");
      }
      Optional<Account> account = accounts.active(form.getOrDefault("person", ""));
      if (account.isEmpty()) {
        throw Refusal.badRequest("no such person here");
      }
      String code = codes.keep(new Grant(request, account.get().subject(), clock.instant()));
      return to(request.redirectUri(), request.state(), "code=" + encode(code));
    } catch (Refusal e) {
      return LoginPage.wrong(400, organisation, String.valueOf(e.getMessage()));
    }
  }

  private Reply error(String uri, Optional<String> state, String error, String words) {
    return to(uri, state, "error=" + encode(error) + "&error_description=" + encode(words));
  }

  private Reply to(String uri, Optional<String> state, String answer) {
    String location =
        uri
            + (uri.contains("?") ? "&" : "?")
            + answer
            + state.map(text -> "&state=" + encode(text)).orElse("")
            + "&iss="
            + encode(name);
    return Reply.empty(303).with("Location", location).with("Referrer-Policy", "no-referrer");
  }

  /** Whatever comes with a code uses it up, once the client has shown its secret. */
  Reply token(Call call) {
    Map<String, String> form = call.form();
    ClientLogin login = ClientLogin.of(call, form);
    login.check(login.id().equals(CLIENT) ? Optional.of(secret) : Optional.empty());
    if (!"authorization_code".equals(form.get("grant_type"))) {
      throw new Refusal(400, "unsupported_grant_type", "use authorization_code");
    }
    Grant grant = codes.take(form.getOrDefault("code", "")).orElseThrow(PeopleIssuer::invalidGrant);
    String verifier = form.getOrDefault("code_verifier", "");
    boolean isSame =
        grant.request().redirectUri().equals(form.get("redirect_uri"))
            && verifier.matches("[A-Za-z0-9._~-]{43,128}")
            && challenge(verifier).equals(grant.request().challenge());
    if (!isSame) {
      throw invalidGrant();
    }
    Account who = accounts.active(grant.subject()).orElseThrow(PeopleIssuer::invalidGrant);
    String wrong = fault.getAndSet("none");
    return Reply.ok(
        Json.object(
            "access_token",
            UUID.randomUUID().toString(),
            "token_type",
            "Bearer",
            "expires_in",
            IdTokens.LIFE.toSeconds(),
            "scope",
            "openid profile email",
            "id_token",
            tokens.mint(name, grant.request(), who, grant.at(), wrong)));
  }

  private static Refusal invalidGrant() {
    return new Refusal(
        400, "invalid_grant", "the code is unknown, used, over, or not for this request");
  }

  private static String challenge(String verifier) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

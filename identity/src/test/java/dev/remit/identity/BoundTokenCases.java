package dev.remit.identity;

import static dev.remit.identity.IdentityCase.proven;
import static dev.remit.identity.IdentityCase.refused;

import dev.remit.core.call.Sha256;
import dev.remit.core.identity.Authenticator.Authentication;
import dev.remit.core.identity.Presented;
import dev.remit.core.identity.Presented.Credential;
import dev.remit.core.identity.Presented.Scheme;
import dev.remit.core.value.Value;
import dev.remit.identity.IdentityCase.Outcome;
import dev.remit.identity.binding.DpopKey;
import dev.remit.identity.binding.Nonces;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Tokens that are bound to a key, with and without a proof of it, as the page tells them. */
final class BoundTokenCases {

  private static final String GROUP = "Bound tokens (DPoP)";
  private static final String KIND = "kc-jkt-type";
  private static final TestKey EC = TestKey.ec("ec-1");
  private static final String URI = "https://remit.example/mcp";
  private static final DpopKey KEY = DpopKey.generate(new SplittableRandom(1));
  private static final DpopKey THIEF = DpopKey.generate(new SplittableRandom(2));
  private static final String TOKEN =
      TestToken.by(EC).claim("cnf", Value.object("jkt", KEY.thumbprint())).text();
  private static final String UNBOUND = TestToken.by(EC).text();

  private BoundTokenCases() {}

  /** Does it before a server of its own. */
  private static Supplier<Authentication> at(Function<AuthenticatorFixture, Authentication> run) {
    return () -> {
      try (var fixture = new AuthenticatorFixture(EC)) {
        return run.apply(fixture);
      }
    };
  }

  private static Authentication shown(
      AuthenticatorFixture fixture, Scheme scheme, String token, Optional<String> proof) {
    return fixture.authenticate(
        new Presented(Optional.of(new Credential(scheme, token)), proof, "POST", URI, List.of()));
  }

  private static String proof(AuthenticatorFixture fixture, DpopKey key, String token) {
    var now = fixture.clock.instant();
    return key.proof("POST", URI, Optional.of(token), Optional.of(fixture.proofs.nonce(now)), now);
  }

  private static Value.Obj header() {
    return Value.object("typ", "dpop+jwt", "alg", "ES256", "jwk", KEY.jwk());
  }

  private static Value.Obj claims(AuthenticatorFixture fixture) {
    var now = fixture.clock.instant();
    return Value.object(
        "jti",
        "1",
        "htm",
        "POST",
        "htu",
        URI,
        "iat",
        now.getEpochSecond(),
        "ath",
        TestToken.base64(Sha256.raw(TestToken.bytes(TOKEN))),
        "nonce",
        fixture.proofs.nonce(now));
  }

  private static Supplier<Authentication> with(
      UnaryOperator<Value.Obj> header, UnaryOperator<Value.Obj> claims) {
    return at(fixture ->
        shown(
            fixture,
            Scheme.DPOP,
            TOKEN,
            Optional.of(KEY.signed(header.apply(header()), claims.apply(claims(fixture))))));
  }

  private static IdentityCase inClaims(String shown, String rule, String name, Object value) {
    return refused(
        GROUP,
        shown,
        rule,
        with(h -> h, c -> c.with(name, Value.object("x", value).get("x").orElseThrow())));
  }

  private static IdentityCase inHeader(String shown, String rule, String name, Object value) {
    return refused(
        GROUP,
        shown,
        rule,
        with(h -> h.with(name, Value.object("x", value).get("x").orElseThrow()), c -> c));
  }

  private static IdentityCase lacks(String name, String rule) {
    return refused(
        GROUP, "a proof without `" + name + "`", rule, with(h -> h, c -> c.without(name)));
  }

  private static IdentityCase newNonce(String shown, UnaryOperator<Value.Obj> claims) {
    return new IdentityCase(GROUP, shown, Outcome.NEW_NONCE, "RFC 9449 9", with(h -> h, claims));
  }

  static List<IdentityCase> all() {
    var all = new ArrayList<IdentityCase>();
    all.addAll(holders());
    all.addAll(requests());
    all.addAll(nonces());
    all.addAll(headers());
    all.addAll(bindings());
    return all;
  }

  private static List<IdentityCase> holders() {
    return List.of(
        proven(
            GROUP, "a bound token with a proof of its key", "RFC 9449 4.3", with(h -> h, c -> c)),
        refused(
            GROUP,
            "it as a bearer's, without a proof",
            "RFC 9449 7.2",
            at(f -> shown(f, Scheme.BEARER, TOKEN, Optional.empty()))),
        refused(
            GROUP,
            "it without a proof",
            "RFC 9449 7.1",
            at(f -> shown(f, Scheme.DPOP, TOKEN, Optional.empty()))),
        refused(
            GROUP,
            "it as a bearer's, with a good proof",
            "RFC 9449 7.2",
            at(f -> shown(f, Scheme.BEARER, TOKEN, Optional.of(proof(f, KEY, TOKEN))))),
        refused(
            GROUP,
            "it with a proof of another key",
            "RFC 9449 4.3",
            at(f -> shown(f, Scheme.DPOP, TOKEN, Optional.of(proof(f, THIEF, TOKEN))))),
        refused(
            GROUP,
            "a proof that names the key and that another key signed",
            "RFC 9449 4.3",
            at(f -> shown(f, Scheme.DPOP, TOKEN, Optional.of(THIEF.signed(header(), claims(f)))))),
        refused(
            GROUP,
            "a proof that came before",
            "RFC 9449 11.1",
            at(f -> {
              var proof = Optional.of(proof(f, KEY, TOKEN));
              shown(f, Scheme.DPOP, TOKEN, proof);
              return shown(f, Scheme.DPOP, TOKEN, proof);
            })),
        refused(
            GROUP,
            "the name of a proof that came before, signed anew",
            "RFC 9449 11.1",
            at(f -> {
              shown(f, Scheme.DPOP, TOKEN, Optional.of(KEY.signed(header(), claims(f))));
              return shown(f, Scheme.DPOP, TOKEN, Optional.of(KEY.signed(header(), claims(f))));
            })),
        refused(
            GROUP,
            "a good proof of anybody with a token that is bound to no key",
            "RFC 9449 7.1",
            at(f -> shown(f, Scheme.DPOP, UNBOUND, Optional.of(proof(f, THIEF, UNBOUND))))));
  }

  private static List<IdentityCase> requests() {
    var now = TestToken.NOW.getEpochSecond();
    return List.of(
        inClaims("a proof for another method", "RFC 9449 4.3", "htm", "GET"),
        inClaims("a proof for the method in small letters", "RFC 9110 9.1", "htm", "post"),
        lacks("htm", "RFC 9449 4.2"),
        lacks("htu", "RFC 9449 4.2"),
        inClaims(
            "a proof for another path", "RFC 9449 4.3", "htu", "https://remit.example/v1/tasks"),
        inClaims("a proof for the path with a slash more", "RFC 9449 4.3", "htu", URI + "/"),
        inClaims("a proof for another scheme", "RFC 9449 4.3", "htu", "http://remit.example/mcp"),
        inClaims("a proof for another host", "RFC 9449 4.3", "htu", "https://other.example/mcp"),
        inClaims(
            "a proof for another port", "RFC 9449 4.3", "htu", "https://remit.example:8443/mcp"),
        inClaims(
            "a proof whose address has our host as a user",
            "RFC 9110 4.2.4",
            "htu",
            "https://remit.example@other.example/mcp"),
        inClaims("a proof for no whole address", "RFC 9449 4.2", "htu", "/mcp"),
        proven(
            GROUP,
            "a proof whose address has the default port and capitals in the host",
            "RFC 3986 6.2",
            with(h -> h, c -> c.with("htu", Value.of("HTTPS://Remit.Example:443/mcp")))),
        inClaims("a proof for another token", "RFC 9449 4.3", "ath", "x"),
        lacks("ath", "RFC 9449 4.3"),
        inClaims("a proof of 61 seconds ago", "RFC 9449 11.1", "iat", now - 61),
        inClaims("a proof of 61 seconds from now", "RFC 9449 11.1", "iat", now + 61),
        lacks("iat", "RFC 9449 4.2"),
        lacks("jti", "RFC 9449 4.2"),
        inClaims("a proof with an empty name", "RFC 9449 4.2", "jti", ""),
        inClaims(
            "a proof with a name of 129 characters",
            "our rule: at most 128",
            "jti",
            "x".repeat(129)));
  }

  private static List<IdentityCase> nonces() {
    var other = new Nonces("replica-2", new SplittableRandom(1));
    return List.of(
        newNonce("a proof without a nonce", c -> c.without("nonce")),
        newNonce("a proof with a nonce that is a number", c -> c.with("nonce", Value.of(7L))),
        newNonce("a proof with a nonce that we never gave", c -> c.with("nonce", Value.of("x"))),
        newNonce(
            "a proof with a nonce of another replica",
            c -> c.with("nonce", Value.of(other.at(TestToken.NOW)))),
        new IdentityCase(
            GROUP,
            "a proof with a nonce that is too old",
            Outcome.NEW_NONCE,
            "RFC 9449 8.2",
            at(f -> {
              var old = f.proofs.nonce(f.clock.instant().minus(Nonces.LIFE).minusSeconds(20));
              return shown(
                  f,
                  Scheme.DPOP,
                  TOKEN,
                  Optional.of(KEY.signed(header(), claims(f).with("nonce", Value.of(old)))));
            })));
  }

  private static List<IdentityCase> headers() {
    var all = new ArrayList<IdentityCase>();
    all.add(inHeader("a proof of type `JWT`", "RFC 9449 4.3", "typ", "JWT"));
    all.add(inHeader("a proof of an access token's type", "RFC 8725 3.11", "typ", "at+jwt"));
    for (var alg : List.of("none", "HS256", "ES384")) {
      all.add(inHeader("a proof with `alg: " + alg + "`", "RFC 9449 4.3", "alg", alg));
    }
    all.add(
        inHeader(
            "a proof with an algorithm that is not the key's", "RFC 8725 3.1", "alg", "RS256"));
    for (var name : List.of("kid", "jku", "x5u", "x5c", "crit", "b64", "zip")) {
      all.add(
          inHeader(
              "a proof with `" + name + "` in its header",
              "our rule: no more than needed",
              name,
              "x"));
    }
    all.add(
        inHeader(
            "a proof with its private key in the header",
            "RFC 9449 4.3",
            "jwk",
            dev.remit.json.Json.parseObject(KEY.secretJwk()).without("kid")));
    all.add(
        inHeader(
            "a proof with a shared secret as its key",
            "RFC 9449 4.2",
            "jwk",
            Value.object("kty", "oct", "k", "c2VjcmV0")));
    all.add(inHeader("a proof with half a key", "RFC 7518 6.2", "jwk", KEY.jwk().without("y")));
    all.add(
        refused(
            GROUP, "a proof without a key", "RFC 9449 4.2", with(h -> h.without("jwk"), c -> c)));
    return all;
  }

  private static List<IdentityCase> bindings() {
    var all = new ArrayList<IdentityCase>();
    all.add(binding("a token with an empty binding", Value.Obj.EMPTY));
    all.add(binding("a token that is bound by a whole key", Value.object("jwk", KEY.jwk())));
    all.add(
        binding(
            "a token that is bound to a key and a certificate",
            Value.object("jkt", KEY.thumbprint(), "x5t#S256", KEY.thumbprint())));
    all.add(
        binding(
            "a token that is bound to a thumbprint that is too short",
            Value.object("jkt", "short")));
    all.add(binding("a token that is bound to a number", Value.object("jkt", 7)));
    all.add(
        proven(
            GROUP,
            "a token that Keycloak bound, which says that it was by DPoP",
            "RFC 7800 3",
            at(f -> shownBound(f, Value.object("jkt", KEY.thumbprint(), KIND, "DPoP")))));
    all.add(
        refused(
            GROUP,
            "the same, which says another way",
            "RFC 7800 3",
            at(f -> shownBound(f, Value.object("jkt", KEY.thumbprint(), KIND, "other")))));
    all.add(
        binding(
            "a token that is bound to a certificate and says that it was by DPoP",
            Value.object("x5t#S256", KEY.thumbprint(), KIND, "DPoP")));
    return all;
  }

  private static Authentication shownBound(AuthenticatorFixture fixture, Value.Obj cnf) {
    var token = TestToken.by(EC).claim("cnf", cnf).text();
    return shown(fixture, Scheme.DPOP, token, Optional.of(proof(fixture, KEY, token)));
  }

  private static IdentityCase binding(String shown, Value.Obj cnf) {
    return refused(
        GROUP,
        shown,
        "RFC 7800 3",
        at(f ->
            shown(f, Scheme.BEARER, TestToken.by(EC).claim("cnf", cnf).text(), Optional.empty())));
  }
}

package dev.remit.identity;

import static dev.remit.identity.IdentityCase.proven;
import static dev.remit.identity.IdentityCase.refused;

import dev.remit.core.identity.Authenticator.Authentication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** JWT-SVIDs, right and wrong, of a workload that the workspace lets call without a key. */
final class JwtSvidCases {

  private static final String GROUP = "JWT-SVIDs";
  private static final String OLD = "spiffe://" + SvidRig.LIVE + "/old";

  private JwtSvidCases() {}

  private static IdentityCase no(String shown, String rule, Function<SvidRig, Authentication> run) {
    return refused(GROUP, shown, rule, () -> run.apply(new SvidRig()));
  }

  private static IdentityCase token(String shown, String rule, UnaryOperator<TestToken> change) {
    return no(shown, rule, rig -> rig.token(change.apply(rig.jwt(OLD)).text()));
  }

  static List<IdentityCase> all() {
    var all = new ArrayList<IdentityCase>();
    all.add(
        proven(
            GROUP,
            "a JWT-SVID of a workload with `bearer: legacy`",
            "JWT-SVID 5",
            () -> {
              var rig = new SvidRig();
              return rig.token(rig.jwt(OLD).text());
            }));
    all.add(
        no(
            "a JWT-SVID of a workload that must hold a key",
            "our rule: no unbound bearer",
            rig -> rig.token(rig.jwt("spiffe://" + SvidRig.LIVE + "/desk").text())));
    all.addAll(headers());
    all.addAll(claims());
    all.addAll(keys());
    return all;
  }

  private static List<IdentityCase> headers() {
    return List.of(
        token("`alg: none`", "JWT-SVID 2.1", t -> t.header("alg", "none")),
        token("`alg: HS256`", "JWT-SVID 2.1", t -> t.header("alg", "HS256")),
        token("`alg: EdDSA`", "JWT-SVID 2.1", t -> t.header("alg", "EdDSA")),
        token("no `kid`", "our rule: the key is named", t -> t.noHeader("kid")),
        token("an unknown `kid`", "JWT-SVID 5", t -> t.header("kid", "other")),
        token("a `jku`", "JWT-SVID 2", t -> t.header("jku", "https://x.example/keys")),
        token("an `x5u`", "JWT-SVID 2", t -> t.header("x5u", "https://x.example/chain")),
        token("an `x5c`", "JWT-SVID 2", t -> t.header("x5c", List.of("AA"))),
        token("a critical header", "RFC 7515 4.1.11", t -> t.header("crit", List.of("exp"))),
        token("`typ: at+jwt`", "JWT-SVID 2.3", t -> t.header("typ", "at+jwt")));
  }

  private static List<IdentityCase> claims() {
    return List.of(
        token("another audience", "JWT-SVID 3.2", t -> t.claim("aud", List.of("other"))),
        token(
            "a second audience",
            "our rule: this installation alone",
            t -> t.claim("aud", List.of(SvidRig.AUDIENCE, "other"))),
        token("no audience", "JWT-SVID 3.2", t -> t.noClaim("aud")),
        token("no expiry", "JWT-SVID 3.3", t -> t.noClaim("exp")),
        token("a life of two hours", "our rule: at most an hour", t -> t.at("exp", 7200)),
        token("one that expired", "JWT-SVID 3.3", t -> t.at("iat", -3000).at("exp", -31)),
        token(
            "one from five minutes ahead, as by a clock that is off",
            "RFC 7519 4.1.6",
            t -> t.at("iat", 300).at("exp", 900)),
        token("one that is not valid yet", "RFC 7519 4.1.5", t -> t.at("nbf", 300)),
        token("a subject that is no SPIFFE ID", "JWT-SVID 3.1", t -> t.claim("sub", "old")),
        token(
            "a subject of a trust domain that is not listed",
            "JWT-SVID 5",
            t -> t.claim("sub", "spiffe://other.example/old")),
        token(
            "a subject of another listed trust domain",
            "JWT-SVID 5",
            t -> t.claim("sub", "spiffe://" + SvidRig.TRIAL + "/tester")),
        token("a claim of a key that nobody proved", "RFC 7800 3", t -> t.claim("cnf", List.of())));
  }

  private static List<IdentityCase> keys() {
    return List.of(
        no(
            "one under another key of the same kid",
            "JWT-SVID 5",
            rig -> {
              var like = rig.jwt(OLD);
              return rig.token(
                  new TestToken(TestKey.ec("live-1"), like.header(), like.claims()).text());
            }),
        no(
            "one that was good at the last call, whose key the bundle lost since",
            "Trust Domain and Bundle 4.1",
            rig -> {
              var token = rig.jwt(OLD).text();
              rig.token(token);
              rig.write(SvidRig.LIVE, rig.live.bundle(2));
              rig.passes(Duration.ofSeconds(10));
              return rig.token(token);
            }),
        no(
            "one that was good at the last call and has expired since",
            "our rule: time is asked at every call",
            rig -> {
              var token = rig.jwt(OLD).text();
              rig.token(token);
              rig.passes(Duration.ofSeconds(631));
              return rig.token(token);
            }));
  }
}

package dev.remit.identity;

import static dev.remit.identity.AssertionRig.CLIENT;
import static dev.remit.identity.AssertionRig.ENDPOINT;
import static dev.remit.identity.AssertionRig.FIRST;
import static dev.remit.identity.AssertionRig.ISSUER;
import static dev.remit.identity.AssertionRig.KEY;
import static dev.remit.identity.AssertionRig.NEXT;
import static dev.remit.identity.AssertionRig.RSA;
import static dev.remit.identity.AssertionRig.THIEF;
import static dev.remit.identity.AssertionRig.assertion;
import static dev.remit.identity.IdentityCase.proven;
import static dev.remit.identity.IdentityCase.refused;
import static dev.remit.identity.IdentityCase.unavailable;

import dev.remit.core.identity.Authenticator.Authentication;
import dev.remit.core.release.Releases;
import dev.remit.core.value.Value;
import dev.remit.identity.IdentityCase.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Agents that sign for themselves at the token endpoint, as the page tells them. */
final class AssertionCases {

  private static final String GROUP = "Client assertions (`private_key_jwt`)";
  private static final TestKey WEAK = TestKey.rsa("weak", 1024);
  private static final TestKey LAB = TestKey.ec("lab-1");

  private AssertionCases() {}

  private static Supplier<Authentication> at(Function<AssertionRig, Authentication> run) {
    return () -> run.apply(new AssertionRig());
  }

  private static Supplier<Authentication> shown(TestToken assertion) {
    return at(rig -> rig.shown(assertion.text()));
  }

  private static IdentityCase bad(String shown, String rule, TestToken assertion) {
    return refused(GROUP, shown, rule, shown(assertion));
  }

  /** At a server that knows another client. */
  private static Supplier<Authentication> known(TestToken assertion, TestKey... keys) {
    return at(rig -> {
      rig.release = () -> AssertionRig.of(AssertionRig.client(TestReleases.DESK, CLIENT, keys));
      return rig.shown(assertion.text());
    });
  }

  static List<IdentityCase> all() {
    var all = new ArrayList<IdentityCase>();
    all.addAll(good());
    all.addAll(who());
    all.addAll(keys());
    all.addAll(headers());
    all.addAll(audiences());
    all.addAll(times());
    all.addAll(once());
    all.addAll(bindings());
    return all;
  }

  private static List<IdentityCase> good() {
    return List.of(
        proven(GROUP, "an assertion of a registered client", "RFC 7523 3", shown(assertion())),
        proven(
            GROUP,
            "one for the token endpoint by its address",
            "RFC 7523 3",
            shown(assertion().claim("aud", ENDPOINT))),
        proven(
            GROUP,
            "one by the key that comes next, while both are valid",
            "our rule: rotation by overlap",
            shown(assertion(NEXT, "EdDSA"))),
        proven(GROUP, "one by a key of RSA", "RFC 7518 3.5", shown(assertion(RSA, "PS256"))),
        proven(GROUP, "one of type `JWT`", "RFC 7523 3", shown(assertion().header("typ", "JWT"))),
        proven(GROUP, "one without a type", "RFC 7523 3", shown(assertion().noHeader("typ"))),
        proven(
            GROUP,
            "one whose request names no client",
            "RFC 7521 4.2",
            at(rig ->
                rig.shown(
                    assertion().text(), Optional.empty(), Optional.of(rig.proof(KEY)), ENDPOINT))));
  }

  private static List<IdentityCase> who() {
    return List.of(
        bad("one whose issuer is another", "RFC 7523 3", assertion().claim("iss", "audit-desk")),
        bad("one whose subject is another", "RFC 7523 3", assertion().claim("sub", "audit-desk")),
        bad("one without an issuer", "RFC 7523 3", assertion().noClaim("iss")),
        bad("one without a subject", "RFC 7523 3", assertion().noClaim("sub")),
        refused(
            GROUP,
            "one of a client that is not registered",
            "our rule: exactly one",
            at(rig ->
                rig.shown(
                    assertion().claim("iss", "nobody").claim("sub", "nobody").text(),
                    Optional.of("nobody"),
                    Optional.of(rig.proof(KEY)),
                    ENDPOINT))),
        refused(
            GROUP,
            "one of a request that names another client",
            "RFC 7521 4.2",
            at(rig ->
                rig.shown(
                    assertion().text(),
                    Optional.of("audit-desk"),
                    Optional.of(rig.proof(KEY)),
                    ENDPOINT))),
        refused(
            GROUP,
            "one of a client that two agents are",
            "our rule: exactly one",
            at(rig -> {
              rig.release =
                  () ->
                      AssertionRig.of(
                          AssertionRig.client(TestReleases.DESK, CLIENT, FIRST),
                          AssertionRig.client(TestReleases.AUDIT, CLIENT, NEXT));
              return rig.shown(assertion().text());
            })),
        unavailable(
            GROUP,
            "one while no policy version can be had",
            "our rule: nothing is disproven",
            at(rig -> {
              rig.release =
                  () -> {
                    throw new Releases.PolicyUnavailableException("away");
                  };
              return rig.shown(assertion().text());
            })),
        refused(GROUP, "text that is no assertion", "RFC 7523 3", at(rig -> rig.shown("x.y"))));
  }

  private static List<IdentityCase> keys() {
    var forged = TestKey.ec("first");
    return List.of(
        bad(
            "one that another key of the same name signed",
            "RFC 7523 3",
            assertion(forged, "ES256")),
        bad(
            "one by a key of another name",
            "our rule: the key is named",
            assertion(TestKey.ec("x"), "ES256")),
        bad("one that names no key", "our rule: the key is named", assertion().noHeader("kid")),
        refused(
            GROUP,
            "one by a key whose time is over",
            "our rule: a key is valid for a time",
            at(rig -> {
              rig.clock.passes(Duration.ofHours(1));
              return rig.shown(assertion().at("iat", 3600).at("exp", 3660).text());
            })),
        refused(
            GROUP,
            "one by a key whose time has not come",
            "our rule: a key is valid for a time",
            at(rig -> {
              rig.clock.passes(Duration.ofHours(-2));
              return rig.shown(assertion(NEXT, "EdDSA").at("iat", -7200).at("exp", -7140).text());
            })),
        refused(
            GROUP,
            "one by a key that another client has",
            "RFC 7523 3",
            at(rig -> {
              rig.release =
                  () ->
                      AssertionRig.of(
                          AssertionRig.client(TestReleases.DESK, CLIENT, NEXT),
                          AssertionRig.client(TestReleases.AUDIT, "audit-desk", FIRST));
              return rig.shown(assertion().text());
            })),
        refused(
            GROUP,
            "one by a key of RSA with 1024 bits",
            "RFC 7518 3.3",
            known(assertion(WEAK, "RS256"), WEAK)),
        refused(
            GROUP,
            "one by a key of a lab",
            "our rule: not outside of it",
            known(assertion(LAB, "ES256"), LAB)),
        refused(
            GROUP,
            "one by a key that is for encryption",
            "RFC 7517 4.2",
            known(assertion(), FIRST.with("use", "enc"))));
  }

  private static List<IdentityCase> headers() {
    return List.of(
        bad("one with `alg: none`", "RFC 8725 3.1", assertion().header("alg", "none")),
        bad("one with `alg: HS256`", "RFC 8725 3.1", assertion().header("alg", "HS256")),
        bad("one with `alg: ES384`", "RFC 8725 3.1", assertion().header("alg", "ES384")),
        bad(
            "one with an algorithm that is not the key's",
            "RFC 8725 3.1",
            assertion(FIRST, "RS256")),
        bad(
            "one with its key in the header",
            "RFC 8725 3.10",
            assertion().header("jwk", FIRST.jwk())),
        bad("one with `jku` in its header", "RFC 8725 3.10", assertion().header("jku", ISSUER)),
        bad("one with `x5u` in its header", "RFC 8725 3.10", assertion().header("x5u", ISSUER)),
        bad(
            "one with `x5c` in its header",
            "RFC 8725 3.10",
            assertion().header("x5c", List.of("x"))),
        bad(
            "one with `crit` in its header",
            "RFC 7515 4.1.11",
            assertion().header("crit", List.of("exp"))),
        bad(
            "one whose `kid` is a path",
            "our rule: exactly one",
            assertion().header("kid", "../first")),
        bad("an access token's type", "RFC 8725 3.11", assertion().header("typ", "at+jwt")),
        bad(
            "the type of a proof of possession",
            "RFC 8725 3.11",
            assertion().header("typ", "dpop+jwt")),
        bad("a type that is a number", "RFC 7515 4.1.9", assertion().header("typ", 1)),
        refused(
            GROUP,
            "one that names a claim twice",
            "RFC 7519 4",
            at(rig ->
                rig.shown(
                    assertion()
                        .text(claims -> claims.replaceFirst("\\{", "{\"iss\":\"audit-desk\","))))));
  }

  private static List<IdentityCase> audiences() {
    return List.of(
        bad(
            "one for another server",
            "RFC 7523 3",
            assertion().claim("aud", "https://other.example")),
        bad(
            "one for this server's `/mcp`",
            "our rule: the token endpoint",
            assertion().claim("aud", ISSUER + "/mcp")),
        bad(
            "one for this server with a slash more",
            "RFC 7519 2",
            assertion().claim("aud", ISSUER + "/")),
        bad(
            "one for a list with this server in it",
            "our rule: one text",
            assertion().claim("aud", List.of(ISSUER))),
        bad("one without an audience", "RFC 7523 3", assertion().noClaim("aud")),
        refused(
            GROUP,
            "one at another address than the token endpoint",
            "our rule: the token endpoint",
            at(rig ->
                rig.shown(
                    assertion().text(),
                    Optional.of(CLIENT),
                    Optional.of(rig.proof(KEY)),
                    ISSUER + "/mcp"))));
  }

  private static List<IdentityCase> times() {
    return List.of(
        bad("one that has expired", "RFC 7523 3", assertion().at("iat", -100).at("exp", -30)),
        bad("one without `exp`", "RFC 7523 3", assertion().noClaim("exp")),
        bad("one whose `exp` is text", "RFC 7519 2", assertion().claim("exp", "soon")),
        bad(
            "one that lives five minutes and a second",
            "our rule: five minutes",
            assertion().at("exp", 301)),
        bad(
            "one without `iat` that ends in six minutes",
            "our rule: five minutes",
            assertion().noClaim("iat").at("exp", 360)),
        bad(
            "one of 31 seconds from now",
            "RFC 7519 4.1.6",
            assertion().at("iat", 31).at("exp", 90)),
        bad("one that is not valid yet", "RFC 7519 4.1.5", assertion().at("nbf", 31)));
  }

  private static List<IdentityCase> once() {
    return List.of(
        bad("one without a name", "our rule: once", assertion().noClaim("jti")),
        bad("one with an empty name", "our rule: once", assertion().claim("jti", "")),
        bad(
            "one with a name of 129 characters",
            "our rule: at most 128",
            assertion().claim("jti", "x".repeat(129))),
        refused(
            GROUP,
            "one that came before",
            "RFC 7523 3",
            at(rig -> {
              rig.shown(assertion().text());
              return rig.shown(assertion().text());
            })),
        refused(
            GROUP,
            "the name of one that came before, signed anew",
            "RFC 7523 3",
            at(rig -> {
              rig.shown(assertion().text());
              return rig.shown(assertion(NEXT, "EdDSA").at("exp", 120).text());
            })),
        new IdentityCase(
            GROUP,
            "one with a proof that lacks the nonce",
            Outcome.NEW_NONCE,
            "RFC 9449 8",
            at(rig -> withoutNonce(rig))),
        proven(
            GROUP,
            "the same once more, with the nonce",
            "our rule: what gave nothing is not spent",
            at(rig -> {
              withoutNonce(rig);
              return rig.shown(assertion().text());
            })));
  }

  private static Authentication withoutNonce(AssertionRig rig) {
    var proof = KEY.proof("POST", ENDPOINT, Optional.empty(), Optional.empty(), rig.now());
    return rig.shown(assertion().text(), Optional.of(CLIENT), Optional.of(proof), ENDPOINT);
  }

  private static List<IdentityCase> bindings() {
    var bound = assertion().claim("cnf", Value.object("jkt", KEY.thumbprint()));
    return List.of(
        proven(GROUP, "one that is bound to the proof's key", "RFC 7800 3", shown(bound)),
        refused(
            GROUP,
            "a stolen one that is bound, with a proof of the thief's key",
            "RFC 7800 3",
            at(rig ->
                rig.shown(
                    bound.text(), Optional.of(CLIENT), Optional.of(rig.proof(THIEF)), ENDPOINT))),
        refused(
            GROUP,
            "one without a proof of a key",
            "our rule: no token is unbound",
            at(rig ->
                rig.shown(assertion().text(), Optional.of(CLIENT), Optional.empty(), ENDPOINT))),
        bad("one that is bound to a number", "RFC 7800 3", assertion().claim("cnf", 1)));
  }
}

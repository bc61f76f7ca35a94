package dev.remit.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.identity.Authenticator.Authenticated;
import dev.remit.core.identity.Authenticator.Authentication;
import dev.remit.core.identity.Authenticator.NonceNeeded;
import dev.remit.core.identity.Authenticator.Refused;
import dev.remit.core.identity.Presented;
import dev.remit.core.identity.Presented.Credential;
import dev.remit.core.identity.Presented.Scheme;
import dev.remit.core.value.Value;
import dev.remit.identity.binding.DpopKey;
import dev.remit.identity.binding.Nonces;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A token that is bound to a key is worth nothing without it (RFC 9449, sections 4.3 and 7). */
class BoundTokenTest {

  private static final TestKey EC = TestKey.ec("ec-1");
  private static final String URI = "https://remit.example/mcp";
  private static final DpopKey KEY = DpopKey.generate(new SplittableRandom(1));
  private static final DpopKey THIEF = DpopKey.generate(new SplittableRandom(2));

  private final AuthenticatorFixture fixture = new AuthenticatorFixture(EC);

  @AfterEach
  void stop() {
    fixture.close();
  }

  /** One token: another signature would make it another. */
  private static final String TOKEN =
      TestToken.by(EC).claim("cnf", Value.object("jkt", KEY.thumbprint())).text();

  private static String token() {
    return TOKEN;
  }

  private Authentication shown(String token, String proof) {
    return shown(Scheme.DPOP, token, Optional.of(proof));
  }

  private Authentication shown(Scheme scheme, String token, Optional<String> proof) {
    return fixture.authenticate(
        new Presented(Optional.of(new Credential(scheme, token)), proof, "POST", URI, List.of()));
  }

  private String nonce() {
    return fixture.proofs.nonce(fixture.clock.instant());
  }

  private String proof(DpopKey key) {
    return key.proof(
        "POST", URI, Optional.of(token()), Optional.of(nonce()), fixture.clock.instant());
  }

  private Value.Obj header() {
    return Value.object("typ", "dpop+jwt", "alg", "ES256", "jwk", KEY.jwk());
  }

  private Value.Obj claims(String id) {
    return Value.object(
        "jti",
        id,
        "htm",
        "POST",
        "htu",
        URI,
        "iat",
        fixture.clock.instant().getEpochSecond(),
        "ath",
        TestToken.base64(dev.remit.core.call.Sha256.raw(TestToken.bytes(token()))),
        "nonce",
        nonce());
  }

  private Authentication with(UnaryOperator<Value.Obj> header, UnaryOperator<Value.Obj> claims) {
    return shown(token(), KEY.signed(header.apply(header()), claims.apply(claims("1"))));
  }

  private static void assertRefused(Authentication told, String words) {
    assertThat(told).isInstanceOf(Refused.class);
    assertThat(((Refused) told).detail()).contains(words);
  }

  @Test
  void theHolderOfTheKeyIsAnInstanceOfItsOwn() {
    var told = (Authenticated) shown(token(), proof(KEY));
    assertThat(told.caller().isBound()).isTrue();
    assertThat(told.caller().instance().value()).isEqualTo("jkt:" + KEY.thumbprint());
  }

  @Test
  void aStolenTokenWithoutItsKeyIsRefused() {
    assertRefused(shown(token(), proof(THIEF)), "of another key");
    assertRefused(shown(Scheme.BEARER, token(), Optional.empty()), "came without proof");
    assertRefused(shown(Scheme.DPOP, token(), Optional.empty()), "came without proof");
    assertRefused(shown(Scheme.BEARER, token(), Optional.of(proof(KEY))), "came without proof");
  }

  @Test
  void aThiefWhoPutsTheOwnersKeyInTheHeaderCannotSign() {
    var forged = THIEF.signed(header(), claims("1"));
    assertRefused(shown(token(), forged), "signature is wrong");
  }

  @Test
  void aProofComesOnce() {
    String proof = proof(KEY);
    assertThat(shown(token(), proof)).isInstanceOf(Authenticated.class);
    assertRefused(shown(token(), proof), "came before");
    assertThat(shown(token(), proof(KEY))).isInstanceOf(Authenticated.class);
  }

  @Test
  void anotherSignatureOverTheSameNameIsTheSameProof() {
    assertThat(shown(token(), KEY.signed(header(), claims("x")))).isInstanceOf(Authenticated.class);
    assertRefused(shown(token(), KEY.signed(header(), claims("x"))), "came before");
  }

  @Test
  void aProofIsForOneMethodAndOneAddress() {
    assertRefused(with(h -> h, c -> c.with("htm", Value.of("GET"))), "another method");
    assertRefused(with(h -> h, c -> c.with("htm", Value.of("post"))), "another method");
    assertRefused(with(h -> h, c -> c.without("htm")), "another method");
    assertRefused(with(h -> h, c -> c.without("htu")), "another address");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://remit.example/v1/tasks",
        "https://remit.example/mcp/",
        "http://remit.example/mcp",
        "https://other.example/mcp",
        "https://remit.example:8443/mcp",
        "https://user@remit.example/mcp",
        "https://remit.example@other.example/mcp",
        "https://remit.example/MCP",
        "/mcp",
        "mcp",
        "",
        "https://remit.example/mcp%2f",
        "https://remit.example\\mcp",
        "https:///mcp"
      })
  void aProofForAnotherAddressIsRefused(String htu) {
    assertRefused(with(h -> h, c -> c.with("htu", Value.of(htu))), "another address");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTPS://Remit.Example/mcp",
        "https://remit.example:443/mcp",
        "https://remit.example/%6dcp",
        "https://remit.example/x/../mcp",
        "https://remit.example/mcp?a=b",
        "https://remit.example/mcp#x"
      })
  void theSameAddressMayBeSpeltAnotherWay(String htu) {
    assertThat(with(h -> h, c -> c.with("htu", Value.of(htu)))).isInstanceOf(Authenticated.class);
  }

  @Test
  void aProofIsForOneToken() {
    assertRefused(with(h -> h, c -> c.with("ath", Value.of("x"))), "not for this token");
    assertRefused(with(h -> h, c -> c.without("ath")), "not for this token");
    var other = TestToken.by(EC).claim("jti", "2").text();
    var made =
        KEY.proof("POST", URI, Optional.of(other), Optional.of(nonce()), fixture.clock.instant());
    assertRefused(shown(token(), made), "not for this token");
  }

  @Test
  void aProofWithoutOurNonceIsToldOne() {
    var now = fixture.clock.instant();
    var elsewhere = new Nonces("replica-2", new SplittableRandom(1)).at(now);
    var earlier = new Nonces("replica-1", new SplittableRandom(9)).at(now);
    var old = fixture.proofs.nonce(now.minus(Nonces.LIFE).minusSeconds(20));
    var future = fixture.proofs.nonce(now.plusSeconds(60));
    for (var nonce :
        List.of(elsewhere, earlier, old, future, "", "x", "a.b", "replica-1.zzzzzzzzzzzzzzz.x")) {
      assertThat(with(h -> h, c -> c.with("nonce", Value.of(nonce))))
          .as(nonce)
          .isEqualTo(new NonceNeeded(nonce()));
    }
    assertThat(with(h -> h, c -> c.without("nonce"))).isEqualTo(new NonceNeeded(nonce()));
    assertThat(with(h -> h, c -> c.with("nonce", Value.of(7L))))
        .isEqualTo(new NonceNeeded(nonce()));
  }

  @Test
  void aProofIsOfNow() {
    long now = fixture.clock.instant().getEpochSecond();
    for (long off : List.of(-61L, 61L, -300L, 300L, 86_400L)) {
      assertRefused(with(h -> h, c -> c.with("iat", Value.of(now + off))), "not the time");
    }
    assertRefused(with(h -> h, c -> c.without("iat")), "not the time");
    assertRefused(with(h -> h, c -> c.with("iat", Value.of("now"))), "not the time");
    assertThat(with(h -> h, c -> c.with("iat", Value.of(now - 59))))
        .isInstanceOf(Authenticated.class);
  }

  @Test
  void aProofHasANameOfModestLength() {
    assertRefused(with(h -> h, c -> c.without("jti")), "no usable `jti`");
    assertRefused(with(h -> h, c -> c.with("jti", Value.of(""))), "no usable `jti`");
    assertRefused(with(h -> h, c -> c.with("jti", Value.of("x".repeat(129)))), "no usable `jti`");
  }

  @Test
  void aTokenIsNoProofAndAProofNoToken() {
    assertRefused(with(h -> h.with("typ", Value.of("JWT")), c -> c), "type");
    assertRefused(with(h -> h.with("typ", Value.of("at+jwt")), c -> c), "type");
    assertRefused(with(h -> h.without("typ"), c -> c), "type");
    assertThat(shown(proof(KEY), proof(KEY))).isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "HS256", "ES384", "RS1", ""})
  void anAlgorithmThatIsNotOursIsRefused(String alg) {
    assertRefused(with(h -> h.with("alg", Value.of(alg)), c -> c), "algorithm");
  }

  @ParameterizedTest
  @ValueSource(strings = {"EdDSA", "RS256", "PS256"})
  void anAlgorithmThatIsNotTheKeysIsRefused(String alg) {
    assertRefused(with(h -> h.with("alg", Value.of(alg)), c -> c), "not for its algorithm");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kid", "jku", "x5u", "x5c", "crit", "b64", "zip"})
  void aHeaderThatBringsMoreIsRefused(String name) {
    assertRefused(with(h -> h.with(name, Value.of("x")), c -> c), "its header has `" + name + "`");
  }

  @Test
  void aPrivateKeyInTheHeaderIsRefused() {
    var secret = dev.remit.json.Json.parseObject(KEY.secretJwk()).without("kid");
    assertRefused(with(h -> h.with("jwk", secret), c -> c), "the proof's key has `d`");
  }

  @Test
  void aSymmetricKeyInTheHeaderIsRefused() {
    var shared = Value.object("kty", "oct", "k", "c2VjcmV0");
    assertRefused(with(h -> h.with("jwk", shared), c -> c), "of a kind that is not used here");
  }

  @Test
  void aHeaderWithoutAKeyIsRefused() {
    assertRefused(with(h -> h.without("jwk"), c -> c), "no key");
    assertRefused(with(h -> h.with("jwk", Value.of("x")), c -> c), "no key");
    assertRefused(with(h -> h.with("jwk", KEY.jwk().without("y")), c -> c), "lacks `y`");
  }

  @Test
  void aPointOffTheCurveOrOnAnotherIsNoKey() {
    for (var jwk :
        List.of(
            KEY.jwk().with("y", KEY.jwk().get("x").orElseThrow()),
            KEY.jwk().with("crv", Value.of("secp256k1")),
            KEY.jwk().with("crv", Value.of("P-192")))) {
      assertThat(bindingItself(jwk)).isInstanceOf(Refused.class);
    }
  }

  @Test
  void aShortRsaKeyIsNoKey() {
    var weak = TestKey.rsa("x", 1024).jwk().without("kid");
    assertThat(bindingItself(weak)).isInstanceOf(Refused.class);
  }

  /** A token that is bound to exactly this key, so that only the key itself can be wrong. */
  private Authentication bindingItself(Value.Obj jwk) {
    try {
      var sorted = new java.util.TreeMap<String, String>();
      jwk.members().keySet().forEach(name -> sorted.put(name, jwk.text(name).orElse("")));
      var thumbprint =
          com.nimbusds.jose.jwk.ThumbprintUtils.compute(
                  "SHA-256", new java.util.LinkedHashMap<>(sorted))
              .toString();
      var token = TestToken.by(EC).claim("cnf", Value.object("jkt", thumbprint)).text();
      var ath = TestToken.base64(dev.remit.core.call.Sha256.raw(TestToken.bytes(token)));
      var alg = jwk.text("kty").orElse("").equals("RSA") ? "RS256" : "ES256";
      return shown(
          token,
          KEY.signed(
              Value.object("typ", "dpop+jwt", "alg", alg, "jwk", jwk),
              claims("1").with("ath", Value.of(ath))));
    } catch (com.nimbusds.jose.JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anUnboundTokenIsNotBoundByAnybodysProof() {
    var unbound = TestToken.by(EC).text();
    var proof =
        THIEF.proof(
            "POST", URI, Optional.of(unbound), Optional.of(nonce()), fixture.clock.instant());
    assertRefused(shown(unbound, proof), "bound to no key");
  }

  @Test
  void aBindingThatIsNotKnownIsNotTakenForNone() {
    for (var cnf :
        List.of(
            Value.Obj.EMPTY,
            Value.object("jwk", KEY.jwk()),
            Value.object("jkt", KEY.thumbprint(), "x5t#S256", KEY.thumbprint()),
            Value.object("jkt", "short"),
            Value.object("jkt", 7))) {
      var token = TestToken.by(EC).claim("cnf", cnf).text();
      assertRefused(shown(Scheme.BEARER, token, Optional.empty()), "not known here");
    }
    assertRefused(
        shown(Scheme.BEARER, TestToken.by(EC).claim("cnf", "x").text(), Optional.empty()),
        "not known here");
  }

  @Test
  void anExpiredTokenIsExpiredWhateverItsProof() {
    String token = token();
    fixture.clock.passes(Duration.ofMinutes(11));
    var proof =
        KEY.proof("POST", URI, Optional.of(token), Optional.of(nonce()), fixture.clock.instant());
    assertThat(shown(token, proof)).isEqualTo(new Refused("the token has expired"));
  }
}

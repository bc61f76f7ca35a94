package dev.remit.identity;

import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens that prove nobody, each wrong in one way and right in all others. */
final class HostileTokens {

  private static final TestKey EC = TestKey.ec("ec");
  private static final TestKey RSA = TestKey.rsa("rsa", 2048);
  private static final TestKey WEAK = TestKey.rsa("weak", 1024);
  private static final TestKey ED = TestKey.ed25519("ed");
  private static final TestKey STRANGER = TestKey.ec("ec");
  private static final TestKey FOR_ENCRYPTION = TestKey.ec("enc").with("use", "enc");
  private static final TestKey FOR_PS256 = TestKey.rsa("ps", 2048).with("alg", "PS256");
  private static final TestKey TWIN = TestKey.ec("twin");
  private static final TestKey OTHER_TWIN = TestKey.ec("twin");
  private static final TestKey CANNOT_VERIFY =
      TestKey.ec("ops").with("key_ops", List.of("encrypt"));

  /** What the issuer publishes. */
  static final TestKey[] KEYS = {
    EC, RSA, WEAK, ED, FOR_ENCRYPTION, FOR_PS256, TWIN, OTHER_TWIN, CANNOT_VERIFY
  };

  private static final String TYPE = "the token's type is not that of an access token";
  private static final String ALGORITHM = "the token's algorithm is not the issuer's";
  private static final String SIGNATURE = "the token's signature is wrong";
  private static final String UNFIT =
      "the key is too weak, of a lab, or not for this algorithm or use";
  private static final String AUDIENCE = "the token is not for this audience alone";
  private static final String SUBJECT = "the token has no usable subject";
  private static final String LIFE = "the token's life is longer than the issuer's may be";
  private static final String KID = "the token's header has no usable kid";
  private static final String ISSUER = "the token's issuer is not trusted";

  private static final String TOKEN = good().text();
  private static final List<String> PARTS = List.of(TOKEN.split("\\.", -1));

  /** A token, and what the log says of it. */
  record Case(String name, String token, String detail) {
    @Override
    public String toString() {
      return name;
    }
  }

  static TestToken good() {
    return TestToken.by(EC);
  }

  private static Stream<Case> algorithms() {
    return Stream.of(
        new Case("none without signature", unsigned("none"), ALGORITHM),
        new Case("None in capitals", unsigned("nOnE"), ALGORITHM),
        new Case(
            "no algorithm", good().raw("{\"typ\":\"at+jwt\",\"kid\":\"ec\"}", claims()), ALGORITHM),
        new Case("algorithm is a number", good().header("alg", 7).text(), ALGORITHM),
        new Case(
            "HMAC with the public JWK",
            hmac(EC, Json.text(EC.jwk()).getBytes(StandardCharsets.UTF_8)),
            ALGORITHM),
        new Case(
            "HMAC with the public key's bytes",
            hmac(RSA, RSA.pair().getPublic().getEncoded()),
            ALGORITHM),
        new Case("ES384", good().header("alg", "ES384").text(), ALGORITHM),
        new Case("ES256K", good().header("alg", "ES256K").text(), ALGORITHM),
        new Case("RS512", TestToken.by(RSA, "RS512").text(), ALGORITHM),
        new Case(
            "RS256 with an EC key", TestToken.by(RSA, "RS256").header("kid", "ec").text(), UNFIT),
        new Case("ES256 with an RSA key", good().header("kid", "rsa").text(), UNFIT),
        new Case(
            "EdDSA with an EC key", TestToken.by(ED, "EdDSA").header("kid", "ec").text(), UNFIT),
        new Case("RS256 with a key for PS256", TestToken.by(FOR_PS256, "RS256").text(), UNFIT),
        new Case("RSA of 1024 bits", TestToken.by(WEAK, "RS256").text(), UNFIT),
        new Case("a key for encryption", TestToken.by(FOR_ENCRYPTION).text(), UNFIT),
        new Case("a key that may not verify", TestToken.by(CANNOT_VERIFY).text(), UNFIT));
  }

  private static Stream<Case> keyNames() {
    return Stream.of(
        new Case(
            "a kid of two keys",
            TestToken.by(TWIN).text(),
            "the issuer has several keys of this kid"),
        new Case(
            "an unknown kid",
            good().header("kid", "other").text(),
            "the issuer has no key of this kid"),
        new Case("no kid", good().noHeader("kid").text(), KID),
        new Case("an empty kid", good().header("kid", "").text(), KID),
        new Case("a kid that is a number", good().header("kid", 1).text(), KID),
        new Case(
            "a kid that is a path",
            good().header("kid", "../../dev/null").text(),
            "the issuer has no key of this kid"),
        new Case("a very long kid", good().header("kid", "k".repeat(300)).text(), KID));
  }

  private static Stream<Case> headerMembers() {
    return Stream.of(
        new Case("no type", good().noHeader("typ").text(), TYPE),
        new Case("a plain JWT", good().header("typ", "JWT").text(), TYPE),
        new Case("an identity token's type", good().header("typ", "id+jwt").text(), TYPE),
        new Case("a DPoP proof", good().header("typ", "dpop+jwt").text(), TYPE),
        new Case(
            "an unknown critical header",
            good().header("crit", List.of("x")).header("x", 1).text(),
            "the token's header has `crit`"),
        new Case(
            "unencoded payload",
            good().header("crit", List.of("b64")).header("b64", false).text(),
            "the token's header has `crit`"),
        new Case(
            "a key address",
            good().header("jku", "https://a.example/jwks").text(),
            "the token's header has `jku`"),
        new Case(
            "a certificate address",
            good().header("x5u", "https://a.example").text(),
            "the token's header has `x5u`"),
        new Case(
            "its own key",
            TestToken.by(STRANGER).header("jwk", STRANGER.jwk()).text(),
            "the token's header has `jwk`"),
        new Case(
            "its own certificate",
            good().header("x5c", List.of("AA")).text(),
            "the token's header has `x5c`"),
        new Case("compressed", good().header("zip", "DEF").text(), "the token's header has `zip`"));
  }

  private static Stream<Case> parties() {
    return Stream.of(
        new Case("another audience", good().claim("aud", "https://other.example").text(), AUDIENCE),
        new Case(
            "several audiences",
            good().claim("aud", List.of(TestToken.AUDIENCE, "https://other.example")).text(),
            AUDIENCE),
        new Case(
            "our audience twice",
            good().claim("aud", List.of(TestToken.AUDIENCE, TestToken.AUDIENCE)).text(),
            AUDIENCE),
        new Case("no audience", good().noClaim("aud").text(), AUDIENCE),
        new Case("an empty list of audiences", good().claim("aud", List.of()).text(), AUDIENCE),
        new Case(
            "an audience that starts like ours",
            good().claim("aud", TestToken.AUDIENCE + "/x").text(),
            AUDIENCE),
        new Case("a foreign issuer", good().claim("iss", "https://other.example").text(), ISSUER),
        new Case(
            "an issuer with a slash more",
            good().claim("iss", TestToken.ISSUER + "/").text(),
            ISSUER),
        new Case("several issuers", good().claim("iss", List.of(TestToken.ISSUER)).text(), ISSUER),
        new Case("no issuer", good().noClaim("iss").text(), ISSUER),
        new Case("no subject", good().noClaim("sub").text(), SUBJECT),
        new Case("a subject that is a number", good().claim("sub", 7).text(), SUBJECT),
        new Case("a blank subject", good().claim("sub", " ").text(), SUBJECT),
        new Case(
            "a subject with a line break",
            good().claim("sub", TestToken.SUBJECT + "\n").text(),
            SUBJECT),
        new Case("a very long subject", good().claim("sub", "s".repeat(256)).text(), SUBJECT),
        new Case(
            "an unknown subject",
            good().claim("sub", "nobody").text(),
            "the token's subject is not registered"));
  }

  private static Stream<Case> times() {
    return Stream.of(
        new Case("expired", good().at("iat", -700).at("exp", -31).text(), "the token has expired"),
        new Case(
            "expired at the last moment of the skew",
            good().at("iat", -700).at("exp", -30).text(),
            "the token has expired"),
        new Case("not valid yet", good().at("nbf", 31).text(), "the token is not valid yet"),
        new Case(
            "issued in the far future",
            good().at("iat", 9_000).at("exp", 9_600).text(),
            "the token was issued in the future"),
        new Case("a life of more than an hour", good().at("exp", 3_601).text(), LIFE),
        new Case("a life without end", good().claim("exp", Value.MAX_SAFE_INTEGER).text(), LIFE),
        new Case("a life of no length", good().at("exp", 0).text(), LIFE),
        new Case("no expiry", good().noClaim("exp").text(), "the token has no `exp`"),
        new Case("no time of issue", good().noClaim("iat").text(), "the token has no `iat`"),
        new Case(
            "an expiry in words",
            good().claim("exp", "2099").text(),
            "the token's `exp` is not whole seconds"),
        new Case(
            "an expiry that is null",
            good().claim("exp", Value.Null.NULL).text(),
            "the token's `exp` is not whole seconds"),
        new Case(
            "a fraction of a second",
            good().claim("nbf", 1.5).text(),
            "the token's `nbf` is not whole seconds"),
        new Case(
            "bound in no known way",
            good().claim("cnf", Value.object("jkt", "x")).text(),
            "the token is bound in a way that is not known here"));
  }

  private static Stream<Case> signatures() {
    return Stream.of(
        new Case("signed by a stranger's key", TestToken.by(STRANGER).text(), SIGNATURE),
        new Case("no signature", PARTS.get(0) + "." + PARTS.get(1) + ".", SIGNATURE),
        new Case("a signature of zeroes", good().signedAs(new byte[64]), SIGNATURE),
        new Case("a short signature", good().signedAs(new byte[7]), SIGNATURE),
        new Case(
            "another token's signature",
            PARTS.get(0)
                + "."
                + PARTS.get(1)
                + "."
                + good().claim("jti", "2").text().split("\\.", -1)[2],
            SIGNATURE),
        new Case(
            "claims of another token",
            PARTS.get(0)
                + "."
                + TestToken.base64(Json.text(good().claim("jti", "2").claims()))
                + "."
                + PARTS.get(2),
            SIGNATURE));
  }

  private static Stream<Case> forms() {
    return Stream.of(
        new Case(
            "duplicate claims",
            good().text(c -> c.replace("{", "{\"sub\":\"dispatcher-1\",")),
            "the token's payload: duplicate name `sub` in one object"),
        new Case(
            "duplicate headers",
            good()
                .raw(
                    "{\"alg\":\"none\",\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"ec\"}",
                    claims()),
            "the token's header: duplicate name `alg` in one object"),
        new Case(
            "claims that are an array",
            good().text(c -> "[" + c + "]"),
            "the token's payload: the JSON text must be an object"),
        new Case(
            "claims with trailing text",
            good().text(c -> c + "{}"),
            "the token's payload: there is something after the end of the JSON text"),
        new Case(
            "claims that nest deep",
            good().text(c -> "[".repeat(2_000)),
            "the token's payload: the JSON text is nested too deep or has too long a token"),
        new Case(
            "a huge token",
            good().claim("x", "x".repeat(9_000)).text(),
            "the token is longer than 8192 bytes"),
        new Case("an empty token", "", "the token does not have three parts"),
        new Case(
            "two parts", PARTS.get(0) + "." + PARTS.get(1), "the token does not have three parts"),
        new Case("five parts", TOKEN + ".x.y", "the token does not have three parts"),
        new Case(
            "padding",
            PARTS.get(0) + "." + PARTS.get(1) + "." + PARTS.get(2) + "==",
            "the token's signature is not in its one spelling"),
        new Case(
            "stray bits",
            TOKEN.substring(0, TOKEN.length() - 1) + stray(TOKEN),
            "the token's signature is not in its one spelling"),
        new Case(
            "other characters",
            PARTS.get(0) + "." + PARTS.get(1) + ".+/+/",
            "the token's signature is not base64url"),
        new Case("a line break", TOKEN + "\n", "the token's signature is not base64url"),
        new Case(
            "no JSON at all",
            "e30x.e30x.AA",
            "the token's header: there is something after the end of the JSON text"));
  }

  private HostileTokens() {}

  /** All of them. */
  static Stream<Case> all() {
    return Stream.of(
            algorithms(), keyNames(), headerMembers(), parties(), times(), signatures(), forms())
        .flatMap(cases -> cases);
  }

  private static String claims() {
    return Json.text(good().claims());
  }

  private static String unsigned(String alg) {
    var header = Value.object("alg", alg, "typ", "at+jwt", "kid", "ec");
    return TestToken.base64(Json.text(header)) + "." + TestToken.base64(claims()) + ".";
  }

  private static String hmac(TestKey key, byte[] secret) {
    var header =
        Value.object("alg", "HS256", "typ", "at+jwt", "kid", key.jwk().text("kid").orElseThrow());
    String signed = TestToken.base64(Json.text(header)) + "." + TestToken.base64(claims());
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      byte[] bytes = mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + TestToken.base64(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A last character that decodes to the same bytes: 64 bytes leave four bits unused. */
  private static char stray(String token) {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    return alphabet.charAt(alphabet.indexOf(token.charAt(token.length() - 1)) + 1);
  }
}

package dev.remit.identity;

import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.function.UnaryOperator;

/** A token under construction: right in everything until something is changed. */
record TestToken(TestKey key, Value.Obj header, Value.Obj claims) {

  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final String ISSUER = "https://issuer.example";
  static final String AUDIENCE = "https://remit.example/mcp";
  static final String SUBJECT = "service-desk-harbor";

  static TestToken by(TestKey key) {
    return by(key, "ES256");
  }

  static TestToken by(TestKey key, String alg) {
    var header =
        Value.object("alg", alg, "typ", "at+jwt", "kid", key.jwk().text("kid").orElseThrow());
    var claims =
        Value.object(
            "iss",
            ISSUER,
            "sub",
            SUBJECT,
            "aud",
            AUDIENCE,
            "iat",
            NOW.getEpochSecond(),
            "exp",
            NOW.getEpochSecond() + 600,
            "jti",
            "1");
    return new TestToken(key, header, claims);
  }

  TestToken header(String name, Object value) {
    return new TestToken(key, header.with(name, literal(value)), claims);
  }

  TestToken claim(String name, Object value) {
    return new TestToken(key, header, claims.with(name, literal(value)));
  }

  TestToken noHeader(String name) {
    return new TestToken(key, header.without(name), claims);
  }

  TestToken noClaim(String name) {
    return new TestToken(key, header, claims.without(name));
  }

  /** A time claim, so many seconds from now. */
  TestToken at(String name, long seconds) {
    return claim(name, NOW.getEpochSecond() + seconds);
  }

  String text() {
    return text(UnaryOperator.identity());
  }

  /** Signed over claims whose JSON text was changed. */
  String text(UnaryOperator<String> claimsText) {
    return raw(Json.text(header), claimsText.apply(Json.text(claims)));
  }

  String raw(String headerText, String claimsText) {
    String signed = base64(headerText) + "." + base64(claimsText);
    byte[] signature =
        key.sign(header.text("alg").orElse(""), signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + base64(signature);
  }

  /** The same text under another signature. */
  String signedAs(byte[] signature) {
    String text = text();
    return text.substring(0, text.lastIndexOf('.') + 1) + base64(signature);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static Value literal(Object value) {
    return Value.object("x", value).get("x").orElseThrow();
  }
}

package dev.remit.workspace;

import dev.remit.core.identity.ClientKey;
import dev.remit.core.identity.WorkloadProof.Match;
import dev.remit.core.identity.WorkloadProof.OfKeys;
import dev.remit.core.value.Value;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;

/**
 * {@code client} and {@code keys} of an identity: an agent that signs for itself (RFC 7523), and
 * the public halves of the keys that it may do so with, each for a time.
 */
final class ClientKeys {
  private static final Form CLIENT =
      Form.matching("a client's id", "x", "[A-Za-z0-9][A-Za-z0-9._:@/-]{0,127}");
  private static final Form KID =
      Form.matching("a key's id in quotes", "x", "[A-Za-z0-9][A-Za-z0-9._:=-]{0,127}");
  private static final Form MOMENT =
      new Form(
          "an instant such as 2026-03-01T00:00:00Z", "1970-01-01T00:00:00Z", ClientKeys::isMoment);
  private static final Form KIND = Form.oneOf("EC", "OKP", "RSA");
  private static final Form EXPONENT = Form.oneOf("AQAB");
  private static final Form SIGNING = Form.oneOf("sig");
  private static final Form ALGORITHM = Form.oneOf("ES256", "EdDSA", "Ed25519", "PS256", "RS256");
  private static final Form COORDINATE = bytes("32 bytes in base64url", 32, 32);
  private static final Form MODULUS = bytes("2,048 to 8,192 bits in base64url", 256, 1_024);
  private static final List<String> PRIVATE = List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");
  private static final Duration YEAR = ClientKey.LONGEST;

  private ClientKeys() {}

  static Match read(Section one) {
    for (var other : List.of("issuer", "subject", "claims", "spiffe", "bearer")) {
      if (one.has(other)) {
        one.problem(other, "an identity has either `client` or `" + other + "`; remove one");
        one.any(other);
      }
    }
    var client = one.text("client", CLIENT);
    if (!one.has("keys")) {
      one.problem(
          one.origin(), "`keys` is missing; add the public keys that the client signs with");
    }
    var keys = new ArrayList<ClientKey>();
    var kids = new HashSet<String>();
    for (var entry : one.optionalSections("keys")) {
      var key = key(entry);
      if (kids.add(key.kid())) {
        keys.add(key);
      } else {
        entry.problem("jwk", "the client has a key `" + key.kid() + "` already; name it otherwise");
      }
    }
    return new OfKeys(client, keys.isEmpty() ? List.of(standIn()) : keys);
  }

  private static ClientKey key(Section entry) {
    var from = Instant.parse(entry.text("from", MOMENT));
    var until = Instant.parse(entry.text("until", MOMENT));
    var jwk = jwk(entry.section("jwk"));
    entry.close();
    if (!from.isBefore(until) || until.isAfter(from.plus(YEAR))) {
      entry.problem(
          "until", "a key is believed for a time: `until` is after `from`, by a year at most");
      return new ClientKey(jwk, Instant.EPOCH, Instant.EPOCH.plus(YEAR));
    }
    return new ClientKey(jwk, from, until);
  }

  private static Value.Obj jwk(Section jwk) {
    for (var name : PRIVATE) {
      if (jwk.has(name)) {
        jwk.problem(
            name, "this is the key's private half; make another key, and keep that to its agent");
        jwk.any(name);
      }
    }
    var kind = jwk.text("kty", KIND);
    var read = Value.object("kid", jwk.text("kid", KID), "kty", kind);
    read =
        switch (kind) {
          case "EC" ->
              read.with("crv", Value.of(jwk.text("crv", Form.oneOf("P-256"))))
                  .with("x", Value.of(jwk.text("x", COORDINATE)))
                  .with("y", Value.of(jwk.text("y", COORDINATE)));
          case "OKP" ->
              read.with("crv", Value.of(jwk.text("crv", Form.oneOf("Ed25519"))))
                  .with("x", Value.of(jwk.text("x", COORDINATE)));
          default ->
              read.with("n", Value.of(jwk.text("n", MODULUS)))
                  .with("e", Value.of(jwk.text("e", EXPONENT)));
        };
    jwk.optionalText("use", SIGNING);
    var algorithm = jwk.optionalText("alg", ALGORITHM);
    jwk.close();
    return algorithm.isPresent() ? read.with("alg", Value.of(algorithm.get())) : read;
  }

  /** The key itself, whatever it is called. */
  static Value.Obj material(ClientKey key) {
    return key.jwk().without("kid").without("alg");
  }

  private static ClientKey standIn() {
    return new ClientKey(Value.object("kid", "x"), Instant.EPOCH, Instant.EPOCH.plus(YEAR));
  }

  private static boolean isMoment(String text) {
    try {
      return text.endsWith("Z") && Instant.parse(text).isAfter(Instant.EPOCH.minusSeconds(1));
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static Form bytes(String what, int fewest, int most) {
    var encoder = Base64.getUrlEncoder().withoutPadding();
    return new Form(
        what,
        encoder.encodeToString(new byte[fewest]),
        text -> {
          try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            return bytes.length >= fewest
                && bytes.length <= most
                && encoder.encodeToString(bytes).equals(text);
          } catch (IllegalArgumentException e) {
            return false;
          }
        });
  }
}

package dev.remit.identity.binding;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import dev.remit.core.call.Sha256;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.identity.PublicKeys;
import dev.remit.identity.SigningAlgorithm;
import dev.remit.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.text.ParseException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The public keys in the headers of proofs (RFC 9449, section 4.2), read once and kept by their
 * thumbprint. Thread safe.
 */
final class ProofKeys {

  private static final int MOST = 10_000;

  /** No member more: a private half, a certificate or an address is no business of a proof. */
  private static final Map<String, Set<String>> MEMBERS =
      Map.of(
          "EC", Set.of("kty", "crv", "x", "y"),
          "OKP", Set.of("kty", "crv", "x"),
          "RSA", Set.of("kty", "n", "e"));

  private static final Set<String> HARMLESS = Set.of("alg", "use", "kid", "key_ops");
  private static final Pattern NUMBER = Pattern.compile("[A-Za-z0-9_-]{1,1400}");

  private final Map<String, ProofKey> byThumbprint =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ProofKey> eldest) {
          return size() > MOST;
        }
      };

  /** A key and what it may sign with. */
  record ProofKey(PublicKey key, Set<SigningAlgorithm> algorithms) {}

  /** The thumbprint of a public key (RFC 7638), found without making the key. */
  static String thumbprint(Value.Obj jwk) {
    String kind = jwk.text("kty").orElse("");
    var members = MEMBERS.get(kind);
    if (members == null) {
      throw new InvalidValueException("the proof's key is of a kind that is not used here");
    }
    for (var name : jwk.members().keySet()) {
      if (!members.contains(name) && !HARMLESS.contains(name)) {
        throw new InvalidValueException("the proof's key has `" + shown(name) + "`");
      }
    }
    String text =
        switch (kind) {
          case "EC" ->
              "{\"crv\":\"%s\",\"kty\":\"EC\",\"x\":\"%s\",\"y\":\"%s\"}"
                  .formatted(member(jwk, "crv"), member(jwk, "x"), member(jwk, "y"));
          case "OKP" ->
              "{\"crv\":\"%s\",\"kty\":\"OKP\",\"x\":\"%s\"}"
                  .formatted(member(jwk, "crv"), member(jwk, "x"));
          default ->
              "{\"e\":\"%s\",\"kty\":\"RSA\",\"n\":\"%s\"}"
                  .formatted(member(jwk, "e"), member(jwk, "n"));
        };
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Sha256.raw(text.getBytes(StandardCharsets.US_ASCII)));
  }

  /** The key itself; empty if it is too weak or on another curve. */
  Optional<ProofKey> key(String thumbprint, Value.Obj jwk) {
    ProofKey known = known(thumbprint);
    if (known != null) {
      return Optional.of(known);
    }
    try {
      var parsed = JWK.parse(Json.text(jwk));
      var algorithms = PublicKeys.algorithms(parsed);
      var key = PublicKeys.of(parsed);
      if (key.isEmpty() || algorithms.isEmpty() || parsed.isPrivate()) {
        return Optional.empty();
      }
      var read = new ProofKey(key.get(), algorithms);
      keep(thumbprint, read);
      return Optional.of(read);
    } catch (ParseException
        | JOSEException
        | IllegalArgumentException
        | GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private synchronized @Nullable ProofKey known(String thumbprint) {
    return byThumbprint.get(thumbprint);
  }

  private synchronized void keep(String thumbprint, ProofKey key) {
    byThumbprint.put(thumbprint, key);
  }

  private static String member(Value.Obj jwk, String name) {
    return jwk.text(name)
        .filter(text -> NUMBER.matcher(text).matches())
        .orElseThrow(() -> new InvalidValueException("the proof's key lacks `" + name + "`"));
  }

  private static String shown(String name) {
    return NUMBER.matcher(name).matches() && name.length() <= 32 ? name : "?";
  }
}

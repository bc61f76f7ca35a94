package dev.remit.identity.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import dev.remit.core.identity.TokenAuthority;
import dev.remit.core.identity.TokenKeys;
import dev.remit.core.value.Value;
import dev.remit.identity.binding.DpopKey;
import dev.remit.identity.secret.KeySeal;
import dev.remit.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The keys that sign task tokens: ES256, one after the other, the same on every replica. Thread
 * safe.
 *
 * <p>A key is stored a day before it signs, so every replica and every reader of the key set knows
 * it by then; it verifies until its last token is dead.
 */
public final class TaskTokenKeys {

  /** How long a key signs. */
  static final Duration SIGNS = Duration.ofDays(7);

  /** How long before it signs a key is stored. */
  static final Duration AHEAD = Duration.ofDays(1);

  /** How long a key verifies after it stopped signing: a token's life and clocks that are off. */
  static final Duration OVERLAP = TokenAuthority.LONGEST.plusMinutes(5);

  private final TokenKeys store;
  private final KeySeal seal;
  private final InstantSource clock;
  private final RandomGenerator random;

  /** Replaced as a whole. */
  private volatile Known known = new Known(List.of(), Map.of());

  private record Known(List<Key> keys, Map<String, Key> byHeader) {}

  /** A key, and the one spelling of the header of its tokens. */
  record Key(
      TokenKeys.Stored stored,
      PublicKey verifying,
      PrivateKey signing,
      Value.Obj jwk,
      String header) {
    @Override
    public String toString() {
      return "Key[" + stored.id() + "]";
    }
  }

  /** Over the stored keys; {@link #refresh} before the first use. */
  public TaskTokenKeys(TokenKeys store, KeySeal seal, InstantSource clock, RandomGenerator random) {
    this.store = store;
    this.seal = seal;
    this.clock = clock;
    this.random = random;
  }

  /** Reads the keys, makes the next one when it is due, forgets dead ones: once a minute. */
  public synchronized void refresh() {
    var now = clock.instant();
    var stored = store.all();
    var last =
        stored.stream()
            .map(TokenKeys.Stored::signsUntil)
            .max(Instant::compareTo)
            .orElse(Instant.EPOCH);
    if (last.isBefore(now.plus(AHEAD))) {
      var from = last.isBefore(now) ? now : last;
      store.add(fresh(from), from);
      store.sweep(now);
      stored = store.all();
    }
    known = read(stored);
  }

  private Known read(List<TokenKeys.Stored> stored) {
    var keys = new ArrayList<Key>();
    var byHeader = new HashMap<String, Key>();
    for (var one : stored) {
      var key = open(one);
      keys.add(key);
      byHeader.put(key.header(), key);
    }
    return new Known(List.copyOf(keys), Map.copyOf(byHeader));
  }

  private TokenKeys.Stored fresh(Instant from) {
    var made = DpopKey.generate(random);
    var until = from.plus(SIGNS);
    String id = made.thumbprint();
    return new TokenKeys.Stored(
        id, seal.seal(id, made.secretJwk()), from, until, until.plus(OVERLAP));
  }

  private Key open(TokenKeys.Stored stored) {
    try {
      var jwk = ECKey.parse(seal.open(stored.id(), stored.sealed()));
      var header = Value.object("alg", "ES256", "kid", stored.id(), "typ", TaskTokens.TYPE);
      return new Key(
          stored,
          jwk.toECPublicKey(),
          jwk.toECPrivateKey(),
          Json.parseObject(jwk.toPublicJWK().toJSONString())
              .with("use", Value.of("sig"))
              .with("alg", Value.of("ES256")),
          Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(Json.text(header).getBytes(StandardCharsets.UTF_8)));
    } catch (ParseException | JOSEException e) {
      throw new IllegalStateException("a token key that was sealed here cannot be read", e);
    }
  }

  /** The key that signs at this moment. */
  Key signing(Instant now) {
    return signingIn(known, now)
        .or(() -> {
          refresh();
          return signingIn(known, now);
        })
        .orElseThrow(() -> new IllegalStateException("no key signs task tokens just now"));
  }

  private static Optional<Key> signingIn(Known known, Instant now) {
    return known.keys().stream()
        .filter(key -> !now.isBefore(key.stored().signsFrom()))
        .filter(key -> now.isBefore(key.stored().signsUntil()))
        .findFirst();
  }

  /** The key of a token with this encoded header; empty if it is no header of ours. */
  Optional<Key> ofHeader(String header, Instant now) {
    return Optional.ofNullable(known.byHeader().get(header))
        .filter(key -> now.isBefore(key.stored().verifiesUntil()));
  }

  /** The public halves of all that sign, signed or will sign (RFC 7517, section 5). */
  Value.Obj publicKeys() {
    return Value.object("keys", known.keys().stream().map(Key::jwk).toList());
  }
}

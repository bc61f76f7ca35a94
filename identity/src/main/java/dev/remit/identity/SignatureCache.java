package dev.remit.identity;

import dev.remit.core.call.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Good signatures by the digest of their token, the longest unused leaving first. Holds no token.
 * Thread safe.
 */
final class SignatureCache {

  private final Map<String, VerifiedToken> byDigest;

  SignatureCache(int most) {
    this.byDigest =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, VerifiedToken> eldest) {
            return size() > most;
          }
        };
  }

  static String digest(String token) {
    return Sha256.of(token.getBytes(StandardCharsets.UTF_8));
  }

  synchronized Optional<VerifiedToken> get(String digest) {
    return Optional.ofNullable(byDigest.get(digest));
  }

  synchronized void put(String digest, VerifiedToken token) {
    byDigest.put(digest, token);
  }

  synchronized void remove(String digest) {
    byDigest.remove(digest);
  }

  synchronized int size() {
    return byDigest.size();
  }
}

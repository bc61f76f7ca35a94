package dev.remit.lab.vendor;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A vendor's bearer tokens: opaque, random, short, revocable at once. Only digests are kept. Thread
 * safe.
 */
public final class Tokens {
  /** A token as the server knows it. */
  public record Token(
      String digest, String clientId, Set<String> scopes, Instant issuedAt, Instant expiresAt) {
    /** The scopes as OAuth writes them. */
    public String scope() {
      return String.join(" ", scopes);
    }
  }

  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Duration life;
  private final Map<String, Token> tokens = new LinkedHashMap<>();

  public Tokens(InstantSource clock, Duration life) {
    this.clock = clock;
    this.life = life;
  }

  /** Makes a token and returns its text, which is kept nowhere. */
  public synchronized String issue(String clientId, Set<String> scopes) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Instant now = clock.instant();
    String digest = digest(text);
    tokens.values().removeIf(token -> !token.expiresAt().isAfter(now));
    tokens.put(digest, new Token(digest, clientId, scopes, now, now.plus(life)));
    return text;
  }

  /** The token if it is live. */
  public synchronized Optional<Token> live(String text) {
    return Optional.ofNullable(tokens.get(digest(text)))
        .filter(token -> token.expiresAt().isAfter(clock.instant()));
  }

  public synchronized void revoke(String text) {
    tokens.remove(digest(text));
  }

  synchronized void clear() {
    tokens.clear();
  }

  /** All live tokens. */
  public synchronized List<Token> live() {
    return tokens.values().stream()
        .filter(token -> token.expiresAt().isAfter(clock.instant()))
        .toList();
  }

  public Duration life() {
    return life;
  }

  /** Lower-case hexadecimal SHA-256 of the token's text. */
  public static String digest(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

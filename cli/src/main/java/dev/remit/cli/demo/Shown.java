package dev.remit.cli.demo;

import dev.remit.identity.binding.DpopKey;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How an agent shows its token: with a proof of the token's key for each request (RFC 9449), or
 * alone, where it has no key. Thread safe.
 */
final class Shown {

  private final String token;
  private final Optional<DpopKey> key;
  private final AtomicReference<Optional<String>> nonce = new AtomicReference<>(Optional.empty());

  Shown(String token, Optional<DpopKey> key) {
    this.token = token;
    this.key = key;
  }

  /** The token alone. */
  String token() {
    return token;
  }

  /** Puts it on a request. */
  void on(HttpRequest.Builder request, String method, String address) {
    request.setHeader("Authorization", (key.isPresent() ? "DPoP " : "Bearer ") + token);
    key.map(own -> own.proof(method, address, Optional.of(token), nonce.get(), Instant.now()))
        .ifPresent(proof -> request.setHeader("DPoP", proof));
  }

  /** Hears a refusal; whether the server gave a nonce, so that the same is worth sending again. */
  boolean isWorthAgain(HttpHeaders answer) {
    var given = answer.firstValue("DPoP-Nonce");
    given.ifPresent(one -> nonce.set(Optional.of(one)));
    return key.isPresent() && given.isPresent();
  }
}

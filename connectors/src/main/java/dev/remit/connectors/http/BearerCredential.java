package dev.remit.connectors.http;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A bearer token (RFC 6750) in memory, under the name of its lease. */
record BearerCredential(String principal, String token, Instant expiresAt)
    implements HttpCredential {
  @Override
  public Optional<Login> loginAt(Instant instant) {
    return instant.isBefore(expiresAt)
        ? Optional.of(new Login("Authorization", "Bearer " + token, token))
        : Optional.empty();
  }

  @Override
  public List<String> secrets() {
    return List.of(token);
  }

  @Override
  public String toString() {
    return "BearerCredential[" + principal + "]";
  }
}

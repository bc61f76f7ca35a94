package dev.remit.connectors.http;

import dev.remit.core.lease.Credential;
import java.time.Instant;
import java.util.List;

/** A bearer token (RFC 6750) in memory, under the name of its lease. */
record BearerCredential(String principal, String token, Instant expiresAt) implements Credential {
  @Override
  public List<String> secrets() {
    return List.of(token);
  }

  @Override
  public String toString() {
    return "BearerCredential[" + principal + "]";
  }
}

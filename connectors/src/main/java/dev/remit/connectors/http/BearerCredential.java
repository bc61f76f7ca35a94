package dev.remit.connectors.http;

import dev.remit.core.lease.Credential;
import java.time.Instant;

/** A bearer token (RFC 6750) in memory, under the name of its lease. */
record BearerCredential(String principal, String token, Instant expiresAt) implements Credential {
  @Override
  public String toString() {
    return "BearerCredential[" + principal + "]";
  }
}

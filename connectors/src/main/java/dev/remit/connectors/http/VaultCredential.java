package dev.remit.connectors.http;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a secrets engine made, in memory.
 *
 * @param leaseId its name at the Vault, by which it is revoked
 */
record VaultCredential(
    String principal, String leaseId, String secret, VaultEndpoint endpoint, Instant expiresAt)
    implements HttpCredential {

  @Override
  public List<String> secrets() {
    return List.of(secret);
  }

  @Override
  public Optional<Login> loginAt(Instant instant) {
    var before = endpoint.scheme().isEmpty() ? "" : endpoint.scheme() + " ";
    return instant.isBefore(expiresAt)
        ? Optional.of(new Login(endpoint.header(), before + secret, secret))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "VaultCredential[" + principal + "]";
  }
}

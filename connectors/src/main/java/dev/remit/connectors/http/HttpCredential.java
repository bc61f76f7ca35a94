package dev.remit.connectors.http;

import dev.remit.core.lease.Credential;
import java.time.Instant;
import java.util.Optional;

/** What a request to an HTTP system carries to be let in. */
sealed interface HttpCredential extends Credential
    permits BearerCredential, KeyCredential, VaultCredential {

  /** The header of a request; empty once it has ended or is over. */
  Optional<Login> loginAt(Instant instant);

  /**
   * One header.
   *
   * @param value all of it
   * @param secret the part of it that nobody else may learn
   */
  record Login(String header, String value, String secret) {
    @Override
    public String toString() {
      return "Login[" + header + "]";
    }
  }
}

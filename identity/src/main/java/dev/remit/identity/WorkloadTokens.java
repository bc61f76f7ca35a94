package dev.remit.identity;

import java.time.Instant;

/**
 * Tells which workload a token is of, and nothing of who shows it.
 *
 * <p>Promises: never throws for a bad token.
 */
public interface WorkloadTokens {

  /** Checks the token as of this moment. */
  Identified identify(String token, Instant at);

  /** What became of it. */
  sealed interface Identified {}

  /** It is this registered workload's. */
  record Known(ProvenWorkload workload) implements Identified {}

  /** It proves nothing; {@code detail} holds no secret and is not for the caller. */
  record NotKnown(String detail) implements Identified {}

  /** It cannot be checked just now. */
  record Away(String detail) implements Identified {}
}

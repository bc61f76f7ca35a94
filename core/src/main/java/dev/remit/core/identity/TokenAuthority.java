package dev.remit.core.identity;

import dev.remit.core.identity.TaskGrant.Binding;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The authorization server of task tokens: it proves who asks for one, signs it, and reads it.
 *
 * <p>Whether the task of a token is still open, and whether the token was revoked, is not known
 * here: whoever uses a token asks that at each use.
 */
public interface TokenAuthority {

  /** The longest life of a task token; its task may end sooner. */
  Duration LONGEST = Duration.ofMinutes(15);

  /**
   * Proves who asks at the token endpoint. The request's own proof of a key, or its client
   * certificate, is what the new token will be bound to.
   *
   * @param presented what came with the request; a token in it is the caller's own
   * @param subject the token or assertion in the body that says who asks; empty where the
   *     certificate alone does
   */
  Proof prove(Presented presented, Optional<Statement> subject, Instant at);

  /** Signs a token for this grant. */
  Issued issue(TaskGrant grant, Instant at);

  /** What a task token says, if it is one of ours and lives; empty for anything else. */
  Optional<Said> read(String token, Instant at);

  /** The public keys, as a JWK set (RFC 7517). */
  Value.Obj publicKeys();

  /**
   * A token or assertion in a body.
   *
   * @param client who the request says it is of (RFC 7521, section 4.2); empty where it does not
   */
  record Statement(Kind kind, String text, Optional<String> client) {

    /** One whose request names no client. */
    public Statement(Kind kind, String text) {
      this(kind, text, Optional.empty());
    }

    @Override
    public String toString() {
      return "Statement[" + kind + "]";
    }

    /** How it proves a workload. */
    public enum Kind {
      /** A workload's own token in JWT form: of an issuer, or a JWT-SVID. */
      TOKEN,
      /** A client's own signature (RFC 7523, section 2.2). */
      ASSERTION
    }
  }

  /** What became of {@link #prove}. */
  sealed interface Proof {}

  /** It is this caller, who holds this key. */
  record Proven(Caller caller, Binding binding) implements Proof {}

  /** It is not proven; {@code error} is RFC 6749's or RFC 9449's word and may be told. */
  record Unproven(String error, String detail) implements Proof {}

  /** The proof must name this nonce. */
  record NonceNeeded(String nonce) implements Proof {}

  /** It cannot be checked just now. */
  record Unavailable(String detail) implements Proof {}

  /** A signed token. */
  record Issued(String token, String id, Instant expiresAt) {
    @Override
    public String toString() {
      return "Issued[" + id + "]";
    }
  }

  /** What a token of ours says. */
  record Said(
      TaskToken token, AgentId agent, InstanceId instance, Instant expiresAt, Value.Obj claims) {

    /** Whether this agent may take work over by it (RFC 8693, section 4.4). */
    public boolean permits(AgentId actor) {
      return claims
          .object("may_act")
          .flatMap(may -> may.text("sub"))
          .filter(actor.text()::equals)
          .isPresent();
    }
  }
}

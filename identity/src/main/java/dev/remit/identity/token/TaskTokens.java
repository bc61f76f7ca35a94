package dev.remit.identity.token;

import dev.remit.core.call.Sha256;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.TaskGrant;
import dev.remit.core.identity.TaskToken;
import dev.remit.core.identity.TokenAuthority;
import dev.remit.core.identity.TokenAuthority.Issued;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.identity.CompactToken;
import dev.remit.identity.SigningAlgorithm;
import dev.remit.identity.binding.Confirmation;
import dev.remit.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Task tokens: JWTs (RFC 7519) of a type of their own, signed with ES256. Thread safe.
 *
 * <p>Each key has one spelling of a header; a token with any other is not one of ours, whatever it
 * says. What is kept of a token is that its signature was good, and never whether it may be used.
 */
public final class TaskTokens {

  /** The header {@code typ} (RFC 8725, section 3.11). */
  public static final String TYPE = "remit-task+jwt";

  private static final int MOST_CACHED = 10_000;
  private static final int ID_BYTES = 16;

  private final TaskTokenKeys keys;
  private final String issuer;
  private final RandomGenerator random;
  private final Map<String, Read> cache =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Read> eldest) {
          return size() > MOST_CACHED;
        }
      };

  /**
   * The tokens of this installation.
   *
   * @param issuer its name, which is the tokens' issuer and their one audience
   */
  public TaskTokens(TaskTokenKeys keys, String issuer, RandomGenerator random) {
    this.keys = keys;
    this.issuer = issuer;
    this.random = random;
  }

  /** What a token with a good signature says. */
  record Read(
      TaskToken token,
      AgentId agent,
      Confirmation confirmation,
      Instant issuedAt,
      Instant expiresAt,
      Value.Obj claims) {

    boolean isLiveAt(Instant at) {
      return at.isBefore(expiresAt) && !at.isBefore(issuedAt.minusSeconds(30));
    }
  }

  /** Signs one; it ends with its task, and after a quarter of an hour at the latest. */
  Issued issue(TaskGrant grant, Instant at) {
    var latest = at.plus(TokenAuthority.LONGEST);
    var until = grant.until().isBefore(latest) ? grant.until() : latest;
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    String name = Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    var claims =
        Value.object(
            "iss", issuer,
            "aud", issuer,
            "sub", grant.requester(),
            "act", actors(grant.actors()),
            "iat", at.getEpochSecond(),
            "exp", until.getEpochSecond(),
            "jti", name,
            "cnf", confirmation(grant.binding()),
            "authorization_details", List.of(grant.details()));
    var whole =
        grant
            .mayAct()
            .map(actor -> claims.with("may_act", Value.object("sub", actor.text())))
            .orElse(claims);
    var key = keys.signing(at);
    String text =
        key.header()
            + "."
            + Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Json.text(whole).getBytes(StandardCharsets.UTF_8));
    return new Issued(
        text + "." + signature(key, text), name, Instant.ofEpochSecond(until.getEpochSecond()));
  }

  /** Whether a token has a header that only our own have. */
  boolean isOurs(String token, Instant at) {
    return keys.ofHeader(header(token), at).isPresent();
  }

  /** Reads one that lives; empty for anything else. */
  Optional<Read> read(String token, Instant at) {
    var key = keys.ofHeader(header(token), at);
    if (key.isEmpty() || token.length() > CompactToken.MOST_BYTES) {
      return Optional.empty();
    }
    String digest = Sha256.of(token.getBytes(StandardCharsets.UTF_8));
    Read known = known(digest);
    if (known == null) {
      known = verified(token, key.get());
      if (known == null) {
        return Optional.empty();
      }
      keep(digest, known);
    }
    return Optional.of(known).filter(read -> read.isLiveAt(at));
  }

  TaskTokenKeys keys() {
    return keys;
  }

  private static String header(String token) {
    int dot = token.indexOf('.');
    return dot < 0 ? "" : token.substring(0, dot);
  }

  private @Nullable Read verified(String token, TaskTokenKeys.Key key) {
    try {
      var parsed = CompactToken.parse(token);
      return parsed.isSignedBy(key.verifying(), SigningAlgorithm.ES256)
          ? claims(parsed.claims())
          : null;
    } catch (InvalidValueException e) {
      return null;
    }
  }

  private Read claims(Value.Obj claims) {
    if (!claims.text("iss").equals(Optional.of(issuer))
        || !claims.text("aud").equals(Optional.of(issuer))) {
      throw new InvalidValueException("the token is of another installation");
    }
    var detail =
        claims.items("authorization_details").stream()
            .filter(Value.Obj.class::isInstance)
            .map(Value.Obj.class::cast)
            .findFirst()
            .orElseThrow(TaskTokens::notOurs);
    var confirmation = Confirmation.of(claims);
    if (confirmation instanceof Confirmation.None) {
      throw notOurs();
    }
    return new Read(
        new TaskToken(
            claims.text("jti").orElseThrow(TaskTokens::notOurs),
            detail.text("task").orElseThrow(TaskTokens::notOurs)),
        AgentId.parse(
            claims.object("act").flatMap(act -> act.text("sub")).orElseThrow(TaskTokens::notOurs)),
        confirmation,
        Instant.ofEpochSecond(claims.integer("iat").orElseThrow(TaskTokens::notOurs)),
        Instant.ofEpochSecond(claims.integer("exp").orElseThrow(TaskTokens::notOurs)),
        claims);
  }

  private static InvalidValueException notOurs() {
    return new InvalidValueException("the token lacks what every task token has");
  }

  /** The present actor outermost (RFC 8693, section 4.1). */
  private static Value.Obj actors(List<String> actors) {
    Optional<Value.Obj> inner = Optional.empty();
    for (int i = actors.size() - 1; i >= 0; i--) {
      var one = Value.object("sub", actors.get(i));
      inner = Optional.of(inner.isPresent() ? one.with("act", inner.get()) : one);
    }
    return inner.orElseThrow();
  }

  private static Value.Obj confirmation(TaskGrant.Binding binding) {
    return switch (binding) {
      case TaskGrant.ByKey(String thumbprint) -> Value.object("jkt", thumbprint);
      case TaskGrant.ByCertificate(String digest) -> Value.object("x5t#S256", digest);
    };
  }

  private static String signature(TaskTokenKeys.Key key, String text) {
    try {
      var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(key.signing());
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a token key cannot sign", e);
    }
  }

  private synchronized @Nullable Read known(String digest) {
    return cache.get(digest);
  }

  private synchronized void keep(String digest, Read read) {
    cache.put(digest, read);
  }
}

package dev.remit.connectors.http;

import dev.remit.connectors.wire.Ask;
import dev.remit.connectors.wire.Exchange;
import dev.remit.connectors.wire.Wire;
import dev.remit.core.execution.Cut;
import dev.remit.core.lease.Broker;
import dev.remit.core.lease.Credential;
import dev.remit.core.lease.Lease;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Credentials of a dynamic secrets engine of Vault or OpenBao, over its HTTP API.
 *
 * <p>Revocation is immediate while the Vault's name of the lease is in hand: revoked synchronously,
 * which takes the credential out of its system first, then looked up. It is never renewed. After a
 * crash nobody knows that name; the lease lingers until its end, and by then the Vault has ended
 * it: a credential that would outlive its lease is never handed out. The Vault's leases have no
 * name of ours, so {@link #present} is empty and two leases can never collide there.
 */
final class VaultBroker implements Broker {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration SKEW = Duration.ofSeconds(5);
  private static final int LIMIT = 64 * 1024;
  private static final Pattern SECRET = Pattern.compile("[\\x21-\\x7E]{8,8192}");
  private static final Pattern LEASE_ID = Pattern.compile("[A-Za-z0-9/_.-]{1,512}");
  private static final Set<String> NO_SUCH_LEASE = Set.of("invalid lease", "lease not found");

  private final VaultEndpoint endpoint;
  private final Wire wire;
  private final InstantSource clock;

  VaultBroker(VaultEndpoint endpoint, InstantSource clock) {
    this.endpoint = endpoint;
    this.wire = new Wire("https".equalsIgnoreCase(endpoint.vaultUri().getScheme()));
    this.clock = clock;
  }

  @Override
  public Revocation revocation() {
    return Revocation.IMMEDIATE;
  }

  @Override
  public Issued issue(Lease lease) {
    return switch (ask("GET", endpoint.path(), Optional.empty())) {
      case Exchange.NotSent(String detail) -> new NotMade(detail);
      case Exchange.Lost(String detail) -> new Uncertain(detail);
      case Exchange.TooLarge(String detail) -> new Uncertain(detail);
      case Exchange.Answer answer when answer.status() >= 400 && answer.status() < 500 ->
          new NotMade("the vault answered " + answer.words());
      case Exchange.Answer answer when answer.status() != 200 ->
          new Uncertain("the vault answered " + answer.words());
      case Exchange.Answer answer -> answered(lease, object(answer));
    };
  }

  private Issued answered(Lease lease, Value.Obj answer) {
    var id =
        answer
            .text("lease_id")
            .filter(name -> LEASE_ID.matcher(name).matches())
            .filter(name -> name.startsWith(endpoint.path() + "/"));
    var life = answer.integer("lease_duration").filter(seconds -> seconds > 0);
    if (id.isEmpty() || life.isEmpty()) {
      return new NotMade("what the vault read is no dynamic secret: it has no lease that ends");
    }
    var secret =
        answer
            .object("data")
            .flatMap(data -> data.text(endpoint.field()))
            .filter(text -> SECRET.matcher(text).matches());
    Instant end = clock.instant().plusSeconds(life.get());
    var credential =
        new VaultCredential(lease.principal(), id.get(), secret.orElse(""), endpoint, end);
    return secret.isPresent() && !end.isAfter(lease.end().plus(SKEW))
        ? new Made(credential)
        : unusable(credential);
  }

  /** INVARIANT: nothing outlives its lease, so that its end is the end even after a crash. */
  private Issued unusable(VaultCredential credential) {
    return ended(credential) instanceof Gone
        ? new NotMade(
            "what the vault makes has no `"
                + endpoint.field()
                + "` or does not end with the lease: give its role a `ttl` of the broker's `life`")
        : new Uncertain("a credential that outlives its lease was made and could not be revoked");
  }

  @Override
  public Ended revoke(Lease lease, Optional<Credential> credential) {
    boolean isOver = clock.instant().isAfter(lease.end().plus(SKEW));
    if (credential.isPresent() && credential.get() instanceof VaultCredential held) {
      return ended(held);
    }
    return isOver
        ? new Gone("the vault ended it with its lease at " + lease.end())
        : new Lingering("its name at the vault is lost; it ends with its lease at " + lease.end());
  }

  /** Whatever the revocation answered, what counts is whether the lease is still there. */
  private Ended ended(VaultCredential credential) {
    var named = Value.object("lease_id", credential.leaseId());
    var revoked = ask("POST", "sys/leases/revoke", Optional.of(named.with("sync", Value.of(true))));
    if (!(revoked instanceof Exchange.Answer answer)
        || !(answer.isSuccess() || isNoSuchLease(answer))) {
      return new Lingering("the vault did not revoke it");
    }
    return ask("POST", "sys/leases/lookup", Optional.of(named)) instanceof Exchange.Answer look
            && isNoSuchLease(look)
        ? new Gone("the vault knows no such lease")
        : new Lingering("the vault does not say that it is gone");
  }

  private static boolean isNoSuchLease(Exchange.Answer answer) {
    return (answer.status() == 400 || answer.status() == 404)
        && object(answer).items("errors").stream()
            .anyMatch(error ->
                error instanceof Value.Text(String text)
                    && NO_SUCH_LEASE.stream().anyMatch(text::contains));
  }

  @Override
  public Set<String> present() {
    return Set.of();
  }

  @Override
  public Ended remove(String principal) {
    return new Lingering("leases of a vault have no name of ours; they end");
  }

  private static Value.Obj object(Exchange.Answer answer) {
    return answer.json().orElse(Value.Obj.EMPTY) instanceof Value.Obj object
        ? object
        : Value.Obj.EMPTY;
  }

  private Exchange ask(String method, String path, Optional<Value.Obj> body) {
    var headers = new LinkedHashMap<String, String>(Map.of("Accept", "application/json"));
    try {
      headers.put("X-Vault-Token", endpoint.token().get());
    } catch (RuntimeException e) {
      return new Exchange.NotSent(
          "the broker's token cannot be read: run `remit secret put` again");
    }
    body.ifPresent(sent -> headers.put("Content-Type", "application/json"));
    var uri = URI.create(endpoint.vaultUri() + "/v1/" + path);
    var bytes = body.map(Json::bytes);
    return wire.exchange(
        new Ask(method, uri, headers, bytes, TIMEOUT, LIMIT), () -> false, new Cut());
  }
}

package dev.remit.connectors.http;

import dev.remit.core.lease.Broker;
import dev.remit.core.lease.Credential;
import dev.remit.core.lease.Lease;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Hands a vendor's sealed standing key to the executor for one lease, for systems that can do no
 * better.
 *
 * <p>Nothing is made at the target and nothing ends there: the lease ends in this process alone, at
 * once, and the key stands until people exchange it. A crash leaves nothing behind but the key.
 */
final class KeyBroker implements Broker {
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E]{8,4096}");

  private final KeyEndpoint endpoint;
  private final InstantSource clock;
  private final Map<String, KeyCredential> handed = new ConcurrentHashMap<>();

  KeyBroker(KeyEndpoint endpoint, InstantSource clock) {
    this.endpoint = endpoint;
    this.clock = clock;
  }

  @Override
  public Revocation revocation() {
    return Revocation.EXPIRY_ONLY;
  }

  @Override
  public Issued issue(Lease lease) {
    if (!clock.instant().isBefore(lease.end())) {
      return new NotMade("the lease is over");
    }
    String key;
    try {
      key = endpoint.key().get();
    } catch (RuntimeException e) {
      return new NotMade("the sealed key cannot be read: run `remit secret put` again");
    }
    if (!KEY.matcher(key).matches()) {
      return new NotMade("the sealed key is not one word of 8 to 4096 printable characters");
    }
    var credential = new KeyCredential(lease.principal(), endpoint, key, lease.end());
    return handed.putIfAbsent(lease.principal(), credential) == null
        ? new Made(credential)
        : new NotMade("the lease has the key already");
  }

  @Override
  public Ended revoke(Lease lease, Optional<Credential> credential) {
    var held = handed.remove(lease.principal());
    if (held != null) {
      held.end();
    }
    return new Gone("taken back from the executor; the vendor's key itself stands");
  }

  @Override
  public Set<String> present() {
    return Set.of();
  }

  @Override
  public Ended remove(String principal) {
    return new Lingering("a standing key has no principals at the vendor");
  }
}

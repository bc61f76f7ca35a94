package dev.remit.testkit;

import dev.remit.core.lease.Broker;
import dev.remit.core.lease.Credential;
import dev.remit.core.lease.Lease;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A broker with behaviour: principals live in memory and obey the contract unless a test bends it.
 *
 * <p>Thread-safe. What it made works ({@link #isLive}) until it is revoked, removed or past its
 * end.
 */
public final class FakeBroker implements Broker {
  /** The mark of this installation's principals. */
  public static final String PREFIX = "remit_";

  private final InstantSource clock;
  private final Map<String, Instant> principals = new LinkedHashMap<>(); // guarded by this
  private final Map<String, Value.Obj> scopes = new LinkedHashMap<>(); // guarded by this
  private boolean isAway; // guarded by this
  private boolean lacksRights; // guarded by this
  private boolean isHalfDone; // guarded by this
  private int lingering; // guarded by this
  private Optional<Gate> gate = Optional.empty(); // guarded by this
  private int made; // guarded by this

  public FakeBroker(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Revocation revocation() {
    return Revocation.IMMEDIATE;
  }

  @Override
  public Issued issue(Lease lease) {
    passGate();
    synchronized (this) {
      if (isAway) {
        return new NotMade("nobody answers");
      }
      if (lacksRights) {
        return new NotMade("the broker may not make principals");
      }
      if (!clock.instant().isBefore(lease.end())) {
        return new NotMade("the lease is over");
      }
      if (principals.putIfAbsent(lease.principal(), lease.end()) != null) {
        return new NotMade("the principal exists");
      }
      made++;
      scopes.put(lease.principal(), lease.scope());
      return isHalfDone
          ? new Uncertain("the answer was lost")
          : new Made(new FakeCredential(lease.principal()));
    }
  }

  private void passGate() {
    Optional<Gate> at;
    synchronized (this) {
      at = gate;
    }
    at.ifPresent(Gate::pass);
  }

  @Override
  public synchronized Ended revoke(Lease lease, Optional<Credential> credential) {
    return end(lease.principal());
  }

  private Ended end(String principal) {
    if (isAway) {
      return new Lingering("nobody answers");
    }
    if (lingering > 0) {
      lingering--;
      return new Lingering("still there");
    }
    principals.remove(principal);
    return new Gone("not in the list");
  }

  @Override
  public synchronized Set<String> present() {
    if (isAway) {
      throw new dev.remit.core.execution.Connector.VendorException("nobody answers");
    }
    var ours = new TreeSet<String>();
    principals.keySet().stream().filter(name -> name.startsWith(PREFIX)).forEach(ours::add);
    return ours;
  }

  @Override
  public synchronized Ended remove(String principal) {
    return principal.startsWith(PREFIX) ? end(principal) : new Lingering("not one of ours");
  }

  /** Whether the target would let this credential in just now. */
  public synchronized boolean isLive(Credential credential) {
    var end = principals.get(credential.principal());
    return !isAway && end != null && clock.instant().isBefore(end);
  }

  /** What the lease of this credential allows. */
  public synchronized Value.Obj scopeOf(Credential credential) {
    return scopes.getOrDefault(credential.principal(), Value.Obj.EMPTY);
  }

  /** Puts a principal there that no lease made. */
  public synchronized void squat(String principal) {
    principals.put(principal, Instant.MAX);
  }

  /** Whether the target is away. */
  public synchronized void away(boolean away) {
    isAway = away;
  }

  /** Whether the target refuses to make principals. */
  public synchronized void withoutRights(boolean lacks) {
    lacksRights = lacks;
  }

  /** Whether issuing makes the principal and loses the answer. */
  public synchronized void halfDone(boolean half) {
    isHalfDone = half;
  }

  /** The next so many revocations do not succeed. */
  public synchronized void linger(int times) {
    lingering = times;
  }

  /** Holds whoever issues until the gate opens. */
  public synchronized void hold(Gate newGate) {
    gate = Optional.of(newGate);
  }

  /** All principals at the target, ours and others. */
  public synchronized Set<String> principals() {
    return Set.copyOf(principals.keySet());
  }

  /** How many principals it ever made. */
  public synchronized int made() {
    return made;
  }
}

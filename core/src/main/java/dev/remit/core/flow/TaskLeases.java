package dev.remit.core.flow;

import dev.remit.core.lease.Credential;
import dev.remit.core.lease.Lease;
import dev.remit.core.lease.LeaseId;
import dev.remit.core.task.TaskId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Live credentials for the reads of tasks, held in this process only.
 *
 * <p>A slot is taken by {@link #acquire} and given back by {@link #release}. A slot that was
 * retired (its end is near, its task ended) is handed to the retire action once nobody uses it any
 * more. Whoever made a slot must complete it; others wait for that, bounded by their own time.
 */
final class TaskLeases {

  /** What a slot is for. */
  record Key(TaskId task, String connector, String scopeDigest) {}

  /** A lease with the credential to come. */
  static final class Slot {
    private final Key key;
    private final Lease lease;
    private final CompletableFuture<Credential> credential = new CompletableFuture<>();
    private int users; // guarded by TaskLeases.this
    private boolean isRetired; // guarded by TaskLeases.this

    private Slot(Key key, Lease lease) {
      this.key = key;
      this.lease = lease;
    }

    Lease lease() {
      return lease;
    }

    void complete(Credential made) {
      credential.complete(made);
    }

    void fail() {
      credential.completeExceptionally(new IllegalStateException("not made"));
    }

    /** The credential, waiting at most so long for its maker. */
    Optional<Credential> await(long millis) {
      try {
        return Optional.of(credential.get(millis, TimeUnit.MILLISECONDS));
      } catch (TimeoutException | ExecutionException e) {
        return Optional.empty();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      }
    }

    Optional<Credential> present() {
      return credential.isDone() && !credential.isCompletedExceptionally()
          ? Optional.of(credential.join())
          : Optional.empty();
    }
  }

  /** An acquired slot; the maker admits its lease and completes it. */
  record Acquired(Slot slot, boolean isMaker) {}

  private final Map<Key, Slot> slots = new HashMap<>(); // guarded by this
  private final Set<LeaseId> held = ConcurrentHashMap.newKeySet();
  private final java.util.function.BiConsumer<Lease, Optional<Credential>> retire;

  TaskLeases(java.util.function.BiConsumer<Lease, Optional<Credential>> retire) {
    this.retire = retire;
  }

  /** Takes the live slot of this key that outlasts {@code until}, or begins a new one. */
  Acquired acquire(Key key, Instant until, Supplier<Lease> fresh) {
    Slot retired = null;
    Acquired acquired;
    synchronized (this) {
      var slot = slots.get(key);
      if (slot != null && slot.lease.end().isAfter(until)) {
        slot.users++;
        return new Acquired(slot, false);
      }
      if (slot != null) {
        slot.isRetired = true;
        retired = slot.users == 0 ? slot : null;
      }
      var made = new Slot(key, fresh.get());
      made.users = 1;
      held.add(made.lease.id());
      slots.put(key, made);
      acquired = new Acquired(made, true);
    }
    retireNow(retired);
    return acquired;
  }

  /** Gives a slot back; one that failed or was retired is ended when its last user left. */
  void release(Slot slot, boolean isBroken) {
    Slot retired;
    synchronized (this) {
      slot.users--;
      if (isBroken) {
        slot.isRetired = true;
        slots.remove(slot.key, slot);
      }
      retired = slot.isRetired && slot.users == 0 ? slot : null;
    }
    retireNow(retired);
  }

  /** Drops a slot whose lease was never admitted. */
  void abandon(Slot slot) {
    slot.fail();
    synchronized (this) {
      slots.remove(slot.key, slot);
    }
    held.remove(slot.lease.id());
  }

  /**
   * Retires all slots of a task; those in use end with their last user, who was cut by the caller.
   */
  void retireTask(TaskId task) {
    retireWhere(lease -> lease.task().filter(task::equals).isPresent());
  }

  /** Retires all slots: the process ends. */
  void retireAll() {
    retireWhere(lease -> true);
  }

  /** Leases of all slots that calls may still take. */
  synchronized List<Lease> live() {
    return slots.values().stream().map(Slot::lease).toList();
  }

  /** Retires the slots of such leases; the question must be quick. */
  void retireWhere(Predicate<Lease> isOver) {
    var idle = new ArrayList<Slot>();
    synchronized (this) {
      slots.values().removeIf(slot -> isOver.test(slot.lease) && retired(slot, idle));
    }
    idle.forEach(this::retireNow);
  }

  /** Whether the lease is live in this process and none of the sweeper's business. */
  boolean isHeld(LeaseId lease) {
    return held.contains(lease);
  }

  private static boolean retired(Slot slot, List<Slot> idle) {
    slot.isRetired = true;
    if (slot.users == 0) {
      idle.add(slot);
    }
    return true;
  }

  private void retireNow(@org.jspecify.annotations.Nullable Slot slot) {
    if (slot != null) {
      try {
        retire.accept(slot.lease, slot.present());
      } finally {
        held.remove(slot.lease.id());
      }
    }
  }
}

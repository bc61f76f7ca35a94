package dev.remit.web.mcp;

import dev.remit.core.execution.Cut;
import dev.remit.core.identity.Caller;
import dev.remit.core.value.Value;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * Requests of 2025-11-25 that are running, by the caller's instance and the request's id, so that
 * {@code notifications/cancelled} finds them.
 *
 * <p>A caller cancels its own only. An id that is in use is refused: an answer or a cancellation
 * would be for either of two. 2026-07-28 needs none of this: there closing the stream cancels.
 */
final class RunningRequests {

  private final ConcurrentMap<Key, Cut> running = new ConcurrentHashMap<>();

  /** Runs it under its id. */
  Value.Obj run(Caller caller, Value id, Function<Cut, Value.Obj> work) {
    var key = new Key(caller.name(), caller.instance().value(), id);
    var cut = new Cut();
    if (running.putIfAbsent(key, cut) != null) {
      throw new RpcError(
          200, RpcError.INVALID_REQUEST, "a request with this `id` is running; use another one");
    }
    try {
      return work.apply(cut);
    } finally {
      running.remove(key, cut);
    }
  }

  /** Cuts the request that has this id; one that is over or never was is passed over. */
  void cancel(Caller caller, Value id) {
    var cut = running.get(new Key(caller.name(), caller.instance().value(), id));
    if (cut != null) {
      cut.cut("cancelled by the client");
    }
  }

  private record Key(String caller, String instance, Value id) {}
}

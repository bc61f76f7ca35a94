package dev.remit.core.trace;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is told of the running call to whoever collects traces.
 *
 * <p>Bound by the wire for the thread that carries a call, so that stages need not hand it on;
 * where none is bound every method here does its work and nothing else. Promises that a name or a
 * note is never an argument, a result, a reason that somebody typed, or the name of a client.
 */
public interface Trace {

  /** That of the call which this thread carries. */
  ScopedValue<Trace> CURRENT = ScopedValue.newInstance();

  /** What the next system is handed. */
  TraceContext context();

  /** Does a part of the call under its own name; a failure is told by its kind, never its words. */
  <T> T during(String part, Supplier<T> work);

  /** Says something of the part that runs. */
  void tell(String name, String value);

  /** What a vendor of the running call is handed, and what the trail keeps. */
  static Optional<TraceContext> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get().context()) : Optional.empty();
  }

  /** Does a part of the running call. */
  static <T> T part(String name, Supplier<T> work) {
    return CURRENT.isBound() ? CURRENT.get().during(name, work) : work.get();
  }

  /** Says something of the running part. */
  static void note(String name, String value) {
    if (CURRENT.isBound()) {
      CURRENT.get().tell(name, value);
    }
  }
}

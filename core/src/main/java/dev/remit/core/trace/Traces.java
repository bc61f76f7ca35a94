package dev.remit.core.trace;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Begins the trace of each request of an agent. */
public interface Traces {

  /**
   * Answers a request under its trace.
   *
   * @param parent what the agent said it belongs to
   * @param method of MCP, one that we know
   * @param tool what has the form of a tool's name, if the request is about one
   */
  <T> T answer(
      Optional<TraceContext> parent, String method, Optional<String> tool, Supplier<T> work);

  /** Tells nobody; only the context goes from the agent to the vendor and into the trail. */
  static Traces passing(RandomGenerator random) {
    return new Passing(random);
  }

  /** A trace without spans. */
  record Passing(RandomGenerator random) implements Traces {

    @Override
    public <T> T answer(
        Optional<TraceContext> parent, String method, Optional<String> tool, Supplier<T> work) {
      var own = parent.map(from -> from.next(random)).orElseGet(() -> TraceContext.fresh(random));
      return ScopedValue.where(Trace.CURRENT, new Silent(own)).call(work::get);
    }
  }

  /** A context and nothing else. */
  record Silent(TraceContext context) implements Trace {

    @Override
    public <T> T during(String part, Supplier<T> work) {
      return work.get();
    }

    @Override
    public void tell(String name, String value) {
      // nobody listens
    }
  }
}

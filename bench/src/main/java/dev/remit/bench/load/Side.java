package dev.remit.bench.load;

/** One of those that are measured against each other. */
@FunctionalInterface
public interface Side {

  /** Opens what one client needs; the line makes one call at a time. */
  Line open() throws Exception;

  /** One client's way to this side. */
  interface Line extends AutoCloseable {

    /** Makes one call and checks its answer. */
    void call() throws Exception;

    @Override
    void close();
  }
}

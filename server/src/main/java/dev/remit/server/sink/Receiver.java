package dev.remit.server.sink;

import java.io.IOException;

/**
 * Who takes events.
 *
 * <p>{@link #deliver} returns when the receiver has acknowledged the whole batch, and throws in
 * every other case; then it is sent again. Used by one thread at a time, which is interrupted when
 * its time is over.
 */
interface Receiver {

  void deliver(Batch batch) throws IOException, InterruptedException;
}

package dev.remit.web.http;

import io.helidon.webserver.CloseConnectionException;

/**
 * Bounds how long a client may keep a thread waiting in a read or a write: when the time is over
 * the thread is interrupted, which closes its connection.
 *
 * <p>The server's own time-outs do not fire for half-sent bodies; see the measured facts in the
 * decision on the HTTP server. It does not cover half-sent headers: there the number of connections
 * is the bound, and a proxy in front.
 */
final class Patience {

  private final Pulse pulse;
  private final int beats;

  Patience(Pulse pulse, int beats) {
    this.pulse = pulse;
    this.beats = beats;
  }

  /** Runs it; a connection that takes too long is closed without an answer. */
  void bound(Runnable transfer) {
    var watch = new Watch(Thread.currentThread());
    pulse.add(watch);
    try {
      transfer.run();
    } catch (RuntimeException e) {
      if (watch.end()) {
        throw new CloseConnectionException("the client took too long", e);
      }
      throw e;
    } finally {
      pulse.remove(watch);
      watch.end();
    }
  }

  private final class Watch implements Pulse.Beat {

    private final Thread thread;
    private int left = beats; // guarded by this
    private boolean isOver; // guarded by this
    private boolean isInterrupted; // guarded by this

    Watch(Thread thread) {
      this.thread = thread;
    }

    @Override
    public synchronized void beat() {
      left--;
      if (left < 0 && !isOver) {
        isOver = true;
        isInterrupted = true;
        thread.interrupt();
      }
    }

    /** Ends the watch; true when it had interrupted the thread, whose flag is then taken back. */
    synchronized boolean end() {
      isOver = true;
      if (isInterrupted) {
        Thread.interrupted();
      }
      return isInterrupted;
    }
  }
}

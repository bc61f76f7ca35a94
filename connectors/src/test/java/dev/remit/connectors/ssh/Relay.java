package dev.remit.connectors.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A line to a host that a test can cut, stop and mend. */
final class Relay implements AutoCloseable {
  private volatile int target;
  private final ServerSocket door;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean isShut;
  private volatile boolean isStill;

  Relay(int target) {
    this.target = target;
    try {
      door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /** Cuts what is open and lets nothing through. */
  void shut() {
    isShut = true;
    sockets.forEach(Relay::quietly);
    sockets.clear();
  }

  void open() {
    isShut = false;
  }

  /** New connections go to another server. */
  void leadTo(int port) {
    target = port;
  }

  /** Swallows everything from now on, and closes nothing. */
  void stop() {
    isStill = true;
  }

  private void accept() {
    try {
      while (true) {
        var in = door.accept();
        if (isShut) {
          quietly(in);
          continue;
        }
        var out = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(in);
        sockets.add(out);
        Thread.ofVirtual().start(() -> carry(in, out));
        Thread.ofVirtual().start(() -> carry(out, in));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void carry(Socket from, Socket to) {
    try (from;
        to) {
      var buffer = new byte[8192];
      int n = from.getInputStream().read(buffer);
      while (n >= 0) {
        if (!isStill) {
          to.getOutputStream().write(buffer, 0, n);
        }
        n = from.getInputStream().read(buffer);
      }
    } catch (IOException e) {
      // Cut.
    }
  }

  private static void quietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Gone.
    }
  }

  @Override
  public void close() {
    shut();
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.remit.connectors.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP relay in front of a server that a test can shut and open. */
final class Doorway implements AutoCloseable {
  private final int target;
  private final ServerSocket door;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean isShut;

  Doorway(int target) {
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

  void shut() {
    isShut = true;
    sockets.forEach(Doorway::quietly);
    sockets.clear();
  }

  void open() {
    isShut = false;
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
        Thread.ofVirtual().start(() -> relay(in, out));
        Thread.ofVirtual().start(() -> relay(out, in));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private static void relay(Socket from, Socket to) {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      byte[] buffer = new byte[8192];
      int n = in.read(buffer);
      while (n >= 0) {
        out.write(buffer, 0, n);
        out.flush();
        n = in.read(buffer);
      }
    } catch (IOException e) {
      // Shut.
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

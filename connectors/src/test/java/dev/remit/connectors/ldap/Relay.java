package dev.remit.connectors.ldap;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** A TCP relay in front of a directory that a test can shut, open, or let stand still. */
final class Relay implements AutoCloseable {
  private final int target;
  private final ServerSocket door;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean isShut = new AtomicBoolean();
  private final AtomicBoolean isSilent = new AtomicBoolean();

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

  void shut() {
    isShut.set(true);
    sockets.forEach(Relay::quietly);
    sockets.clear();
  }

  void open() {
    isShut.set(false);
  }

  /** From now on nothing that the directory says comes through. */
  void silence() {
    isSilent.set(true);
  }

  private void accept() {
    try {
      while (true) {
        var near = door.accept();
        if (isShut.get()) {
          quietly(near);
          continue;
        }
        var far = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(near);
        sockets.add(far);
        Thread.ofVirtual().start(() -> copy(near, far, false));
        Thread.ofVirtual().start(() -> copy(far, near, true));
      }
    } catch (IOException e) {
      // Closed: the test is over.
    }
  }

  private void copy(Socket from, Socket to, boolean isAnswer) {
    byte[] bytes = new byte[8_192];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        if (!isAnswer || !isSilent.get()) {
          out.write(bytes, 0, n);
        }
      }
    } catch (IOException e) {
      // One side is gone; so is the other, below.
    } finally {
      quietly(from);
      quietly(to);
    }
  }

  private static void quietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
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

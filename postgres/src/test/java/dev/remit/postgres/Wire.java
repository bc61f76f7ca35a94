package dev.remit.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The way to the database, which fails as it is told: it falls silent, or it breaks before or after
 * so many messages went through.
 */
final class Wire implements AutoCloseable {

  private static final int NEVER = Integer.MAX_VALUE;

  private final ServerSocket listener;
  private final int port;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger passed = new AtomicInteger();
  private volatile boolean isSilent;
  private volatile int cutBefore = NEVER;
  private volatile int cutAfter = NEVER;

  Wire(DatabaseConfig to) {
    try {
      int colon = to.url().lastIndexOf(':');
      port = Integer.parseInt(to.url().substring(colon + 1, to.url().indexOf('/', colon)));
      listener = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** The same database over this way. */
  DatabaseConfig over(DatabaseConfig to) {
    return new DatabaseConfig(
        to.url().replace(":" + port + "/", ":" + listener.getLocalPort() + "/"),
        to.user(),
        to.password());
  }

  void silent(boolean isSilentNow) {
    isSilent = isSilentNow;
  }

  /** How many packets of the client's went through since the last order. */
  int passed() {
    return passed.get();
  }

  /** All is well, and packets are counted from here. */
  void whole() {
    cutBefore = NEVER;
    cutAfter = NEVER;
    passed.set(0);
  }

  /** Breaks every connection instead of letting this packet of the client's through. */
  void cutBefore(int packet) {
    whole();
    cutBefore = packet;
  }

  /** Lets this packet through, and breaks every connection instead of its answer. */
  void cutAfter(int packet) {
    whole();
    cutAfter = packet;
  }

  private void accept() {
    try {
      while (true) {
        var client = listener.accept();
        var server = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        sockets.add(client);
        sockets.add(server);
        Thread.ofVirtual().start(() -> pump(client, server, true));
        Thread.ofVirtual().start(() -> pump(server, client, false));
      }
    } catch (IOException e) {
      breakAll();
    }
  }

  private void pump(Socket from, Socket to, boolean isClient) {
    byte[] buffer = new byte[1 << 16];
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        while (isSilent) {
          LockSupport.parkNanos(5_000_000);
        }
        int packet = isClient ? passed.incrementAndGet() : passed.get();
        if (packet >= cutBefore || (!isClient && packet >= cutAfter)) {
          breakAll();
          return;
        }
        out.write(buffer, 0, count);
        out.flush();
      }
    } catch (IOException e) {
      // the other side hears of it by its own socket
    }
  }

  private void breakAll() {
    for (var socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        // it is closed
      }
    }
    sockets.clear();
  }

  @Override
  public void close() {
    isSilent = false;
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    breakAll();
  }
}

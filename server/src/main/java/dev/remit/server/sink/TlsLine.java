package dev.remit.server.sink;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.Status;

/**
 * One connection over TLS that tells an end with {@code close_notify} from one without, which the
 * platform's sockets take for the same (RFC 8446, section 6.1). The receiver's certificate must
 * name its host. Whoever is interrupted while it waits closes it.
 */
final class TlsLine implements Closeable {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final SocketChannel channel;
  private final SSLEngine engine;
  private final ByteBuffer coming;
  private final ByteBuffer plain;
  private final ByteBuffer leaving;

  private TlsLine(SocketChannel channel, SSLEngine engine) {
    this.channel = channel;
    this.engine = engine;
    var session = engine.getSession();
    this.coming = ByteBuffer.allocate(session.getPacketBufferSize());
    this.leaving = ByteBuffer.allocate(session.getPacketBufferSize());
    this.plain = ByteBuffer.allocate(session.getApplicationBufferSize());
  }

  /** Connects and proves who answers. */
  static TlsLine to(SSLContext tls, String host, int port, int connectMillis) throws IOException {
    var engine = tls.createSSLEngine(host, port);
    engine.setUseClientMode(true);
    var parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    engine.setSSLParameters(parameters);
    var line = new TlsLine(SocketChannel.open(), engine);
    try {
      line.channel.socket().connect(new InetSocketAddress(host, port), connectMillis);
      engine.beginHandshake();
      line.shakeHands();
      return line;
    } catch (IOException | RuntimeException e) {
      line.close();
      throw e;
    }
  }

  private void shakeHands() throws IOException {
    while (true) {
      switch (engine.getHandshakeStatus()) {
        case NEED_WRAP -> wrap(NOTHING);
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
          if (unwrap() == Status.CLOSED) {
            throw new EOFException("it closed during the handshake");
          }
        }
        case NEED_TASK -> {
          for (var task = engine.getDelegatedTask(); task != null; ) {
            task.run();
            task = engine.getDelegatedTask();
          }
        }
        case FINISHED, NOT_HANDSHAKING -> {
          return;
        }
      }
    }
  }

  /** Sends all of it. */
  void send(byte[] bytes) throws IOException {
    var from = ByteBuffer.wrap(bytes);
    while (from.hasRemaining()) {
      wrap(from);
    }
  }

  private void wrap(ByteBuffer from) throws IOException {
    leaving.clear();
    if (engine.wrap(from, leaving).getStatus() == Status.CLOSED && leaving.position() == 0) {
      throw new EOFException("the connection is closed");
    }
    leaving.flip();
    while (leaving.hasRemaining()) {
      int _ = channel.write(leaving);
    }
  }

  /** Takes in one record; what it says is dropped. */
  private Status unwrap() throws IOException {
    while (true) {
      coming.flip();
      plain.clear();
      var status = engine.unwrap(coming, plain).getStatus();
      coming.compact();
      if (status == Status.BUFFER_OVERFLOW) {
        throw new IOException("a record is larger than its protocol allows");
      }
      if (status != Status.BUFFER_UNDERFLOW) {
        return status;
      }
      if (channel.read(coming) < 0) {
        throw new EOFException("the connection ended without notice");
      }
    }
  }

  /**
   * Says that nothing more comes and waits until the other side says so, too.
   *
   * @throws EOFException when the connection ends without that word
   */
  void awaitClose() throws IOException {
    engine.closeOutbound();
    while (!engine.isOutboundDone()) {
      wrap(NOTHING);
    }
    while (unwrap() != Status.CLOSED) {
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

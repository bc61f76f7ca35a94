package dev.remit.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One kept-alive HTTP/1.1 connection that costs the machine as little as a client can: the bytes of
 * a request are written at once, an answer is read whole (RFC 9112, sections 6.3 and 7.1).
 *
 * <p>For one thread. It does not follow, retry or reconnect.
 */
public final class HttpConnection implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 20_000;

  private final Socket socket = new Socket();
  private final InputStream in;
  private final OutputStream out;
  private final byte[] buffer = new byte[16 * 1024];
  private int from;
  private int to;

  /** A whole answer. Never compared; the bytes are its own. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Answer(int status, @Nullable String session, @Nullable String nonce, byte[] body) {}

  /** Connects. */
  public HttpConnection(URI uri) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), 5_000);
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  /** Sends a request and reads its answer. */
  public Answer exchange(byte[] head, byte[] body) throws IOException {
    byte[] request = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, request, head.length, body.length);
    out.write(request);
    String status = line();
    int code = Integer.parseInt(status.substring(9, 12));
    int length = 0;
    boolean isChunked = false;
    String session = null;
    String nonce = null;
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      String value = line.substring(colon + 1).strip();
      switch (name) {
        case "content-length" -> length = Integer.parseInt(value);
        case "transfer-encoding" -> isChunked = value.equalsIgnoreCase("chunked");
        case "mcp-session-id" -> session = value;
        case "dpop-nonce" -> nonce = value;
        default -> {}
      }
    }
    return new Answer(code, session, nonce, isChunked ? chunks() : bytes(length));
  }

  private byte[] chunks() throws IOException {
    byte[] whole = {};
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      byte[] part = bytes(size);
      int before = whole.length;
      whole = Arrays.copyOf(whole, before + size);
      System.arraycopy(part, 0, whole, before, size);
      line();
    }
    line();
    return whole;
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(line().split(";", 2)[0].strip(), 16);
  }

  private byte[] bytes(int length) throws IOException {
    byte[] bytes = new byte[length];
    int filled = 0;
    while (filled < length) {
      fill();
      int part = Math.min(length - filled, to - from);
      System.arraycopy(buffer, from, bytes, filled, part);
      from += part;
      filled += part;
    }
    return bytes;
  }

  private String line() throws IOException {
    var line = new StringBuilder(48);
    while (true) {
      fill();
      char c = (char) (buffer[from++] & 0xff);
      if (c == '\n') {
        return line.toString();
      }
      if (c != '\r') {
        line.append(c);
      }
    }
  }

  private void fill() throws IOException {
    if (from == to) {
      from = 0;
      to = in.read(buffer);
      if (to <= 0) {
        throw new EOFException("the server closed the connection");
      }
    }
  }

  /** The bytes of a head. */
  public static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }
}

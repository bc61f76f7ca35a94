package dev.remit.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A bare socket, for what no HTTP client would send. */
final class Raw implements AutoCloseable {

  private final Socket socket;

  Raw(String url) {
    try {
      var uri = URI.create(url);
      socket = new Socket(uri.getHost(), uri.getPort());
      socket.setSoTimeout(4_000);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The head of a POST to the MCP endpoint that is fine so far, without its last empty line. */
  static String head(String more) {
    return "POST /mcp HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer agent-one\r\n"
        + "Content-Type: application/json\r\nMCP-Protocol-Version: 2025-11-25\r\n"
        + more;
  }

  Raw send(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything until the server closes the connection. */
  String untilClosed() {
    try {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (java.net.SocketException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The status line's number, read without waiting for more. */
  int status() {
    try {
      var line = new StringBuilder();
      for (int c = socket.getInputStream().read(); c >= 0 && c != '\n'; ) {
        line.append((char) c);
        c = socket.getInputStream().read();
      }
      return line.isEmpty() ? 0 : Integer.parseInt(line.substring(9, 12));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

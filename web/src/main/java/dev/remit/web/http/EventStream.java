package dev.remit.web.http;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * An answer of Server-Sent Events (HTML Living Standard, section 9.2). Everything leaves at once; a
 * client that is gone or does not read makes a write throw.
 */
public final class EventStream {

  private static final byte[] COMMENT = ": waiting\n\n".getBytes(StandardCharsets.UTF_8);
  private static final byte[] BEFORE = "event: message\ndata: ".getBytes(StandardCharsets.UTF_8);
  private static final byte[] AFTER = "\n\n".getBytes(StandardCharsets.UTF_8);

  private final OutputStream out;
  private final Patience patience;

  EventStream(OutputStream out, Patience patience) {
    this.out = out;
    this.patience = patience;
  }

  /** A comment, which clients ignore: it shows both sides that the other is there. */
  public void comment() {
    write(COMMENT);
  }

  /** One event; the data holds no line break. */
  public void event(byte[] data) {
    write(BEFORE, data, AFTER);
  }

  /** Ends the answer. */
  public void close() {
    patience.bound(() -> {
      try {
        out.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  private void write(byte[]... parts) {
    patience.bound(() -> {
      try {
        for (byte[] part : parts) {
          out.write(part);
        }
        out.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }
}

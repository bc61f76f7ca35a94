package dev.remit.web.http;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Writes to a client, none of whose reads may keep a thread for ever. */
final class PatientStream extends OutputStream {

  private final OutputStream out;
  private final Patience patience;

  PatientStream(OutputStream out, Patience patience) {
    this.out = out;
    this.patience = patience;
  }

  /** What the client is sent. */
  @FunctionalInterface
  private interface Transfer {
    void run() throws IOException;
  }

  private void bounded(Transfer transfer) {
    patience.bound(() -> {
      try {
        transfer.run();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  @Override
  public void write(int b) {
    bounded(() -> out.write(b));
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    bounded(() -> out.write(bytes, from, length));
  }

  @Override
  public void flush() {
    bounded(out::flush);
  }

  @Override
  public void close() {
    bounded(out::close);
  }
}

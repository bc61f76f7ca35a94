package dev.remit.cli.connect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** One request on its way, which can be given up at any moment by closing its connection. */
final class Running {

  private boolean isGivenUp; // guarded by this
  private @Nullable CompletableFuture<HttpResponse<InputStream>> pending; // guarded by this
  private @Nullable InputStream body; // guarded by this

  /** Waits for the answer's head. */
  HttpResponse<InputStream> await(CompletableFuture<HttpResponse<InputStream>> sent)
      throws IOException {
    synchronized (this) {
      pending = sent;
      if (isGivenUp) {
        sent.cancel(true);
      }
    }
    try {
      var answer = sent.join();
      synchronized (this) {
        body = answer.body();
        if (isGivenUp) {
          answer.body().close();
        }
      }
      return answer;
    } catch (CancellationException e) {
      throw new IOException("given up", e);
    } catch (CompletionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
    }
  }

  /** Closes the connection; the gateway takes that for a cancellation. */
  synchronized void giveUp() {
    isGivenUp = true;
    if (pending != null) {
      pending.cancel(true);
    }
    if (body != null) {
      try {
        body.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  synchronized boolean isGivenUp() {
    return isGivenUp;
  }
}

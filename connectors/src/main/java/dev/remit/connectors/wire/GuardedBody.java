package dev.remit.connectors.wire;

import dev.remit.core.execution.SendBy;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/**
 * A request's body that looks at <em>send-by</em> once more when the connection stands: connecting
 * may have taken longer than the request had.
 */
final class GuardedBody implements BodyPublisher {
  private final BodyPublisher bytes;
  private final SendBy sendBy;

  GuardedBody(byte[] body, SendBy sendBy) {
    this.bytes = BodyPublishers.ofByteArray(body);
    this.sendBy = sendBy;
  }

  /** The body was kept back. */
  static final class LateException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public long contentLength() {
    return bytes.contentLength();
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    if (!sendBy.isPast()) {
      bytes.subscribe(subscriber);
      return;
    }
    subscriber.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long n) {
            subscriber.onError(new LateException());
          }

          @Override
          public void cancel() {}
        });
  }
}

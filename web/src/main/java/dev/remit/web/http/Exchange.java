package dev.remit.web.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One request and the way to answer it.
 *
 * <p>Promises: a header field or query parameter that came twice is refused, never chosen from; the
 * body is read once, within the listener's limits; exactly one answer is sent. Used by one thread,
 * but for a stream that was opened.
 */
public final class Exchange {

  private final ServerRequest request;
  private final ServerResponse response;
  private final List<String> variables;
  private final Limits limits;
  private final Patience patience;
  private final Map<String, String> standing;
  private boolean isBodyTouched;
  private boolean isBodyRead;

  Exchange(
      ServerRequest request,
      ServerResponse response,
      List<String> variables,
      Limits limits,
      Patience patience,
      Map<String, String> standing) {
    this.request = request;
    this.response = response;
    this.variables = variables;
    this.limits = limits;
    this.patience = patience;
    this.standing = standing;
  }

  /** The method, such as {@code GET}. */
  public String method() {
    return request.prologue().method().text();
  }

  /** The path as it came, without the query; a route matched it. */
  public String path() {
    return request.prologue().uriPath().rawPath();
  }

  /** The name in the place of the route's first {@code *}; empty text where there is none. */
  public String variable() {
    return variables.isEmpty() ? "" : variables.getFirst();
  }

  /** The name in the place of one of the route's {@code *}, counted from zero. */
  public String variable(int index) {
    return variables.get(index);
  }

  /** Whether the other end of the connection is on this machine. */
  public boolean isFromThisMachine() {
    return request.remotePeer().address() instanceof InetSocketAddress peer
        && peer.getAddress() != null
        && peer.getAddress().isLoopbackAddress();
  }

  /** Whether the connection is encrypted up to this process. */
  public boolean isSecure() {
    return request.isSecure();
  }

  /** The client's chain of this connection, leaf first; empty where it showed none. */
  public List<X509Certificate> clientCertificates() {
    return request
        .remotePeer()
        .tlsCertificates()
        .map(chain ->
            Arrays.stream(chain)
                .filter(X509Certificate.class::isInstance)
                .map(X509Certificate.class::cast)
                .toList())
        .orElse(List.of());
  }

  /** The checked {@code Host}. */
  public String host() {
    return header(HeaderNames.HOST).orElse("");
  }

  /** The one value of a header field, without surrounding white space. */
  public Optional<String> header(HeaderName name) {
    var values = request.headers().all(name, List::of);
    if (values.size() > 1) {
      throw Refusal.badRequest("header `" + name.defaultCase() + "` came more than once; send one");
    }
    return values.stream().findFirst().map(String::strip);
  }

  /** All values of a header field that is a list by its definition, such as {@code Accept}. */
  public List<String> headers(HeaderName name) {
    return request.headers().all(name, List::of);
  }

  /** The one value of a query parameter. */
  public Optional<String> query(String name) {
    var values = request.query().all(name, List::of);
    if (values.size() > 1) {
      throw Refusal.badRequest("parameter `" + name + "` came more than once; send one");
    }
    return values.stream().findFirst();
  }

  /** Refuses parameters that this route does not know. */
  public void onlyQuery(Set<String> known) {
    for (var name : request.query().names()) {
      if (!known.contains(name)) {
        throw Refusal.badRequest("unknown parameter `" + name + "`: use " + sorted(known));
      }
    }
  }

  /** The body, whole; 415 unless it says that it is JSON. */
  public byte[] jsonBody() {
    var type = header(HeaderNames.CONTENT_TYPE).orElse("");
    if (!MediaTypes.isJson(type)) {
      throw new Refusal(415, "unsupported-media-type", "send the body as application/json");
    }
    return body();
  }

  /** The fields of a form, whole; 415 unless the body says that it is one. */
  public Form formBody() {
    var type = header(HeaderNames.CONTENT_TYPE).orElse("");
    if (!MediaTypes.isForm(type)) {
      throw new Refusal(
          415, "unsupported-media-type", "send the body as application/x-www-form-urlencoded");
    }
    return Form.parse(body());
  }

  private byte[] body() {
    isBodyTouched = true;
    var body = new byte[1][];
    patience.bound(() -> body[0] = read());
    isBodyRead = true;
    return body[0];
  }

  /** Sends the answer; a connection whose request body was not read is closed after it. */
  public void send(Answer answer) {
    response.status(Status.create(answer.status()));
    response.header(HeaderNames.CACHE_CONTROL, "no-store");
    response.header(HeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff");
    standing.forEach((name, value) -> response.header(HeaderNames.create(name), value));
    answer.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
    if (!answer.cookies().isEmpty()) {
      response.headers().set(HeaderNames.SET_COOKIE, answer.cookies());
    }
    if (isClosing()) {
      response.header(HeaderNames.CONNECTION, "close");
    }
    if (answer.body().length == 0 || request.prologue().method().text().equals("HEAD")) {
      patience.bound(response::send);
      return;
    }
    response.header(HeaderNames.CONTENT_TYPE, answer.mediaType());
    patience.bound(() -> response.send(answer.body()));
  }

  /** Opens an answer of Server-Sent Events. */
  public EventStream openEventStream() {
    response.status(Status.OK_200);
    response.header(HeaderNames.CACHE_CONTROL, "no-store");
    response.header(HeaderNames.CONTENT_TYPE, "text/event-stream");
    response.header(HeaderNames.create("X-Accel-Buffering"), "no");
    return new EventStream(response.outputStream(), patience);
  }

  /**
   * Opens an answer that leaves while it is made. What breaks off half way closes the connection,
   * so a reader never takes a part for the whole.
   */
  public OutputStream openStream(String mediaType) {
    response.status(Status.OK_200);
    response.header(HeaderNames.CACHE_CONTROL, "no-store");
    response.header(HeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff");
    standing.forEach((name, value) -> response.header(HeaderNames.create(name), value));
    response.header(HeaderNames.CONTENT_TYPE, mediaType);
    return new PatientStream(response.outputStream(), patience);
  }

  /** Whether an answer has begun to leave. */
  boolean isAnswered() {
    return response.isSent();
  }

  /**
   * Ends the connection if nothing more can come over it. What the client still sends of a body
   * that nobody wanted is taken first, so that it can read the answer.
   */
  void closeIfDue() {
    if (!isClosing()) {
      return;
    }
    if (!isBodyTouched && hasBody() && !request.headers().contains(HeaderNames.EXPECT)) {
      isBodyTouched = true;
      patience.bound(this::readQuietly);
    }
    throw new CloseConnectionException("the answer was the last on this connection");
  }

  private boolean isClosing() {
    return (!isBodyRead && hasBody())
        || request.headers().containsToken(HeaderValues.CONNECTION_CLOSE);
  }

  private byte[] read() {
    try {
      byte[] body = request.content().inputStream().readNBytes(limits.bodyBytes() + 1);
      if (body.length > limits.bodyBytes()) {
        throw tooLarge();
      }
      return body;
    } catch (Refusal | CloseConnectionException e) {
      throw e;
    } catch (RequestException e) {
      throw e.status().equals(Status.REQUEST_ENTITY_TOO_LARGE_413) ? tooLarge() : badFraming();
    } catch (IOException | RuntimeException e) {
      throw badFraming(); // the server throws whatever its parsers of chunks threw
    }
  }

  private void readQuietly() {
    try {
      read();
    } catch (Refusal e) {
      // the answer has left already
    }
  }

  private static Refusal badFraming() {
    return Refusal.badRequest("the body is not framed as HTTP asks for");
  }

  private boolean hasBody() {
    return request.headers().contains(HeaderNames.TRANSFER_ENCODING)
        || request.headers().contentLength().orElse(0) > 0;
  }

  private Refusal tooLarge() {
    return new Refusal(
        413, "content-too-large", "the body is larger than " + limits.bodyBytes() + " bytes");
  }

  private static String sorted(Set<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names.stream().sorted().toList());
  }
}

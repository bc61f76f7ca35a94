package dev.remit.web.http;

import java.util.Map;

/**
 * A request that is answered with an HTTP status of 400 or more, and why, in words for the sender.
 *
 * <p>The message holds no secret and no name of our code; the wire's {@link ErrorShape} decides how
 * it looks.
 */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final transient Map<String, String> headers;

  public Refusal(int status, String code, String message) {
    this(status, code, message, Map.of());
  }

  public Refusal(int status, String code, String message, Map<String, String> headers) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.headers = Map.copyOf(headers);
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** A stable code for programs, such as {@code bad-request}. */
  public String code() {
    return code;
  }

  /** Header fields that belong to the answer. */
  public Map<String, String> headers() {
    return headers;
  }

  /** The words for the sender. */
  public String words() {
    return String.valueOf(getMessage());
  }

  /** 400: what was sent cannot be understood. */
  public static Refusal badRequest(String words) {
    return new Refusal(400, "bad-request", words);
  }

  /** 404: nothing here under that name. */
  public static Refusal notFound() {
    return new Refusal(404, "not-found", "nothing here under this name");
  }
}

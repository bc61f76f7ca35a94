package dev.remit.lab.http;

/** A request that is answered with an error; carries the status, a vendor-like code and words. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int status;
  private final String code;

  public Refusal(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  public static Refusal badRequest(String message) {
    return new Refusal(400, "invalid_request", message);
  }

  public static Refusal notFound(String message) {
    return new Refusal(404, "not_found", message);
  }

  public static Refusal conflict(String message) {
    return new Refusal(409, "conflict", message);
  }

  /** The reply this refusal becomes. */
  public Reply reply() {
    Reply reply =
        Reply.of(
            status, Json.object("error", code, "error_description", String.valueOf(getMessage())));
    return status == 401 ? reply.with("WWW-Authenticate", "Bearer error=\"" + code + "\"") : reply;
  }
}

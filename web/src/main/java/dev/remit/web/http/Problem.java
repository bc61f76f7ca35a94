package dev.remit.web.http;

import dev.remit.core.value.Value;
import dev.remit.json.Json;

/**
 * A problem in the form of RFC 9457, with the extension member {@code code} for programs.
 *
 * <p>The type is always {@code about:blank}: the title is the status in words, and {@code code}
 * tells problems of one status apart.
 */
public final class Problem {

  /** The shape of everything that is not MCP. */
  public static final ErrorShape SHAPE =
      refusal -> answer(refusal.status(), refusal.code(), refusal.words()).with(refusal.headers());

  private Problem() {}

  /** A problem as an answer. */
  public static Answer answer(int status, String code, String detail) {
    var problem =
        Value.object("title", title(status), "status", status, "detail", detail, "code", code);
    return Answer.of(status, "application/problem+json", Json.bytes(problem));
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 406 -> "Not Acceptable";
      case 408 -> "Request Timeout";
      case 409 -> "Conflict";
      case 413 -> "Content Too Large";
      case 414 -> "URI Too Long";
      case 415 -> "Unsupported Media Type";
      case 429 -> "Too Many Requests";
      case 501 -> "Not Implemented";
      case 503 -> "Service Unavailable";
      default -> status < 500 ? "Refused" : "Internal Server Error";
    };
  }
}

package dev.remit.connectors.wire;

/** Names of HTTP statuses (RFC 9110, section 15), because a vendor's own words do not travel. */
public final class Statuses {
  private Statuses() {}

  /** Such as {@code 404 not found}. */
  public static String words(int status) {
    String name =
        switch (status) {
          case 400 -> " bad request";
          case 401 -> " unauthorized";
          case 403 -> " forbidden";
          case 404 -> " not found";
          case 405 -> " method not allowed";
          case 408 -> " request timeout";
          case 409 -> " conflict";
          case 410 -> " gone";
          case 412 -> " precondition failed";
          case 415 -> " unsupported media type";
          case 422 -> " unprocessable content";
          case 423 -> " locked";
          case 429 -> " too many requests";
          case 500 -> " internal server error";
          case 502 -> " bad gateway";
          case 503 -> " service unavailable";
          case 504 -> " gateway timeout";
          default -> "";
        };
    return status + name;
  }
}

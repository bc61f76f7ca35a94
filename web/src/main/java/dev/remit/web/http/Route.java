package dev.remit.web.http;

import java.util.Optional;

/**
 * A path that exists, the one method it takes, and what answers it.
 *
 * <p>{@code template} is an absolute path whose segment {@code *}, if there is one, stands for any
 * single name of letters, digits, dot, hyphen and underscore. Anything that needs decoding matches
 * nothing: there is no second spelling of a path.
 */
public record Route(String method, String template, ErrorShape shape, Endpoint endpoint) {

  /** A route whose problems are RFC 9457. */
  public static Route of(String method, String template, Endpoint endpoint) {
    return new Route(method, template, Problem.SHAPE, endpoint);
  }

  /** The name in the place of {@code *} (empty text where there is none), if the path fits. */
  Optional<String> match(String path) {
    int star = template.indexOf('*');
    if (star < 0) {
      return template.equals(path) ? Optional.of("") : Optional.empty();
    }
    String before = template.substring(0, star);
    String after = template.substring(star + 1);
    if (path.length() <= before.length() + after.length()
        || !path.startsWith(before)
        || !path.endsWith(after)) {
      return Optional.empty();
    }
    String name = path.substring(before.length(), path.length() - after.length());
    return isName(name) ? Optional.of(name) : Optional.empty();
  }

  private static boolean isName(String text) {
    if (text.length() > 128 || text.startsWith(".")) {
      return false;
    }
    return text.chars()
        .allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "-_.".indexOf(c) >= 0));
  }
}

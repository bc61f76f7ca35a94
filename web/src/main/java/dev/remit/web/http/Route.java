package dev.remit.web.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A path that exists, the one method it takes, and what answers it.
 *
 * <p>{@code template} is an absolute path; each of its segments {@code *} stands for any single
 * name of letters, digits, dot, hyphen and underscore. Anything that needs decoding matches
 * nothing: there is no second spelling of a path.
 */
public record Route(String method, String template, ErrorShape shape, Endpoint endpoint) {

  /** A route whose problems are RFC 9457. */
  public static Route of(String method, String template, Endpoint endpoint) {
    return new Route(method, template, Problem.SHAPE, endpoint);
  }

  /** The names in the places of {@code *}, in order, if the path fits. */
  Optional<List<String>> match(String path) {
    if (template.indexOf('*') < 0) {
      return template.equals(path) ? Optional.of(List.of()) : Optional.empty();
    }
    var wanted = template.split("/", -1);
    var given = path.split("/", -1);
    if (wanted.length != given.length) {
      return Optional.empty();
    }
    var names = new ArrayList<String>();
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i].equals("*") && isName(given[i])) {
        names.add(given[i]);
      } else if (wanted[i].equals("*") || !wanted[i].equals(given[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(names);
  }

  private static boolean isName(String text) {
    if (text.isEmpty() || text.length() > 128 || text.startsWith(".")) {
      return false;
    }
    return text.chars()
        .allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "-_.".indexOf(c) >= 0));
  }
}

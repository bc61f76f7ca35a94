package dev.remit.identity.binding;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether two addresses are the same, by syntax and scheme (RFC 3986, sections 6.2.2 and 6.2.3),
 * without query and fragment (RFC 9449, section 4.3).
 */
final class RequestUri {

  private static final int LONGEST = 2_048;

  private RequestUri() {}

  static boolean isSame(String named, String here) {
    if (named.equals(here)) {
      return true;
    }
    var first = normal(named);
    return first.isPresent() && first.equals(normal(here));
  }

  private static Optional<String> normal(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      var uri = new URI(text).normalize();
      if (uri.getScheme() == null || uri.getHost() == null || uri.getRawUserInfo() != null) {
        return Optional.empty();
      }
      String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
      if (!scheme.equals("http") && !scheme.equals("https")) {
        return Optional.empty();
      }
      int usual = scheme.equals("https") ? 443 : 80;
      int port = uri.getPort() < 0 ? usual : uri.getPort();
      String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
      return Optional.of(
          scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + port + unescaped(path));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** Escapes in upper case, and none where none is needed (section 6.2.2.2). */
  private static String unescaped(String path) {
    var out = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c != '%') {
        out.append(c);
        continue;
      }
      int code = Integer.parseInt(path, i + 1, i + 3, 16); // the URI was parsed: there are two
      if (code < 128 && (Character.isLetterOrDigit(code) || "-._~".indexOf(code) >= 0)) {
        out.append((char) code);
      } else {
        out.append('%').append(path.substring(i + 1, i + 3).toUpperCase(Locale.ROOT));
      }
      i += 2;
    }
    return out.toString();
  }
}

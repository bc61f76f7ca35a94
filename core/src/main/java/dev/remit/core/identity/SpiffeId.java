package dev.remit.core.identity;

import dev.remit.core.value.InvalidValueException;
import java.util.regex.Pattern;

/**
 * The name of one workload in a trust domain (SPIFFE-ID, sections 2.1 to 2.4).
 *
 * <p>Promises: it has one spelling, it has a path, and it is at most {@link #MOST_BYTES} long. The
 * name of a trust domain alone is not the name of a workload.
 *
 * @param trustDomain lower-case letters, digits, dots, hyphens and underscores
 * @param path begins with a slash; no segment is empty, {@code .} or {@code ..}
 */
public record SpiffeId(String trustDomain, String path) {

  /** The longest identifier that is read. */
  public static final int MOST_BYTES = 2048;

  private static final String SCHEME = "spiffe://";
  private static final Pattern DOMAIN = Pattern.compile("[a-z0-9._-]{1,255}");
  private static final Pattern PATH = Pattern.compile("(?:/[A-Za-z0-9._-]+)+");

  public SpiffeId {
    if (!isTrustDomain(trustDomain)) {
      throw new InvalidValueException(
          "a trust domain has lower-case letters, digits, `.`, `-` and `_` only");
    }
    if (SCHEME.length() + trustDomain.length() + path.length() > MOST_BYTES
        || !PATH.matcher(path).matches()
        || (path + "/").contains("/./")
        || (path + "/").contains("/../")) {
      throw new InvalidValueException(
          "the path of a spiffe id has segments of letters, digits, `.`, `-` and `_` only");
    }
  }

  /** Reads {@code spiffe://DOMAIN/PATH}; any other spelling is wrong input. */
  public static SpiffeId parse(String text) {
    if (text.length() > MOST_BYTES || !text.startsWith(SCHEME)) {
      throw new InvalidValueException("a spiffe id is written spiffe://DOMAIN/PATH");
    }
    int slash = text.indexOf('/', SCHEME.length());
    if (slash < 0) {
      throw new InvalidValueException("a spiffe id without a path names no workload");
    }
    return new SpiffeId(text.substring(SCHEME.length(), slash), text.substring(slash));
  }

  /** Whether this can be the name of a trust domain. */
  public static boolean isTrustDomain(String name) {
    return DOMAIN.matcher(name).matches();
  }

  /** As it stands in certificates and tokens. */
  public String text() {
    return SCHEME + trustDomain + path;
  }

  @Override
  public String toString() {
    return text();
  }
}

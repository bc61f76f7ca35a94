package dev.remit.policy.opa;

import dev.remit.core.release.PolicyPeers.SecondPoint;
import dev.remit.core.value.InvalidValueException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Where OPA is asked and for how long.
 *
 * @param base such as {@code http://127.0.0.1:8181}, without a path
 * @param path the document asked for, such as {@code remit/decision}
 * @param token the bearer token that OPA wants, read when it is needed
 */
public record OpaEndpoint(
    URI base, String path, Duration within, Optional<Supplier<String>> token) {

  private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_]+(?:/[A-Za-z0-9_]+){0,15}");
  private static final Duration LONGEST = Duration.ofSeconds(5);

  public OpaEndpoint {
    if (!PATH.matcher(path).matches()) {
      throw new InvalidValueException(
          "path `" + path + "` must be names of letters, digits and _ between slashes");
    }
    if (!within.isPositive() || within.compareTo(LONGEST) > 0) {
      throw new InvalidValueException("`within` must be above zero and at most 5s");
    }
    boolean isHttp = "http".equals(base.getScheme()) || "https".equals(base.getScheme());
    if (!isHttp || base.getHost() == null || base.getRawQuery() != null) {
      throw new InvalidValueException("`baseUrl` of OPA must be an http or https URL");
    }
  }

  /** What a version asks of the address that the server's configuration lists. */
  public static OpaEndpoint of(URI base, SecondPoint asked, Optional<Supplier<String>> token) {
    return new OpaEndpoint(base, asked.path(), asked.within(), token);
  }

  /** The data API's address of the document. */
  URI uri() {
    String text = base.toString();
    String root = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    return URI.create(root + "/v1/data/" + path);
  }

  @Override
  public String toString() {
    return "OpaEndpoint[" + base + ", " + path + "]";
  }
}

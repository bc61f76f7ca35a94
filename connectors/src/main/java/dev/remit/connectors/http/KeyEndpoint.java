package dev.remit.connectors.http;

import dev.remit.core.value.InvalidValueException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Where an HTTP system is that knows standing keys alone, from the server's own configuration.
 *
 * @param baseUri what every declared path stands under
 * @param header the header that carries the key
 * @param scheme what stands before the key and a space in that header; empty for nothing
 * @param key unseals the key at the moment of use
 */
public record KeyEndpoint(URI baseUri, String header, String scheme, Supplier<String> key) {
  private static final Pattern HEADER = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,63}");
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,31}|");
  private static final Set<String> TAKEN =
      Set.of("host", "content-length", "content-type", "accept", "connection", "transfer-encoding");

  public KeyEndpoint {
    requireLogin(header, scheme);
  }

  /** A header that may carry a secret, and what stands before it. */
  static void requireLogin(String header, String scheme) {
    boolean isHeader =
        HEADER.matcher(header).matches() && !TAKEN.contains(header.toLowerCase(Locale.ROOT));
    if (!isHeader || !SCHEME.matcher(scheme).matches()) {
      throw new InvalidValueException(
          "`"
              + header
              + "` with scheme `"
              + scheme
              + "` cannot carry a key: name a header such as `Authorization` or `X-Api-Key`");
    }
  }

  @Override
  public String toString() {
    return "KeyEndpoint[" + baseUri + "]";
  }
}

package dev.remit.connectors.http;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A vendor's standing key in the hands of one lease; it is wiped when that ends. */
final class KeyCredential implements HttpCredential {
  private final String principal;
  private final KeyEndpoint endpoint;
  private final Instant end;
  private final byte[] key; // guarded by this; wiped once ended
  private boolean isEnded; // guarded by this

  KeyCredential(String principal, KeyEndpoint endpoint, String key, Instant end) {
    this.principal = principal;
    this.endpoint = endpoint;
    this.key = key.getBytes(StandardCharsets.UTF_8);
    this.end = end;
  }

  @Override
  public String principal() {
    return principal;
  }

  @Override
  public synchronized List<String> secrets() {
    return isEnded ? List.of() : List.of(text());
  }

  @Override
  public synchronized Optional<Login> loginAt(Instant instant) {
    if (isEnded || !instant.isBefore(end)) {
      return Optional.empty();
    }
    var before = endpoint.scheme().isEmpty() ? "" : endpoint.scheme() + " ";
    return Optional.of(new Login(endpoint.header(), before + text(), text()));
  }

  private String text() {
    return new String(key, StandardCharsets.UTF_8);
  }

  synchronized void end() {
    isEnded = true;
    Arrays.fill(key, (byte) 0);
  }

  @Override
  public String toString() {
    return "KeyCredential[" + principal + "]";
  }
}

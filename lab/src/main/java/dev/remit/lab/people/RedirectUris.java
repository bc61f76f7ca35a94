package dev.remit.lab.people;

import dev.remit.lab.http.Refusal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Where a signed-in person may be sent: compared as text, character by character (RFC 9700 §2.1).
 * Thread safe.
 */
public final class RedirectUris {
  /** Where a console on its default port takes people back. */
  static final List<String> USUAL =
      List.of("http://127.0.0.1:8471/console/callback", "http://localhost:8471/console/callback");

  private final Set<String> registered = new LinkedHashSet<>(USUAL);
  private final Consumer<List<String>> store;

  public RedirectUris(List<String> kept, Consumer<List<String>> store) {
    this.store = store;
    registered.addAll(kept);
  }

  /** Registers one more; it stays for later starts. */
  public synchronized void register(String text) {
    if (!isFit(text)) {
      throw Refusal.badRequest(
          "a redirect uri is https, or http on this machine, with a path and without a fragment");
    }
    registered.add(text);
    store.accept(List.copyOf(registered));
  }

  private static boolean isFit(String text) {
    try {
      URI uri = new URI(text);
      String host = Optional.ofNullable(uri.getHost()).orElse("").toLowerCase(Locale.ROOT);
      boolean isLocal = Set.of("127.0.0.1", "localhost", "[::1]").contains(host);
      boolean isSafe =
          "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && isLocal);
      return isSafe
          && !host.isEmpty()
          && uri.getRawUserInfo() == null
          && uri.getRawFragment() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  synchronized boolean contains(String text) {
    return registered.contains(text);
  }

  public synchronized List<String> all() {
    return List.copyOf(registered);
  }
}

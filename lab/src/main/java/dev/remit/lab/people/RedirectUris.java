package dev.remit.lab.people;

import dev.remit.lab.http.Refusal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Where a signed-in person may be sent: compared as text, character by character (RFC 9700 §2.1).
 * Each issuer knows where a console on its usual port takes its people back, and none of the
 * others'; what is registered beside that counts at all of them. Thread safe.
 */
public final class RedirectUris {
  private final Set<String> registered = new LinkedHashSet<>();
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

  /** Where a console on its usual port takes people of this issuer back. */
  static List<String> usual(String issuer) {
    String path = ":8471/signin/callback/" + issuer;
    return List.of("http://localhost" + path, "http://127.0.0.1" + path);
  }

  synchronized boolean contains(String issuer, String text) {
    return usual(issuer).contains(text) || registered.contains(text);
  }

  /** What was registered. */
  public synchronized List<String> all() {
    return List.copyOf(registered);
  }

  /** All that count at one issuer. */
  List<String> of(String issuer) {
    List<String> all = new ArrayList<>(usual(issuer));
    all.addAll(all());
    return all;
  }
}

package dev.remit.identity;

import dev.remit.core.call.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Which assertions came already (RFC 7523, section 3, item 7), each as long as it could come again.
 * Thread safe.
 *
 * <p>Its memory is bounded for each client by itself: one that signs too many is not heard until
 * some have died, and takes nothing from others. Clients are those of the workspace, and only what
 * they signed comes here.
 */
final class SpentAssertions {

  static final int MOST_OF_ONE = 10_000;

  private final Map<String, Map<String, Instant>> byClient = new HashMap<>();

  /** What becomes of an assertion that is shown. */
  enum Spending {
    FIRST,
    AGAIN,
    FULL
  }

  synchronized Spending spend(String client, String id, Instant until, Instant at) {
    var spent = byClient.computeIfAbsent(client, _ -> new HashMap<>());
    String mark = Sha256.of(id.getBytes(StandardCharsets.UTF_8));
    var before = spent.get(mark);
    if (before != null && at.isBefore(before)) {
      return Spending.AGAIN;
    }
    if (spent.size() >= MOST_OF_ONE) {
      spent.values().removeIf(end -> !at.isBefore(end));
    }
    if (spent.size() >= MOST_OF_ONE) {
      return Spending.FULL;
    }
    spent.put(mark, until);
    return Spending.FIRST;
  }
}

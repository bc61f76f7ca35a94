package dev.remit.web.console;

import java.util.List;

/**
 * The pages that the console's navigation leads to, and the key after {@code g} that goes there.
 */
public enum Place {
  INBOX("Inbox", "/console/inbox", "i"),
  TASKS("Tasks", "/console/tasks", "t"),
  TRAIL("Trail", "/console/trail", "r"),
  OVERSIGHT("Oversight", "/console/oversight", "o"),
  AGENTS("Agents", "/console/agents", "a"),
  TENANTS("Tenants", "/console/tenants", "c"),
  POSTURE("Posture", "/console/posture", "p"),
  KEYS("Keys", "/console/keys", "k");

  /** All of them, in the order they are shown. */
  public static final List<Place> ALL = List.of(values());

  private final String label;
  private final String path;
  private final String key;

  Place(String label, String path, String key) {
    this.label = label;
    this.path = path;
    this.key = key;
  }

  /** What it is called. */
  public String label() {
    return label;
  }

  /** Where it is. */
  public String path() {
    return path;
  }

  /** The key after {@code g}. */
  public String key() {
    return key;
  }

  /** The name of its icon. */
  public String icon() {
    return label.toLowerCase(java.util.Locale.ROOT);
  }
}

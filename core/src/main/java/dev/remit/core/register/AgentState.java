package dev.remit.core.register;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a class of agents stands. Only {@link #ACTIVE} works. */
public enum AgentState {
  /** It is defined, and people have not launched it as it is defined. */
  PROPOSED,
  ACTIVE,
  /** It worked; it comes back by a proposal. */
  SUSPENDED,
  /** It never comes back. */
  RETIRED;

  /** The form in entries and rows, such as {@code active}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads {@link #text()}. */
  public static Optional<AgentState> of(String text) {
    return Arrays.stream(values()).filter(state -> state.text().equals(text)).findFirst();
  }
}

package dev.remit.core.tenant;

import java.util.Locale;
import java.util.Optional;

/**
 * What kind of data a field of an answer is, so that a client can say which kinds may go to which
 * provider of a model. Nothing is more than what it is called: no class includes another.
 */
public enum DataClass {
  /** How machines, services and their monitoring are. */
  OPERATIONAL,
  /** The client's affairs without a person in them: states of tickets, contracts, things owned. */
  BUSINESS,
  /** About a person: names, addresses, what somebody wrote or did. */
  PERSONAL,
  /** What the client would tell nobody outside: health, law, money, security findings. */
  CONFIDENTIAL;

  /** The form in workspaces and entries, such as {@code operational}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The class of this name. */
  public static Optional<DataClass> parse(String text) {
    for (var each : values()) {
      if (each.text().equals(text)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}

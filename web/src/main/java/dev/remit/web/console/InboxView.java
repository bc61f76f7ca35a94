package dev.remit.web.console;

import java.util.List;
import java.util.Optional;

/**
 * What waits for people.
 *
 * @param mine what this reader may answer now
 * @param others what the reader may see and others answer
 * @param self where this list is read again
 * @param next where the next page is
 * @param hasKey whether the reader has a key to answer with
 */
public record InboxView(
    List<CardView> mine,
    List<CardView> others,
    String self,
    Optional<String> next,
    boolean hasKey) {

  public InboxView {
    mine = List.copyOf(mine);
    others = List.copyOf(others);
  }
}

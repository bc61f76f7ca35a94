package dev.remit.web.console;

import java.util.Optional;

/**
 * What stands around a page's own content.
 *
 * @param title the page's name
 * @param place where the reader is in the navigation, if it is one of its pages
 * @param reader who reads; nobody on the pages before sign-in
 * @param theme {@code light} or {@code dark} as the reader chose, or {@code auto}
 * @param assets where the style sheet and the scripts are
 */
public record Frame(
    String title, Optional<Place> place, Optional<Reader> reader, String theme, Assets assets) {

  /** Who reads, in words for the page. */
  public record Reader(String name, String organisation, String csrf) {}
}

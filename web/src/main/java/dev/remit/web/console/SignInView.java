package dev.remit.web.console;

import java.util.List;
import java.util.Optional;

/**
 * The organisations whose people may sign in.
 *
 * @param message what went wrong or was done before
 */
public record SignInView(List<Choice> choices, Optional<String> message) {

  public SignInView {
    choices = List.copyOf(choices);
  }

  /**
   * One way in.
   *
   * @param name the organisation's name
   * @param path where its sign-in begins
   */
  public record Choice(String name, String path) {}
}

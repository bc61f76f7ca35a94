package dev.remit.web.console;

import java.util.List;

/** The organisations whose people may sign in. */
public record SignInView(List<Choice> choices) {

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

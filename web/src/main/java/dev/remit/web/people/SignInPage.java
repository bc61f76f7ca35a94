package dev.remit.web.people;

import java.util.List;
import java.util.Optional;

/**
 * The page that asks where somebody wants to sign in; the console brings one of its own looks.
 *
 * <p>Everything in it is for the eyes: it holds no token and no script.
 */
@FunctionalInterface
public interface SignInPage {

  /** A plain page without style. */
  SignInPage PLAIN = SignInPage::plain;

  /**
   * The whole page as HTML.
   *
   * @param choices where one may sign in
   * @param message what went wrong or was done before, in words for the person
   */
  String render(List<Choice> choices, Optional<String> message);

  /**
   * A link to an issuer.
   *
   * @param label the issuer's name in the workspace
   * @param href a path of ours, to be escaped like any text
   */
  record Choice(String label, String href) {}

  private static String plain(List<Choice> choices, Optional<String> message) {
    var page = new StringBuilder();
    page.append("<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .append("<title>Sign in - Remit</title></head>\n<body><main><h1>Sign in to Remit</h1>\n");
    message.ifPresent(
        words -> page.append("<p role=\"alert\">").append(escaped(words)).append("</p>\n"));
    page.append(choices.isEmpty() ? "" : "<ul>\n");
    for (var choice : choices) {
      page.append("<li><a href=\"")
          .append(escaped(choice.href()))
          .append("\">Sign in at ")
          .append(escaped(choice.label()))
          .append("</a></li>\n");
    }
    return page.append(choices.isEmpty() ? "" : "</ul>\n")
        .append("<form action=\"/signin\" method=\"get\"><label>Your organisation's name ")
        .append("<input name=\"organisation\" required></label> <button>Go on</button></form>\n")
        .append("</main></body></html>\n")
        .toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}

package dev.remit.lab.people;

import static dev.remit.lab.http.Html.escape;

import dev.remit.lab.http.Html;
import dev.remit.lab.http.Reply;
import java.net.URI;
import java.util.List;

/** The page where one says who one is: a form without script, framed by nobody. */
final class LoginPage {
  private static final String STYLE =
      "body{font:1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:2rem auto;padding:0 1rem;"
          + "color-scheme:light dark}button{display:block;width:100%;margin:.4rem 0;"
          + "padding:.7rem;text-align:left;font:inherit}small{display:block;opacity:.8}";

  private LoginPage() {}

  static Reply choose(
      String organisation,
      String action,
      String request,
      String redirectUri,
      List<Account> people) {
    StringBuilder page = new StringBuilder();
    page.append("<h1>Sign in at ").append(escape(organisation)).append("</h1>");
    page.append("<form method=\"post\" action=\"").append(escape(action)).append("\">");
    page.append("<input type=\"hidden\" name=\"request\" value=\"")
        .append(escape(request))
        .append("\">");
    people.stream().filter(Account::isActive).forEach(one -> button(page, one));
    page.append("<button name=\"deny\" value=\"1\">Do not sign in</button></form>");
    return page(200, organisation, page.toString(), redirectUri);
  }

  private static void button(StringBuilder page, Account account) {
    page.append("<button name=\"person\" value=\"")
        .append(escape(account.subject()))
        .append("\">")
        .append(escape(account.name()))
        .append("<small>")
        .append(escape(account.title()));
    if (!account.groups().isEmpty()) {
      page.append(" \u2013 ").append(escape(String.join(", ", account.groups())));
    }
    page.append("</small></button>");
  }

  /** What is wrong, told to the browser because no client may be told. */
  static Reply wrong(int status, String organisation, String words) {
    return page(status, organisation, "<h1>Not possible</h1><p>" + escape(words) + "</p>", "");
  }

  /** A browser holds `form-action` against the redirect after the form too, so it names both. */
  private static Reply page(int status, String title, String body, String redirectUri) {
    String to = redirectUri.isEmpty() ? "" : " " + origin(redirectUri);
    String html =
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
            + "<meta name=\"viewport\" content=\"width=device-width\"><title>"
            + escape(title)
            + "</title><link rel=\"stylesheet\" href=\"style.css\"></head><body><main>"
            + body
            + "</main></body></html>";
    return Reply.of(status, new Html(html))
        .with(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none';"
                + " form-action 'self'"
                + to)
        .with("X-Frame-Options", "DENY")
        .with("X-Content-Type-Options", "nosniff")
        .with("Referrer-Policy", "no-referrer");
  }

  static String style() {
    return STYLE;
  }

  private static String origin(String redirectUri) {
    URI uri = URI.create(redirectUri);
    return uri.getScheme() + "://" + uri.getRawAuthority();
  }
}

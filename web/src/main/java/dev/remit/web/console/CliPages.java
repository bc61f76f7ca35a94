package dev.remit.web.console;

import dev.remit.web.console.Console.Page;
import dev.remit.web.http.Answer;
import dev.remit.web.http.Form;
import dev.remit.web.http.PeopleHeaders;
import dev.remit.web.http.Refusal;
import dev.remit.web.http.Route;
import dev.remit.web.people.CliSignIn;
import dev.remit.web.people.CliSignIn.Wish;
import dev.remit.web.people.SignedIn;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Asks somebody who is signed in whether a command line on their machine may act for them. */
final class CliPages {

  private static final String PATH = "/signin/cli/*/*/*";

  private final Console console;
  private final CliSignIn signIn;

  CliPages(Console console, CliSignIn signIn) {
    this.console = console;
    this.signIn = signIn;
  }

  List<Route> routes() {
    return List.of(console.get(PATH, Set.of(), this::ask), console.form(PATH, this::agreed));
  }

  private Answer ask(Page page) {
    var wish = wish(page);
    var view =
        new CliView(page.session().person().id().text(), page.exchange().path(), wish.redirect());
    // A browser holds the address that a form leads on to against this too.
    var policy =
        PeopleHeaders.POLICY.replace("form-action 'self'", "form-action 'self' " + wish.origin());
    return console
        .render(page, 200, "cli", Optional.empty(), "Sign the command line in", view)
        .with("Content-Security-Policy", policy);
  }

  private Answer agreed(Page page, Form form) {
    form.only(Set.of(SignedIn.CSRF_FIELD));
    return Answer.seeOther(signIn.offer(page.session(), wish(page)));
  }

  private static Wish wish(Page page) {
    return Wish.of(page.variable(0), page.variable(1), page.variable(2))
        .orElseThrow(Refusal::notFound);
  }
}

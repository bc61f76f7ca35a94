package dev.remit.web.console;

import dev.remit.core.flow.Oversight;
import dev.remit.core.identity.Organisation;
import dev.remit.core.release.Release;
import dev.remit.web.http.Answer;
import dev.remit.web.http.Cookie;
import dev.remit.web.http.Exchange;
import dev.remit.web.http.Form;
import dev.remit.web.http.Refusal;
import dev.remit.web.http.Route;
import dev.remit.web.people.PeopleWires;
import dev.remit.web.people.Rights.Verb;
import dev.remit.web.people.Session;
import dev.remit.web.people.SignInPage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The console's routes, each behind sign-in but for the files that pages load.
 *
 * <p>Promises: a page holds nothing of a tenant that {@link dev.remit.web.people.Rights} do not
 * open to its reader, and what is not the reader's is not found, like what does not exist; every
 * page is read only, and nothing here answers or changes anything.
 */
public final class Console {

  private static final Set<String> NO_QUERY = Set.of();

  private final Pages pages = new Pages();
  private final Assets assets = new Assets();
  private final PeopleWires wires;
  private final InstantSource clock;
  private final WorkPages work;
  private final ApprovalReading approvals;
  private final TaskReading tasks;
  private final TrailReading trail;
  private final OversightReading overseen;
  private final InstallationReading installation;
  private final FatigueReading fatigue;
  private final StandingPages standing;
  private final AgentPages agents;

  public Console(PeopleWires wires, Oversight oversight, InstantSource clock) {
    this.wires = wires;
    this.clock = clock;
    this.work = new WorkPages(this, wires, oversight);
    this.approvals = new ApprovalReading(wires.desk().approvals(), oversight);
    this.tasks = new TaskReading(oversight);
    this.trail = new TrailReading(oversight);
    this.overseen = new OversightReading(wires.desk().overseeing());
    this.installation = new InstallationReading(oversight, overseen);
    this.fatigue = new FatigueReading(oversight);
    this.standing = new StandingPages(this, oversight);
    this.agents = new AgentPages(this, wires.desk().overseeing().agents(), oversight);
  }

  /** The routes. */
  public List<Route> routes() {
    var routes = new ArrayList<>(assets.routes());
    routes.add(Route.of("GET", "/console", away("/console/inbox")));
    routes.add(Route.of("GET", "/console/", away("/console/inbox")));
    routes.add(get("/console/inbox", Set.of("cursor"), page -> inbox(page, "inbox")));
    routes.add(get("/console/inbox/list", Set.of("cursor"), page -> inbox(page, "inboxList")));
    routes.add(get("/console/card/*/*", NO_QUERY, this::card));
    routes.add(get("/console/card/*/*/live", NO_QUERY, this::live));
    routes.add(get("/console/tasks", NO_QUERY, page -> first(page, Place.TASKS.path())));
    routes.add(get("/console/tasks/*", NO_QUERY, page -> tasks(page, "tasks")));
    routes.add(get("/console/tasks/*/list", NO_QUERY, page -> tasks(page, "tasksList")));
    routes.add(get("/console/trail", NO_QUERY, page -> first(page, Place.TRAIL.path())));
    routes.add(get("/console/trail/*", NO_QUERY, page -> trail(page, "24h")));
    routes.add(get("/console/trail/*/*", NO_QUERY, page -> trail(page, page.variable(1))));
    routes.add(get("/console/trail/*/task/*", NO_QUERY, this::trailOfTask));
    routes.add(get("/console/call/*/*", NO_QUERY, this::call));
    routes.add(get("/console/oversight", NO_QUERY, page -> first(page, Place.OVERSIGHT.path())));
    routes.add(get("/console/oversight/*", Set.of("cursor"), this::oversight));
    routes.add(get("/console/autonomy", NO_QUERY, page -> first(page, OversightReading.AUTONOMY)));
    routes.add(get("/console/autonomy/*", NO_QUERY, this::autonomy));
    routes.add(get("/console/tenants", Set.of("from"), this::tenants));
    routes.add(get("/console/posture", NO_QUERY, this::posture));
    routes.add(get("/console/fatigue", Set.of("hours"), this::fatigue));
    routes.add(get("/console/keys", NO_QUERY, this::keys));
    routes.addAll(work.routes());
    routes.addAll(new OpenTaskPages(this, wires).routes());
    routes.addAll(standing.routes());
    routes.addAll(agents.routes());
    routes.addAll(new CliPages(this, wires.cli()).routes());
    return List.copyOf(routes);
  }

  /** The sign-in page in the console's looks. */
  public SignInPage signInPage() {
    return (choices, message) -> {
      var shown =
          choices.stream()
              .map(choice -> new SignInView.Choice(organisation(choice.label()), choice.href()))
              .toList();
      var frame = new Frame("Sign in", Optional.empty(), Optional.empty(), "auto", assets);
      return new String(
          pages.render("signIn", frame, new SignInView(shown, message)), StandardCharsets.UTF_8);
    };
  }

  /** An organisation's own name, where the version in force says whose people an issuer has. */
  private String organisation(String issuer) {
    Release release;
    try {
      release = wires.desk().release().get();
    } catch (RuntimeException e) {
      return issuer; // no version is in force: the page still says where to sign in
    }
    return release
        .people()
        .organisationOf(issuer)
        .map(organisation -> nameOf(release, organisation))
        .orElse(issuer);
  }

  private static String nameOf(Release release, Organisation organisation) {
    return switch (organisation) {
      case Organisation.Msp() -> release.organisation();
      case Organisation.Client(var tenant) -> {
        var known = release.tenants().get(tenant);
        yield known == null ? tenant.value() : known.name();
      }
    };
  }

  /** One request of a signed-in reader. */
  record Page(Exchange exchange, Session session, Sight sight, Instant now) {
    String variable(int index) {
      return exchange.variable(index);
    }
  }

  @FunctionalInterface
  interface Reading {
    Answer of(Page page);
  }

  /** What takes a form. */
  @FunctionalInterface
  interface Taking {
    Answer of(Page page, Form form);
  }

  Route form(String path, Taking taking) {
    return Route.of(
        "POST",
        path,
        wires
            .signedIn()
            .form((exchange, session, form) -> {
              var sight = new Sight(session.person(), wires.desk().release().get());
              var page = new Page(exchange, session, sight, clock.instant());
              exchange.send(answered(page, NO_QUERY, one -> taking.of(one, form)));
            }));
  }

  Route get(String path, Set<String> query, Reading reading) {
    return Route.of(
        "GET",
        path,
        wires
            .signedIn()
            .page((exchange, session) -> {
              var sight = new Sight(session.person(), wires.desk().release().get());
              var page = new Page(exchange, session, sight, clock.instant());
              exchange.send(answered(page, query, reading));
            }));
  }

  private Answer answered(Page page, Set<String> query, Reading reading) {
    try {
      page.exchange().onlyQuery(query);
      return reading.of(page);
    } catch (Refusal refusal) {
      return refused(page, refusal);
    }
  }

  private Answer refused(Page page, Refusal refusal) {
    String heading =
        switch (refusal.status()) {
          case 404 -> "There is nothing here for you";
          case 403 -> "This is not yours to see";
          default -> "This request cannot be understood";
        };
    String words =
        refusal.status() == 404
            ? "it does not exist, is over, or belongs to somebody else"
            : refusal.words();
    return render(
        page,
        refusal.status(),
        "message",
        Optional.empty(),
        heading,
        new MessageView(heading, words, "Back to the inbox", "/console/inbox"));
  }

  private Answer inbox(Page page, String template) {
    var rights = new dev.remit.web.people.Rights(page.sight().release().people());
    boolean mayRead = !page.sight().tenants(Verb.READ_PROPOSALS).isEmpty();
    var person = page.session().person();
    boolean hasKey =
        wires.desk().keys().of(person).stream().anyMatch(key -> key.isLiveAt(page.now()));
    var view =
        mayRead && rights.may(person, Verb.SELF)
            ? approvals.inbox(page.sight(), page.exchange().query("cursor"), hasKey, page.now())
            : new InboxView(List.of(), List.of(), "/console/inbox/list", Optional.empty(), true);
    return page(page, template, Place.INBOX, "Inbox", view);
  }

  private Answer card(Page page) {
    requireProposals(page);
    boolean isFresh = wires.sessions().isFresh(page.session());
    var view =
        approvals
            .card(page.sight(), page.variable(0), page.variable(1), isFresh, page.now())
            .orElseThrow(Refusal::notFound);
    return page(page, "card", Place.INBOX, Visible.plain(view.title()), view);
  }

  private Answer live(Page page) {
    requireProposals(page);
    return switch (approvals.live(page.sight(), page.variable(0), page.variable(1), page.now())) {
      case ApprovalReading.Open(CardView view) ->
          page(page, "cardLive", Place.INBOX, view.title(), view);
      case ApprovalReading.Over() -> Answer.empty(204).with("HX-Refresh", "true");
    };
  }

  private static void requireProposals(Page page) {
    var rights = new dev.remit.web.people.Rights(page.sight().release().people());
    var tenant = new dev.remit.core.tenant.TenantId(page.variable(0));
    if (!rights.may(page.session().person(), Verb.READ_PROPOSALS, tenant)) {
      throw Refusal.notFound();
    }
  }

  private Answer first(Page page, String path) {
    var all = page.sight().tenants(Verb.READ_TASKS);
    return all.isEmpty()
        ? Answer.seeOther(Place.TENANTS.path())
        : Answer.seeOther(path + "/" + all.getFirst().id().value());
  }

  private Answer tasks(Page page, String template) {
    var tenant = page.sight().tenant(page.variable(0), Verb.READ_TASKS);
    return page(
        page, template, Place.TASKS, "Tasks", tasks.tasks(page.sight(), tenant, page.now()));
  }

  private Answer trail(Page page, String period) {
    var tenant = page.sight().tenant(page.variable(0), Verb.READ_TRAIL);
    if (!TrailView.PERIODS.contains(period)) {
      throw Refusal.notFound();
    }
    var view = trail.period(page.sight(), tenant, period, page.now());
    return page(page, "trail", Place.TRAIL, "Trail", view);
  }

  private Answer trailOfTask(Page page) {
    var tenant = page.sight().tenant(page.variable(0), Verb.READ_TRAIL);
    var view = trail.task(page.sight(), tenant, page.variable(1), page.now());
    return page(page, "trail", Place.TRAIL, "Trail of a task", view);
  }

  private Answer call(Page page) {
    var tenant = page.sight().tenant(page.variable(0), Verb.READ_TRAIL);
    var view = trail.call(page.sight(), tenant, page.variable(1)).orElseThrow(Refusal::notFound);
    return page(page, "call", Place.TRAIL, "Decision path", view);
  }

  private Answer oversight(Page page) {
    var tenant = page.sight().tenant(page.variable(0), Verb.READ_OVERSIGHT);
    var view = overseen.items(page.sight(), tenant, page.exchange().query("cursor"), page.now());
    return page(page, "oversight", Place.OVERSIGHT, "Oversight", view);
  }

  private Answer autonomy(Page page) {
    var tenant = page.sight().tenant(page.variable(0), Verb.READ_OVERSIGHT);
    var view = overseen.levels(page.sight(), tenant, page.now());
    return page(page, "autonomy", Place.OVERSIGHT, "Autonomy", view);
  }

  private Answer tenants(Page page) {
    var view = installation.tenants(page.sight(), page.exchange().query("from"), page.now());
    return page(page, "tenants", Place.TENANTS, "Tenants", view);
  }

  private Answer posture(Page page) {
    return page(
        page, "posture", Place.POSTURE, "Posture", installation.posture(page.sight(), page.now()));
  }

  private Answer fatigue(Page page) {
    var view = fatigue.fatigue(page.sight(), page.exchange().query("hours"), page.now());
    return page(page, "fatigue", Place.POSTURE, "Fatigue", view);
  }

  private Answer keys(Page page) {
    var person = page.session().person();
    boolean isFirst = wires.desk().firstKeys().openFor().equals(Optional.of(person.organisation()));
    var view =
        new KeysView(
            wires.desk().keys().of(person), rule(person.organisation()), isFirst, page.now());
    return page(page, "keys", Place.KEYS, "Keys", view);
  }

  private static String rule(Organisation organisation) {
    return switch (organisation) {
      case Organisation.Msp() ->
          "Your browser asks your authenticator for a new key. It counts after another"
              + " administrator has approved it.";
      case Organisation.Client ignored ->
          "Your browser asks your authenticator for a new key. It counts 72 hours after another"
              + " approver of your company has approved it.";
    };
  }

  Answer page(Page page, String template, Place place, String title, Object view) {
    return render(page, 200, template, Optional.of(place), title, view);
  }

  Answer render(
      Page page, int status, String template, Optional<Place> place, String title, Object view) {
    var person = page.session().person();
    var reader =
        new Frame.Reader(
            person.name(),
            nameOf(page.sight().release(), person.organisation()),
            page.session().csrf());
    var theme =
        Cookie.of(page.exchange(), "remit-theme")
            .filter(Set.of("light", "dark")::contains)
            .orElse("auto");
    var frame = new Frame(title, place, Optional.of(reader), theme, assets);
    return Answer.of(status, "text/html; charset=utf-8", pages.render(template, frame, view));
  }

  private static dev.remit.web.http.Endpoint away(String path) {
    return exchange -> exchange.send(Answer.seeOther(path));
  }
}

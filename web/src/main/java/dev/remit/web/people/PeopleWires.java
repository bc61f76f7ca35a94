package dev.remit.web.people;

import dev.remit.core.flow.Oversight;
import dev.remit.core.release.People;
import dev.remit.evidence.TenantEvidence;
import dev.remit.web.http.OperatorToken;
import dev.remit.web.http.Route;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Everything of the people's listener but its pages: sign-in, sessions, the JSON API. The console
 * stands on the {@link #signedIn}, {@link #sessions} and {@link #people} of this.
 *
 * @param people the people of the policy version in force; throws while there is none
 */
public record PeopleWires(
    PeopleDesk desk,
    Supplier<PeopleSite> site,
    Supplier<People> people,
    Sessions sessions,
    SignedIn signedIn,
    CliSignIn cli) {

  /** Puts them together. */
  public static PeopleWires of(
      PeopleDesk desk, Supplier<PeopleSite> site, InstantSource clock, RandomGenerator random) {
    var sessions = new Sessions(desk.sessions(), desk::people, desk.times(), clock, random);
    return new PeopleWires(
        desk,
        site,
        desk::people,
        sessions,
        new SignedIn(sessions, site),
        new CliSignIn(desk.sessions(), sessions, clock));
  }

  /**
   * The routes.
   *
   * @param random must be fit for secrets
   */
  public List<Route> routes(
      Oversight oversight,
      TenantEvidence evidence,
      OperatorToken operator,
      InstantSource clock,
      RandomGenerator random,
      SignInPage page) {
    var askers = new Askers(operator, sessions, signedIn, people);
    var routes = new ArrayList<Route>();
    routes.addAll(
        new SignInRoutes(
                desk.signIn(), people, sessions, signedIn, desk.times(), site, clock, random, page)
            .routes());
    routes.addAll(new MeRoutes(sessions, desk.release(), askers).routes());
    routes.addAll(
        new ApprovalRoutes(desk.approvals(), oversight, sessions, people, askers).routes());
    routes.addAll(new OperateRoutes(desk.taskDesk(), desk.killSwitch(), people, askers).routes());
    routes.addAll(new WorkRoutes(desk.ownCalls(), sessions, people, askers).routes());
    routes.addAll(new CliRoutes(cli, sessions).routes());
    routes.addAll(new CustodyRoutes(desk.overseeing().custody(), people, askers).routes());
    routes.addAll(new OversightRoutes(desk.overseeing(), people, askers, clock).routes());
    routes.addAll(new AgentRoutes(desk.overseeing().agents(), people, askers).routes());
    routes.addAll(new KeyRoutes(desk, site, askers, clock, random).routes());
    routes.addAll(new PeopleRoutes(oversight, desk.killSwitch(), askers).routes());
    routes.addAll(new EvidenceRoutes(evidence, oversight, askers).routes());
    routes.addAll(new FatigueRoutes(oversight, askers, clock).routes());
    routes.addAll(new StandingRoutes(oversight, people, askers).routes());
    return routes;
  }
}

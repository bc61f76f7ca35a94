package dev.remit.web.people;

import dev.remit.core.approval.KeyRegistration;
import dev.remit.core.flow.Approvals;
import dev.remit.core.flow.Keys;
import dev.remit.core.flow.KillSwitch;
import dev.remit.core.flow.OwnCalls;
import dev.remit.core.flow.TaskDesk;
import dev.remit.core.identity.PersonSessions;
import dev.remit.core.identity.PersonSignIn;
import dev.remit.core.release.People;
import dev.remit.core.release.Release;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What people sign in to and answer with.
 *
 * @param release the policy version in force; what it throws refuses everybody
 * @param site where people's browsers find us; without it, {@code http://localhost} at the port of
 *     the listener
 * @param firstKeys the one-time links for keys that nobody is there to answer for
 */
public record PeopleDesk(
    PersonSessions sessions,
    PersonSignIn signIn,
    Supplier<Release> release,
    Approvals approvals,
    Keys keys,
    KillSwitch killSwitch,
    TaskDesk taskDesk,
    OwnCalls ownCalls,
    Overseeing overseeing,
    KeyRegistration registration,
    FirstKeys firstKeys,
    SessionTimes times,
    Optional<PeopleSite> site) {

  /** Without an operator's work: nobody stops, holds or lifts anything by it. */
  public PeopleDesk(
      PersonSessions sessions,
      PersonSignIn signIn,
      Supplier<Release> release,
      Approvals approvals,
      Keys keys,
      KeyRegistration registration,
      FirstKeys firstKeys,
      SessionTimes times,
      Optional<PeopleSite> site) {
    this(
        sessions,
        signIn,
        release,
        approvals,
        keys,
        new Idle(),
        new Idle(),
        new Idle(),
        Overseeing.NOTHING,
        registration,
        firstKeys,
        times,
        site);
  }

  /** The same with this to oversee. */
  public PeopleDesk overseeing(Overseeing work) {
    return new PeopleDesk(
        sessions,
        signIn,
        release,
        approvals,
        keys,
        killSwitch,
        taskDesk,
        ownCalls,
        work,
        registration,
        firstKeys,
        times,
        site);
  }

  /** The people of the policy version in force. */
  public People people() {
    return release.get().people();
  }
}

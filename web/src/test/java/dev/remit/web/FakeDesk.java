package dev.remit.web;

import dev.remit.core.release.People;
import dev.remit.core.release.Releases;
import dev.remit.web.people.FirstKeys;
import dev.remit.web.people.Overseeing;
import dev.remit.web.people.PeopleDesk;
import dev.remit.web.people.SessionTimes;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What people sign in to, all of it in memory. */
final class FakeDesk {

  final ManualTime clock = new ManualTime();
  final MemoryPersonSessions sessions = new MemoryPersonSessions();
  final FakeSignIn signIn = new FakeSignIn();
  final FakeApprovals approvals = new FakeApprovals();
  final FakeOperating operating = new FakeOperating();
  final FakeOwnCalls ownCalls = new FakeOwnCalls();
  final FakeOverseeing overseeing = new FakeOverseeing();
  final FakeAgents agents = new FakeAgents();
  final FakeKeys keys = new FakeKeys();

  /** The people in force; none stands for no policy at all. */
  volatile Optional<People> people = Optional.of(Team.people());

  /** What the owner of the machine finds in the file. */
  volatile @Nullable String firstKeyFile;

  PeopleDesk desk() {
    return new PeopleDesk(
        sessions,
        signIn,
        () ->
            Team.release(people.orElseThrow(() -> new Releases.PolicyUnavailableException("none"))),
        approvals,
        keys,
        operating,
        operating,
        ownCalls,
        new Overseeing(overseeing, overseeing, new FakeCustody(), agents),
        keys,
        new FirstKeys(
            new FirstKeys.Place() {
              @Override
              public String put(String text) {
                firstKeyFile = text;
                return "first-key";
              }

              @Override
              public void clear() {
                firstKeyFile = null;
              }
            },
            organisation -> keys.stored.isEmpty(),
            clock,
            new SplittableRandom(11)),
        SessionTimes.DEFAULT,
        Optional.empty());
  }
}

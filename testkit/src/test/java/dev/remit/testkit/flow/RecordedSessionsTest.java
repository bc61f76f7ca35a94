package dev.remit.testkit.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Entry.Kind;
import dev.remit.core.flow.RecordedSessions;
import dev.remit.core.identity.PersonId;
import dev.remit.core.identity.PersonSessions;
import dev.remit.core.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Nobody signs in or out without the operator's log. */
class RecordedSessionsTest {
  private final FlowWorld world = new FlowWorld();
  private final Sessions behind = new Sessions();
  private final RecordedSessions sessions =
      new RecordedSessions(
          behind,
          world.watch.over(
              dev.remit.core.evidence.Journal.class, world.ledgers.journal(), "told", Map.of()),
          world.ids,
          world.clock);

  /** Sessions by their digest, and nothing else. */
  private static final class Sessions implements PersonSessions {
    final Map<String, Stored> stored = new HashMap<>();

    @Override
    public void begin(Stored session) {
      stored.put(session.digest(), session);
    }

    @Override
    public Optional<Stored> find(String digest, Instant at) {
      return Optional.ofNullable(stored.get(digest)).filter(session -> session.isLiveAt(at));
    }

    @Override
    public void used(String digest, Instant idleAt) {}

    @Override
    public void end(String digest) {
      stored.remove(digest);
    }

    @Override
    public int endAll(PersonId person) {
      int before = stored.size();
      stored.values().removeIf(session -> session.person().id().equals(person));
      return before - stored.size();
    }

    @Override
    public void offer(Offer offer) {}

    @Override
    public Taking take(String digest, String session, Instant at) {
      throw new IllegalStateException("nobody takes one here");
    }

    @Override
    public void sweep(Instant at) {}
  }

  private PersonSessions.Stored session(String digest) {
    var now = world.clock.instant();
    return new PersonSessions.Stored(
        digest,
        PersonSessions.Kind.BROWSER,
        Crowd.msp("sam", "seniors"),
        now,
        now.plus(Duration.ofMinutes(15)),
        now.plus(Duration.ofHours(8)));
  }

  private List<Entry> told(Kind kind) {
    return world.ledgers.entries(TenantId.OPERATOR).stream()
        .filter(entry -> entry.kind() == kind)
        .toList();
  }

  @Test
  void eachBeginningAndEachEndIsTold() {
    sessions.begin(session("one"));
    assertThat(told(Kind.SIGNED_IN))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.fields().text("person")).contains("staff/sam");
          assertThat(entry.fields().text("organisation")).contains("msp");
          assertThat(entry.fields().text("for")).contains("browser");
          assertThat(entry.fields().toString()).doesNotContain("one");
        });
    sessions.end("one");
    assertThat(told(Kind.SIGNED_OUT)).hasSize(1);
    assertThat(behind.stored).isEmpty();
  }

  @Test
  void nobodyIsSignedInWhomTheLogCouldNotTellOf() {
    world.watch.takeAway("told.append");
    assertThatThrownBy(() -> sessions.begin(session("one"))).isInstanceOf(RuntimeException.class);
    assertThat(behind.stored).isEmpty();
  }

  @Test
  void whatWasNotThereEndsUntold() {
    sessions.end("none");
    assertThat(sessions.endAll(new PersonId("staff", "sam"))).isZero();
    sessions.begin(session("late"));
    world.pass(Duration.ofMinutes(15));
    sessions.end("late");
    assertThat(told(Kind.SIGNED_OUT)).isEmpty();
    assertThat(behind.stored).isEmpty();
  }

  @Test
  void allOfAPersonEndTogetherAndAreCounted() {
    sessions.begin(session("one"));
    sessions.begin(session("two"));
    assertThat(sessions.endAll(new PersonId("staff", "sam"))).isEqualTo(2);
    assertThat(told(Kind.SIGNED_OUT))
        .singleElement()
        .satisfies(entry -> assertThat(entry.fields().integer("sessions")).contains(2L));
  }
}

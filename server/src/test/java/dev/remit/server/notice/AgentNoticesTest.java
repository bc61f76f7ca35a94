package dev.remit.server.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.Autonomy;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.PersonId;
import dev.remit.core.register.AgentState;
import dev.remit.core.register.Agents;
import dev.remit.core.register.Boundaries;
import dev.remit.core.register.Registration;
import dev.remit.core.tenant.TenantId;
import dev.remit.json.Json;
import dev.remit.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who hears of what becomes of an agent, and how often. */
class AgentNoticesTest {

  private static final Instant NOW = Instant.parse("2026-01-31T10:00:00Z");
  private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(60));

  private final ManualClock clock = new ManualClock(NOW);
  private final List<String> told = new ArrayList<>();
  private final List<AgentNotice> last = new ArrayList<>();
  private Agents.Shown shown = active(NOW.plus(Duration.ofDays(40)));
  private boolean isOurTurn = true;
  private boolean isReached = true;
  private AgentNotices notices = started();

  /** Remembers what it is given. */
  private final class Heard implements Channel {
    private final String name;
    private final Organisation of;
    private final Optional<String> group;

    Heard(String name, Organisation of, Optional<String> group) {
      this.name = name;
      this.of = of;
      this.group = group;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Organisation organisation() {
      return of;
    }

    @Override
    public Optional<String> group() {
      return group;
    }

    @Override
    public boolean tell(Notice notice, Instant at) {
      throw new AssertionError("this is about no proposal");
    }

    @Override
    public boolean tell(AgentNotice notice, Instant at) {
      if (isReached) {
        told.add(name + " " + notice.kind().text());
        last.add(notice);
      }
      return isReached;
    }
  }

  private AgentNotices started() {
    var msp = new Organisation.Msp();
    List<Channel> channels =
        List.of(
            new Heard("all", msp, Optional.empty()),
            new Heard("owners", msp, Optional.of("service-managers")),
            new Heard("overseers", msp, Optional.of("overseers")),
            new Heard("others", msp, Optional.of("technicians")),
            new Heard("client", new Organisation.Client(new TenantId("harbor")), Optional.empty()));
    return new AgentNotices(
        new AgentNotices.Sources(
            () -> List.of(shown),
            one -> Set.of("service-managers", "overseers"),
            () -> isOurTurn,
            one -> "https://remit.example/console/agents#agent-desk"),
        channels,
        clock);
  }

  private static Agents.Shown active(Instant certifyBy) {
    return shown(AgentState.ACTIVE, "launch", LONG_AGO, Optional.of(certifyBy));
  }

  private static Agents.Shown suspended(String cause, Instant since) {
    return shown(AgentState.SUSPENDED, cause, since, Optional.empty());
  }

  private static Agents.Shown shown(
      AgentState state, String cause, Instant since, Optional<Instant> certifyBy) {
    var id = new AgentClassId("desk");
    var boundaries =
        new Boundaries(
            Set.of(),
            Set.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            "models",
            "service-managers",
            Optional.empty(),
            Optional.empty());
    return new Agents.Shown(
        new AgentClass(
            id,
            "service-managers",
            "tickets",
            "models",
            Set.of(),
            List.of(),
            Autonomy.of(AutonomyLevel.PROPOSE)),
        state,
        Optional.of(
            new Registration(
                id, state, 7, Optional.of(boundaries), cause, since, Optional.empty(), "entry")),
        Optional.of(new PersonId("staff", "ada")),
        false,
        boundaries,
        certifyBy,
        List.of());
  }

  @Test
  void ownersAndOverseersHearOnceThatAnAgentIsSuspendedAndNoClientDoes() {
    notices.round();
    assertThat(told).isEmpty();
    shown = suspended("owner-gone", NOW);
    notices.round();
    notices.round();
    assertThat(told)
        .containsExactly(
            "all agent.suspended", "owners agent.suspended", "overseers agent.suspended");
    assertThat(Json.text(last.getFirst().json(NOW)))
        .contains("\"cause\":\"owner-gone\"", "\"agentClass\":\"desk\"")
        .doesNotContain("ada");
    assertThat(last.getFirst().text()).contains("because its owner is gone");
  }

  @Test
  void whatIsLongAgoIsNoNewsForAProcessThatStarts() {
    shown = suspended("not-certified", LONG_AGO);
    notices.round();
    shown = active(NOW.plus(Duration.ofDays(2)));
    notices.round();
    assertThat(told).isEmpty();
  }

  @Test
  void aProcessThatStartsWithinTheHourRepeatsItUnderTheSameId() {
    shown = suspended("suspended", NOW);
    notices.round();
    clock.advance(Duration.ofMinutes(20));
    notices = started();
    notices.round();
    assertThat(last).extracting(AgentNotice::id).hasSize(6).containsOnly("desk.7.agent.suspended");
  }

  @Test
  void whoeverCannotBeReachedIsTriedAgainWithinTheHourAndNotLater() {
    shown = suspended("owner-gone", NOW);
    isReached = false;
    notices.round();
    isReached = true;
    clock.advance(Duration.ofMinutes(59));
    notices.round();
    assertThat(told).hasSize(3);
    told.clear();
    notices = started();
    clock.advance(Duration.ofMinutes(1));
    notices.round();
    assertThat(told).isEmpty();
  }

  @Test
  void aCertificationIsAskedForTwoWeeksThreeDaysAndOneDayBefore() {
    shown = active(NOW.plus(Duration.ofDays(15)));
    for (int hour = 0; hour < 15 * 24; hour++) {
      notices.round();
      notices.round();
      clock.advance(Duration.ofHours(1));
    }
    assertThat(told).hasSize(9).allMatch(one -> one.endsWith("agent.certification-due"));
    assertThat(last.stream().map(AgentNotice::id).distinct())
        .containsExactly(
            "desk.7.agent.certification-due.14",
            "desk.7.agent.certification-due.3",
            "desk.7.agent.certification-due.1");
  }

  @Test
  void aProcessThatDoesNotHaveTheTurnTellsNothing() {
    shown = suspended("owner-gone", NOW);
    isOurTurn = false;
    notices.round();
    assertThat(told).isEmpty();
  }
}

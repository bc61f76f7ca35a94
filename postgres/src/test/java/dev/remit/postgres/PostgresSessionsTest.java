package dev.remit.postgres;

import static dev.remit.postgres.World.HARBOR;
import static dev.remit.postgres.World.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.Person;
import dev.remit.core.identity.PersonId;
import dev.remit.core.identity.PersonSessions.Kind;
import dev.remit.core.identity.PersonSessions.NoOffer;
import dev.remit.core.identity.PersonSessions.Offer;
import dev.remit.core.identity.PersonSessions.Stored;
import dev.remit.core.identity.PersonSessions.Taken;
import dev.remit.core.identity.PersonSessions.TakenBefore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresSessionsTest {

  private final World world = new World();
  private final PostgresSessions sessions = new PostgresSessions(world.database);

  @AfterEach
  void close() {
    world.close();
  }

  private static Person person(String subject, Organisation organisation) {
    return new Person(
        new PersonId("staff", subject),
        "Ann \u202e \"O'Neil\"",
        organisation,
        Set.of("a", "b"),
        Optional.of("ann@msp.example"),
        NOW);
  }

  private static Stored session(String digest, Person person) {
    return new Stored(
        digest,
        Kind.BROWSER,
        person,
        NOW,
        NOW.plus(Duration.ofMinutes(30)),
        NOW.plus(Duration.ofHours(8)));
  }

  @Test
  void aSessionIsFoundAsItWasBegun() {
    var ours = session("sha256:1", person("ann", new Organisation.Msp()));
    var theirs =
        session(
            "sha256:2",
            new Person(
                new PersonId("harbor-dental", "x/y"),
                "Hanna",
                new Organisation.Client(HARBOR),
                Set.of(),
                Optional.empty(),
                NOW.minusSeconds(3)));
    sessions.begin(ours);
    sessions.begin(theirs);
    assertThat(sessions.find("sha256:1", NOW)).contains(ours);
    assertThat(sessions.find("sha256:2", NOW)).contains(theirs);
    assertThat(sessions.find("sha256:3", NOW)).isEmpty();
    assertThat(sessions.find("sha256:1' or true --", NOW)).isEmpty();
  }

  @Test
  void anIdIsTakenOnce() {
    sessions.begin(session("sha256:1", person("ann", new Organisation.Msp())));
    assertThatThrownBy(
            () -> sessions.begin(session("sha256:1", person("bo", new Organisation.Msp()))))
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void anIdleOrEndedSessionIsNone() {
    sessions.begin(session("sha256:1", person("ann", new Organisation.Msp())));
    Instant idle = NOW.plus(Duration.ofMinutes(30));
    assertThat(sessions.find("sha256:1", idle.minusSeconds(1))).isPresent();
    assertThat(sessions.find("sha256:1", idle)).isEmpty();
    sessions.used("sha256:1", NOW.plus(Duration.ofHours(9)));
    assertThat(sessions.find("sha256:1", idle)).isPresent();
    assertThat(sessions.find("sha256:1", NOW.plus(Duration.ofHours(8)))).isEmpty();
  }

  @Test
  void useNeverShortensIt() {
    sessions.begin(session("sha256:1", person("ann", new Organisation.Msp())));
    sessions.used("sha256:1", NOW.plusSeconds(1));
    assertThat(sessions.find("sha256:1", NOW.plusSeconds(60))).isPresent();
  }

  @Test
  void anEndedSessionIsGone() {
    sessions.begin(session("sha256:1", person("ann", new Organisation.Msp())));
    sessions.end("sha256:1");
    sessions.end("sha256:1");
    assertThat(sessions.find("sha256:1", NOW)).isEmpty();
    sessions.used("sha256:1", NOW.plusSeconds(9));
    assertThat(sessions.find("sha256:1", NOW)).isEmpty();
  }

  @Test
  void allOfOnePersonEndTogether() {
    sessions.begin(session("sha256:1", person("ann", new Organisation.Msp())));
    sessions.begin(session("sha256:2", person("ann", new Organisation.Msp())));
    sessions.begin(session("sha256:3", person("bo", new Organisation.Msp())));
    assertThat(sessions.endAll(new PersonId("staff", "ann"))).isEqualTo(2);
    assertThat(sessions.find("sha256:2", NOW)).isEmpty();
    assertThat(sessions.find("sha256:3", NOW)).isPresent();
  }

  private Offer offer(String digest) {
    var ann = person("ann", new Organisation.Msp());
    var offer = new Offer(digest, ann, "challenge", "http://127.0.0.1:1/", NOW.plusSeconds(60));
    sessions.offer(offer);
    return offer;
  }

  @Test
  void aSessionKeepsItsKind() {
    var ann = person("ann", new Organisation.Msp());
    var cli = new Stored("sha256:c", Kind.CLI, ann, NOW, NOW.plusSeconds(9), NOW.plusSeconds(9));
    sessions.begin(cli);
    assertThat(sessions.find("sha256:c", NOW)).contains(cli);
  }

  @Test
  void anOfferIsTakenOnce() {
    var offer = offer("sha256:o");
    assertThat(sessions.take("sha256:o", "sha256:s", NOW)).isEqualTo(new Taken(offer));
    assertThat(sessions.take("sha256:o", "sha256:t", NOW)).isEqualTo(new TakenBefore("sha256:s"));
    assertThat(sessions.take("sha256:other", "sha256:t", NOW)).isEqualTo(new NoOffer());
  }

  @Test
  void whoeverEndsAllOfAPersonEndsWhatIsAboutToBegin() {
    offer("sha256:o");
    sessions.endAll(new PersonId("staff", "ann"));
    assertThat(sessions.take("sha256:o", "sha256:s", NOW)).isEqualTo(new NoOffer());
  }

  @Test
  void anOfferThatIsOverIsNone() {
    offer("sha256:o");
    assertThat(sessions.take("sha256:o", "sha256:s", NOW.plusSeconds(60))).isEqualTo(new NoOffer());
    sessions.sweep(NOW.plus(Duration.ofHours(2)));
    assertThat(world.count("cli_offer")).isZero();
  }

  @Test
  void whatHasEndedIsForgotten() {
    sessions.begin(session("sha256:1", person("ann", new Organisation.Msp())));
    sessions.sweep(NOW.plus(Duration.ofMinutes(29)));
    assertThat(world.count("person_session")).isEqualTo(1);
    sessions.sweep(NOW.plus(Duration.ofMinutes(30)));
    assertThat(world.count("person_session")).isZero();
  }
}

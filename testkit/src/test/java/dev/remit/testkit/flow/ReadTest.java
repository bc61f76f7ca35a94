package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.NORTHWIND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Entry.Kind;
import dev.remit.core.flow.Oversight.What;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who read what of a tenant's evidence stands in that tenant's log. */
class ReadTest {
  private final FlowWorld world = new FlowWorld();

  private void read(String by, What what, String about) {
    world.drivers().oversight().read(HARBOR, by, what, about);
  }

  private List<Entry> entered() {
    world.drivers().oversee();
    return world.entries(Kind.READ);
  }

  @Test
  void aReadingIsEnteredWithWhoWhatAndWhose() {
    read("staff/sam", What.RECEIPT, "call-1");

    var entry = entered().getFirst();

    assertThat(entry.tenant()).isEqualTo(HARBOR);
    assertThat(entry.call()).as("it is no part of the call's receipt").isEmpty();
    assertThat(entry.fields().text("by")).contains("staff/sam");
    assertThat(entry.fields().text("what")).contains("receipt");
    assertThat(entry.fields().text("about")).contains("call-1");
    assertThat(entry.fields().integer("times")).contains(1L);
    assertThat(world.ledgers.entries(NORTHWIND)).noneMatch(e -> e.kind() == Kind.READ);
  }

  @Test
  void nothingIsStoredWhileSomebodyReads() {
    read("staff/sam", What.TRAIL, "");

    assertThat(world.entries(Kind.READ)).isEmpty();
  }

  @Test
  void theSameReadAgainAndAgainIsEnteredOnceInTenMinutesWithHowOften() {
    for (int second = 0; second < 300; second++) {
      read("staff/sam", What.TRAIL, "");
      assertThat(entered()).hasSize(1);
      world.pass(Duration.ofSeconds(1));
    }
    world.pass(Duration.ofMinutes(6));

    assertThat(entered()).hasSize(2);
    assertThat(entered().getLast().fields().integer("times")).contains(299L);
    world.pass(Duration.ofMinutes(30));
    assertThat(entered()).as("nobody reads any more").hasSize(2);
  }

  @Test
  void readersAndThingsReadAreToldApart() {
    read("staff/sam", What.TRAIL, "");
    read("client/hanna", What.TRAIL, "");
    read("client/hanna", What.TRAIL, "call-1");
    read("client/hanna", What.EVIDENCE, "");

    assertThat(entered()).hasSize(4);
  }

  @Test
  void whatCouldNotBeEnteredIsEnteredLater() {
    world.watch.takeAway("journal");
    read("staff/sam", What.EVIDENCE, "");
    assertThatThrownBy(this::entered).isInstanceOf(RuntimeException.class);
    world.watch.bringBack();

    assertThat(entered()).hasSize(1);
  }

  @Test
  void theEndOfTheServerEntersWhatIsLeft() {
    read("staff/sam", What.TRAIL, "");
    entered();
    read("staff/sam", What.TRAIL, "");

    world.drivers().stop();

    assertThat(world.entries(Kind.READ)).hasSize(2);
  }

  @Test
  void aFloodOfReadingsIsCountedTogether() {
    for (int i = 0; i < 20_000; i++) {
      read("staff/sam", What.RECEIPT, "call-" + i);
    }

    var entries = entered();

    assertThat(entries).hasSize(10_001);
    assertThat(entries)
        .filteredOn(entry -> entry.fields().text("by").orElseThrow().equals("many"))
        .singleElement()
        .satisfies(entry -> assertThat(entry.fields().integer("times")).contains(10_000L));
  }
}

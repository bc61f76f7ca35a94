package dev.remit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.value.Value;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tickets of the lab that are no ground for a task, or for none on this device. */
class TicketsTest {

  private static final Estate ESTATE = Estate.shared();

  @ParameterizedTest
  @CsvSource({
    "5005, 1001, monitoring opened it",
    "5006, 1001, an agent mailed it to itself",
    "5007, 1001, its requester is another company's person",
    "5009, 1001, it is closed",
    "5101, 1001, it is another client's",
    "59999, 1001, there is no such ticket"
  })
  void hostileCase32SuchATicketOpensNoTask(String ticket, int device, String why) {
    var opened =
        ESTATE
            .agent(Estate.CHANGE)
            .tryOpen("restart-service", ticket, List.of("rmm/device/" + device));
    assertThat(opened.result().get("isError")).as(why).contains(Value.of(true));
    assertThat(opened.result().object("structuredContent").flatMap(t -> t.text("task")))
        .as(why)
        .isEmpty();
    assertThat(opened.words()).as(why).doesNotContainIgnoringCase("northwind");
  }
}

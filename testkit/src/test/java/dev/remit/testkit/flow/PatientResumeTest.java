package dev.remit.testkit.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.execution.Cut;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.CallResult.Waiting;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An agent that waits for people goes on when they have answered, not when it asks again. */
@Timeout(30)
class PatientResumeTest extends ResumableWipe {

  private CompletableFuture<CallResult> waiting(Duration patience, Cut cut) {
    return CompletableFuture.supplyAsync(
        () -> world.drivers().resume(world.desk, proposal, cut, patience),
        Executors.newVirtualThreadPerTaskExecutor());
  }

  @Test
  void itGoesOnAsSoonAsTheLastAnswerIsHeardOf() throws Exception {
    var waiting = waiting(Duration.ofMinutes(1), new Cut());
    crowd.grant(crowd.sam, proposal);
    world.drivers().heard(proposal);
    crowd.grant(crowd.hanna, proposal);
    world.drivers().heard(proposal);
    assertDone(waiting.get(1_500, TimeUnit.MILLISECONDS));
  }

  @Test
  void ifNothingIsHeardItLooksByItself() throws Exception {
    var waiting = waiting(Duration.ofMinutes(1), new Cut());
    grant();
    assertDone(waiting.get(10, TimeUnit.SECONDS));
  }

  @Test
  void withoutPatienceItSaysAtOnceThatItWaits() throws Exception {
    assertThat(waiting(Duration.ZERO, new Cut()).get(1, TimeUnit.SECONDS))
        .isInstanceOf(Waiting.class);
  }

  @Test
  void whoeverLeavesWaitsNoLongerAndNothingIsSent() throws Exception {
    var cut = new Cut();
    var waiting = waiting(Duration.ofMinutes(1), cut);
    cut.cut("the client closed the connection");
    assertThat(waiting.get(1_500, TimeUnit.MILLISECONDS)).isInstanceOf(Waiting.class);
    assertThat(world.isAnythingSent()).isFalse();
  }

  @Test
  void aRefusalEndsTheWait() throws Exception {
    var waiting = waiting(Duration.ofMinutes(1), new Cut());
    crowd.refuse(crowd.sam, proposal);
    world.drivers().heard(proposal);
    assertThat(waiting.get(1_500, TimeUnit.MILLISECONDS)).isNotInstanceOf(Waiting.class);
    assertThat(world.isAnythingSent()).isFalse();
  }
}

package dev.remit.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.value.Value;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Stopping takes no new request and lets running ones end. */
class StopTest {

  private static final Value.Obj CALL =
      Value.object("name", "rmm_restart_service", "arguments", Value.object("device", "7"));

  @Test
  void aRunningCallIsAnsweredAfterStopWasAskedFor() throws Exception {
    var running = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var rig = new Rig();
    rig.gateway.answer =
        (request, cut) -> {
          running.countDown();
          await(release);
          return FakeGateway.succeeded("ended");
        };
    var call = CompletableFuture.supplyAsync(() -> rig.legacy("tools/call", CALL));
    await(running);
    var stop = CompletableFuture.runAsync(rig.web::stop);
    while (!isClosed(rig.web.machinesUrl())) {
      Thread.onSpinWait();
    }
    assertThat(stop).isNotDone();
    release.countDown();
    assertThat(call.get(10, TimeUnit.SECONDS).words()).isEqualTo("ended");
    stop.get(10, TimeUnit.SECONDS);
  }

  private static boolean isClosed(String url) {
    var uri = java.net.URI.create(url);
    try (var socket = new Socket(uri.getHost(), uri.getPort())) {
      return socket.isClosed();
    } catch (IOException e) {
      return true;
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(15, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

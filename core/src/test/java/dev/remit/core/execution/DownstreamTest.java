package dev.remit.core.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.call.Sha256;
import dev.remit.core.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DownstreamTest {

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void exchange(String body) {
    Downstream.exchanged(
        "POST https://rmm.example/v2/device/42/restart",
        Optional.of(bytes(body)),
        "204",
        Optional.of(bytes("done")));
  }

  @Test
  void anExchangeIsKeptAsDigestsOfWhatWasSentAndAnswered() {
    var downstream = new Downstream();

    String told =
        downstream.during(() -> {
          exchange("{}");
          return "told";
        });

    assertThat(told).isEqualTo("told");
    assertThat(downstream.in(Value.object("before", 1)).items("exchanges"))
        .containsExactly(
            Value.object(
                "request",
                Sha256.of(bytes("POST https://rmm.example/v2/device/42/restart\n{}")),
                "status",
                "204",
                "answer",
                Sha256.of(bytes("done"))));
  }

  @Test
  void whatIsExchangedOutsideAnEffectIsKeptNowhere() {
    var downstream = new Downstream();
    exchange("{}");

    assertThat(downstream.in(Value.object("before", 1))).isEqualTo(Value.object("before", 1));
  }

  @Test
  void theVendorsNameOfAnEffectIsKeptIfItIsAWord() {
    var downstream = new Downstream();
    assertThat(downstream.reference()).isEmpty();
    String told =
        downstream.during(() -> {
          Downstream.named("job-7");
          Downstream.named("job 8");
          Downstream.named("j".repeat(201));
          Downstream.named("");
          return "told";
        });
    Downstream.named("job-9");

    assertThat(told).isEqualTo("told");
    assertThat(downstream.reference()).contains("job-7");
  }

  @Test
  void aChattyVendorIsCountedAndNotKept() {
    var downstream = new Downstream();
    String told =
        downstream.during(() -> {
          for (int i = 0; i < 100; i++) {
            exchange("{" + i + "}");
          }
          return "told";
        });

    var body = downstream.in(Value.Obj.EMPTY);

    assertThat(told).isEqualTo("told");
    assertThat(body.items("exchanges")).hasSize(32);
    assertThat(body.integer("moreExchanges")).contains(68L);
  }
}

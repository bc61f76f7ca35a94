package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.HEALTH;
import static dev.remit.testkit.flow.FlowRelease.SCAN;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.Entry;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.CallResult.Answered;
import dev.remit.core.flow.CallResult.Refused;
import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets are leased, never passed: an argument with the form of one reaches nobody. */
class SecretArgumentsTest {
  private final FlowWorld world = new FlowWorld();

  private static void assertRefused(CallResult result, ReasonCode reason) {
    assertThat(result)
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  private static String text(Entry entry) {
    return new String(CanonicalJson.bytes(entry.fields()), StandardCharsets.UTF_8)
        + new String(CanonicalJson.bytes(entry.body()), StandardCharsets.UTF_8);
  }

  /** Samples are put together here, so that no scanner of sources takes them for real ones. */
  private static String sample(String text) {
    return text.replace("~", "").replace("A20", "A".repeat(20)).replace("b36", "b".repeat(36));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "see -----BEGIN RSA ~PRIVATE KEY-----\nMIIE",
        "-----BEGIN ~PRIVATE KEY-----",
        "-----BEGIN OPENSSH ~PRIVATE KEY-----",
        "-----BEGIN ENCRYPTED ~PRIVATE KEY-----",
        "PuTTY-User-~Key-File-3: ssh-ed25519",
        "key: AKIA~IOSFODNN7EXAMPLE.",
        "ASIA~IOSFODNN7EXAMPLE",
        "DefaultEndpointsProtocol=https;Account~Key=A20A20A20==",
        "AIza~A20bbbbbbbbbbbbbbb",
        "gh~p_b36",
        "use gh~s_b36 please",
        "github_~pat_A20A20",
        "gl~pat-A20",
        "xo~xb-1234567890-abcdef",
        "sk_~live_A20",
        "Bearer ey~JhbGciOiJIUzI1NiJ9.ey~JzdWIiOiIxMjM0In0.A20"
      })
  void whatLooksLikeASecretIsRefusedBeforePolicyAndKeptNowhere(String written) {
    var secret = sample(written);
    world.open();
    var result = world.call(HEALTH, secret);
    assertRefused(result, ReasonCode.SECRET_IN_ARGUMENTS);
    assertThat(result.toString()).doesNotContain(secret);
    assertThat(world.policy.asked()).isEmpty();
    assertThat(world.isAnythingSent()).isFalse();
    assertThat(world.entries(Entry.Kind.REFUSAL))
        .singleElement()
        .satisfies(entry -> assertThat(text(entry)).doesNotContain(secret).contains("withheld"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "restart the AKIA service",
        "-----BEGIN CERTIFICATE-----",
        "-----BEGIN PUBLIC KEY-----",
        "disaster-recovery-plan",
        "ticket ghp_1",
        "3f9d2c0e5a7b4d1f8e6c9b0a3f9d2c0e5a7b4d1f8e6c9b0a3f9d2c0e5a7b4d1f",
        "eyJ and eyJ."
      })
  void whatOnlyNamesOneIsNoSecret(String text) {
    world.open();
    assertRefused(world.call(HEALTH, text), ReasonCode.TARGET_UNKNOWN);
  }

  @Test
  void itIsFoundInsideListsObjectsAndNames() {
    world.open();
    var secret = sample("gh~p_b36");
    var inside = Value.object("notes", Value.texts(java.util.List.of("fine", secret)));
    var named = Value.object(secret, "fine");
    for (var device : java.util.List.of(inside, named)) {
      assertRefused(
          world.call(world.desk, HEALTH, Value.object("device", device), Optional.empty()),
          ReasonCode.SECRET_IN_ARGUMENTS);
    }
    assertThat(world.entries(Entry.Kind.REFUSAL))
        .hasSize(2)
        .allSatisfy(entry -> assertThat(text(entry)).doesNotContain(secret));
  }

  @Test
  void aCallWithoutATaskKeepsItNowhereEither() {
    var secret = sample("gh~p_b36");
    assertRefused(world.call(HEALTH, secret), ReasonCode.NO_TASK);
    assertThat(world.entries(Entry.Kind.REFUSAL))
        .singleElement()
        .satisfies(entry -> assertThat(text(entry)).doesNotContain(secret));
  }

  @Test
  void tryingCountsInTheRatesLikeAnyRefusal() {
    world.open(world.desk, "paced", "500", OWN);
    assertThat(world.call(HEALTH, OWN)).isInstanceOf(Answered.class);
    for (int i = 0; i < 6; i++) {
      assertRefused(world.call(SCAN, sample("gh~p_b36")), ReasonCode.SECRET_IN_ARGUMENTS);
    }
    assertRefused(world.call(HEALTH, OWN), ReasonCode.LIMIT_EXCEEDED);
  }
}

package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.HEALTH;
import static dev.remit.testkit.flow.FlowRelease.NORTHWIND;
import static dev.remit.testkit.flow.FlowRelease.RESTART;
import static dev.remit.testkit.flow.FlowRelease.RMM;
import static dev.remit.testkit.flow.FlowWorld.FOREIGN;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.call.ScopeTruth;
import dev.remit.core.connection.ConnectionState.Check;
import dev.remit.core.connection.ConnectionState.Verdict;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Entry.Kind;
import dev.remit.core.flow.CallResult;
import dev.remit.core.release.VersionId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Connections are looked at by trying them, and a bad one serves no call. */
class ConnectionTest {
  private final FlowWorld world = new FlowWorld();

  /** The RMM's file says that the vendor holds the line between clients. */
  private void trustVendor() {
    world.ledgers.activate(new VersionId("v2"));
    var plain = FlowRelease.of("v2");
    var connectors = new HashMap<>(plain.connectors());
    connectors.computeIfPresent(RMM, (id, spec) -> spec.with(ScopeTruth.VENDOR_ENFORCED));
    world.releases.activate(
        plain.supposing(plain.tenants(), plain.agentClasses(), connectors), world.policy);
    world.seeInventory();
  }

  private boolean look() {
    return world.drivers().connections().look(RMM);
  }

  private Optional<String> verdict(Check check) {
    return world.drivers().connections().states().object(RMM.value()).stream()
        .flatMap(state -> state.items("findings").stream())
        .map(Value.Obj.class::cast)
        .filter(finding -> finding.text("check").equals(Optional.of(check.text())))
        .findFirst()
        .flatMap(finding -> finding.text("verdict"));
  }

  private void assertOut() {
    world.watch.forget();
    assertThat(world.call(RESTART, OWN))
        .isInstanceOfSatisfying(
            CallResult.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(ReasonCode.CONNECTOR_UNVERIFIED));
    assertThat(world.isAnythingSent()).isFalse();
  }

  private void assertServes() {
    assertThat(world.call(HEALTH, OWN)).isInstanceOf(CallResult.Answered.class);
  }

  private List<String> told() {
    return world.ledgers.entries(TenantId.OPERATOR).stream()
        .filter(entry -> entry.kind() == Kind.CONNECTION)
        .map(entry -> entry.fields().get("isOut").orElseThrow().toString())
        .toList();
  }

  @Test
  void aCanaryIsMadeUsedAndProvenGone() {
    assertThat(look()).isTrue();
    assertThat(verdict(Check.CANARY)).contains(Verdict.HELD.text());
    assertThat(world.vendor.broker().principals()).isEmpty();
    assertThat(world.ledgers.leases().unfinished()).isEmpty();
    assertThat(told()).isEmpty();
  }

  @Test
  void aCredentialThatDoesNotGoTakesTheConnectorOutUntilItIsGone() {
    world.open();
    world.vendor.broker().linger(1_000);
    assertThat(look()).isFalse();
    assertOut();
    int made = world.vendor.broker().made();
    assertThat(look()).isFalse();
    assertThat(world.vendor.broker().made()).as("no second one on top").isEqualTo(made);
    world.vendor.broker().linger(0);
    sweep();
    assertThat(look()).isTrue();
    assertServes();
    assertThat(told()).hasSize(2);
  }

  private void sweep() {
    for (int second = 0; second < 120; second++) {
      world.drivers().sweeper().tick();
      world.pass(Duration.ofSeconds(1));
    }
    world.seeInventory();
  }

  @Test
  void aTargetThatIsAwayIsToldAndCallsComeBackWithItAtOnce() {
    world.open();
    world.vendor.away(true);
    assertThat(look()).isFalse();
    assertThat(verdict(Check.CANARY)).contains(Verdict.UNTRIED.text());
    world.vendor.away(false);
    assertServes();
    assertThat(told()).isEmpty();
  }

  @Test
  void withoutTheRightToMakeCredentialsThatIsTold() {
    world.vendor.broker().withoutRights(true);
    assertThat(look()).isFalse();
    assertThat(verdict(Check.CANARY)).contains(Verdict.UNTRIED.text());
  }

  @Test
  void aVendorThatHoldsTheLineIsFoundToHoldIt() {
    trustVendor();
    world.vendor.holdsTheLine(true);
    for (int turn = 0; turn < 3; turn++) {
      assertThat(look()).isTrue();
      assertThat(verdict(Check.SCOPE_TRUTH)).contains(Verdict.HELD.text());
    }
  }

  @Test
  void aVendorThatOnlySaysSoIsDoubtedInThePosture() {
    trustVendor();
    world.open();
    look();
    assertThat(verdict(Check.SCOPE_TRUTH)).contains(Verdict.DOUBTED.text());
    assertThat(world.drivers().oversight().posture().object("connections").toString())
        .contains("doubted");
    assertServes();
    world.vendor.holdsTheLine(true);
    look();
    assertThat(verdict(Check.SCOPE_TRUTH)).contains(Verdict.HELD.text());
  }

  @Test
  void whereRemitHoldsTheLineTheVendorIsNotAsked() {
    assertThat(look()).isTrue();
    assertThat(verdict(Check.SCOPE_TRUTH)).isEmpty();
  }

  @Test
  void noLogOfAClientNamesTheOther() {
    trustVendor();
    look();
    look();
    assertThat(probes(HARBOR)).isNotEmpty().noneMatch(text -> text.contains(FOREIGN));
    assertThat(probes(NORTHWIND)).isNotEmpty().noneMatch(text -> text.contains(OWN));
    assertThat(world.drivers().connections().states().toString())
        .doesNotContain(HARBOR.value(), NORTHWIND.value(), OWN, FOREIGN);
  }

  private List<String> probes(TenantId tenant) {
    return world.ledgers.entries(tenant).stream()
        .filter(entry -> Set.of(Kind.INTENT, Kind.OUTCOME).contains(entry.kind()))
        .map(ConnectionTest::whole)
        .toList();
  }

  private static String whole(Entry entry) {
    return entry.fields() + " " + entry.body();
  }

  @Test
  void aConnectorThatIsNotThereIsNotLookedAt() {
    assertThat(world.drivers().connections().look(new dev.remit.core.target.ConnectorId("other")))
        .isFalse();
  }
}

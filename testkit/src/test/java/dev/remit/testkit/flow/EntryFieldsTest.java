package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.HEALTH;
import static dev.remit.testkit.flow.FlowRelease.RESTART;
import static dev.remit.testkit.flow.FlowRelease.SCAN;
import static dev.remit.testkit.flow.FlowRelease.WIPE;
import static dev.remit.testkit.flow.FlowWorld.FOREIGN;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static dev.remit.testkit.flow.FlowWorld.OWN_TOO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Entry.Kind;
import dev.remit.core.evidence.EntryFields;
import dev.remit.core.evidence.EntryFields.Part;
import dev.remit.core.evidence.EntryFields.Sensitivity;
import dev.remit.core.flow.Oversight;
import dev.remit.core.kill.KillScope;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A field without a class is secret and stands in no entry: whoever writes a new one says in {@link
 * EntryFields} and in the reference what it would tell.
 */
class EntryFieldsTest extends WaitingPlan {

  @Test
  void everyFieldThatARunWritesHasAClass() {
    planned(resume(granted(step(RESTART, OWN), step(WIPE, OWN_TOO))));
    world.call(HEALTH, OWN);
    world.call(HEALTH, FOREIGN);
    world.policy.deny(SCAN, ReasonCode.GUARDRAIL);
    world.call(SCAN, OWN);
    world.drivers().oversight().read(HARBOR, "staff/sam", Oversight.What.TRAIL, "");
    world.drivers().oversee();
    world.sweepFor(Duration.ofMinutes(2));
    world.drivers().oversight().kill(new KillScope("tenant:" + HARBOR), "operator", "a drill");

    var kinds = EnumSet.noneOf(Kind.class);
    for (TenantId tenant : List.of(HARBOR, TenantId.OPERATOR)) {
      for (Entry entry : world.ledgers.entries(tenant)) {
        kinds.add(entry.kind());
        assertThat(EntryFields.unclassified(entry))
            .as(entry.kind().text() + " has fields without a class")
            .isEmpty();
      }
    }
    assertThat(kinds)
        .contains(
            Kind.TASK_OPENED,
            Kind.INTENT,
            Kind.OUTCOME,
            Kind.REFUSAL,
            Kind.DECISION,
            Kind.PROPOSED,
            Kind.ANSWERED,
            Kind.PROPOSAL_GRANTED,
            Kind.READ,
            Kind.KILL);
  }

  @Test
  void aFieldThatNobodySpokeOfIsSecret() {
    assertThat(EntryFields.sensitivity(Kind.INTENT, Part.LEAF, "password"))
        .isEqualTo(Sensitivity.SECRET);
    assertThat(EntryFields.sensitivity(Kind.KILL, Part.LEAF, "ticket"))
        .as("known elsewhere is not known here")
        .isEqualTo(Sensitivity.SECRET);
    var entry =
        new Entry(
            "entry-1",
            HARBOR,
            Kind.KILL,
            Optional.empty(),
            Optional.empty(),
            Instant.EPOCH,
            Value.object("scope", "everything", "token", "x"),
            Value.object("reason", "a drill", "more", 1),
            "0".repeat(32));
    assertThat(EntryFields.unclassified(entry)).containsExactly("body `more`", "leaf `token`");
  }

  @Test
  void everyListedFieldHasAClassOfItsOwn() {
    for (Kind kind : Kind.values()) {
      assertThat(EntryFields.of(kind, Part.LEAF)).as(kind.text()).isNotEmpty();
      for (Part part : Part.values()) {
        assertThat(EntryFields.of(kind, part))
            .as(kind.text())
            .noneMatch(name -> EntryFields.sensitivity(kind, part, name) == Sensitivity.SECRET);
      }
    }
  }
}

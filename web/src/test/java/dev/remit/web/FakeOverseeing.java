package dev.remit.web;

import dev.remit.core.approval.Assertion;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.call.CallId;
import dev.remit.core.execution.Outcome;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.identity.Grade;
import dev.remit.core.identity.Person;
import dev.remit.core.oversight.AutonomyScope;
import dev.remit.core.oversight.Certifications;
import dev.remit.core.oversight.Involved;
import dev.remit.core.oversight.Item;
import dev.remit.core.oversight.OversightLedger.Waiting;
import dev.remit.core.oversight.Promotions;
import dev.remit.core.oversight.Standing;
import dev.remit.core.oversight.Tally;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Two effects of Harbor Dental to look at and two levels; it remembers what was done with them. */
final class FakeOverseeing implements Certifications, Promotions {

  private static final AutonomyScope RESTART =
      new AutonomyScope(Team.HARBOR, new AgentClassId("service-desk"), "restart-service");
  private static final AutonomyScope REBOOT =
      new AutonomyScope(Team.HARBOR, new AgentClassId("service-desk"), "reboot-device");

  final List<String> done = new CopyOnWriteArrayList<>();
  final List<TenantId> asked = new CopyOnWriteArrayList<>();
  volatile boolean isBare;

  private List<Item> items(TenantId tenant) {
    asked.add(tenant);
    return isBare || !tenant.equals(Team.HARBOR)
        ? List.of()
        : List.of(item("call-5d20", -1, Outcome.SUCCEEDED), item("call-7e11", 2, Outcome.UNKNOWN));
  }

  private static Item item(String call, int days, Outcome outcome) {
    return new Item(
        Team.HARBOR,
        new CallId(call),
        days < 0 ? RESTART : REBOOT,
        days < 0 ? Grade.LOW : Grade.HIGH,
        outcome,
        "sha256:4be21f",
        Value.object(
            "agent", "service-desk/harbor-dental/production/change",
            "tool", days < 0 ? "rmm_restart_service" : "rmm_reboot_device",
            "connector", "rmm",
            "ticket", "5001 \u202e",
            "targets", List.of(Value.object("ref", "rmm/device/1001"))),
        new Involved(
            Optional.of("dana"),
            Optional.empty(),
            Optional.of("ops"),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of()),
        Samples.NOW.minus(Duration.ofDays(3)),
        Samples.NOW.plus(Duration.ofDays(days)),
        Item.State.OPEN,
        false);
  }

  @Override
  public Page open(Person person, TenantId tenant, Optional<String> cursor, int limit) {
    var shown = new ArrayList<Shown>();
    for (var item : items(tenant)) {
      boolean isTheirs = person.equals(Team.OVERSEER) || person.equals(Team.APPROVER);
      var whyNot =
          isTheirs && (shown.isEmpty() || person.equals(Team.OVERSEER))
              ? Optional.<String>empty()
              : Optional.of("you approved this");
      shown.add(new Shown(item, whyNot));
    }
    return new Page(shown, Optional.empty());
  }

  @Override
  public List<Item> open(TenantId tenant, int limit) {
    return items(tenant);
  }

  @Override
  public Certifications.Asked ask(
      Person person, TenantId tenant, boolean isObjection, List<CallId> calls) {
    return new Sign("AAAA", items(tenant).subList(0, 1), List.of("a2V5LTE"));
  }

  @Override
  public Result certify(
      Person person,
      TenantId tenant,
      boolean isObjection,
      List<CallId> calls,
      String reason,
      Assertion assertion) {
    if (!assertion.signature().equals("good")) {
      return new NotTaken("the signature does not hold");
    }
    done.add((isObjection ? "object " : "certify ") + calls + " " + person.id().subject());
    return new Stored(calls.size());
  }

  @Override
  public List<Waiting> waiting(Set<TenantId> tenants) {
    return tenants.contains(Team.HARBOR) && !isBare
        ? List.of(new Waiting(Team.HARBOR, 2, 1))
        : List.of();
  }

  @Override
  public List<Rung> levels(Person person, TenantId tenant) {
    return levels(tenant);
  }

  @Override
  public List<Rung> levels(TenantId tenant) {
    asked.add(tenant);
    if (isBare || !tenant.equals(Team.HARBOR)) {
      return List.of();
    }
    var fallen =
        new Standing(
            REBOOT,
            AutonomyLevel.PROPOSE,
            2,
            Samples.NOW.minus(Duration.ofDays(12)),
            "entry-1",
            "objection");
    return List.of(
        new Rung(
            REBOOT,
            AutonomyLevel.PROPOSE,
            AutonomyLevel.SUPERVISED,
            AutonomyLevel.BOUNDED,
            Optional.of(fallen),
            new Tally(REBOOT, 14, 12, 0, 1, 2, Optional.of(fallen.since())),
            0,
            4_711),
        new Rung(
            RESTART,
            AutonomyLevel.SUPERVISED,
            AutonomyLevel.SUPERVISED,
            AutonomyLevel.SUPERVISED,
            Optional.empty(),
            Tally.none(RESTART),
            1,
            4_711));
  }

  @Override
  public Raise ask(Person person, AutonomyScope scope, String reason) {
    done.add("promote " + scope.text() + " " + person.id().subject());
    return new Promotions.Asked(new ProposalId("raise-1"));
  }
}

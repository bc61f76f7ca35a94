package dev.remit.workspace.scenario;

import dev.remit.core.decision.DecisionPoint;
import dev.remit.core.execution.Connector;
import dev.remit.core.flow.Scene;
import dev.remit.core.flow.TaskRequest;
import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.Autonomy;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.release.Release;
import dev.remit.core.release.Releases;
import dev.remit.core.target.Inventory;
import dev.remit.core.target.TargetRef;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.tenant.Window;
import dev.remit.workspace.scenario.Scenario.Case;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Turns what a case supposes into a scene under one version. */
final class Staging {
  private static final InstanceId INSTANCE = new InstanceId("rehearsal");
  private static final Duration TOKEN = Duration.ofMinutes(5);

  private final Release release;

  Staging(Release release) {
    this.release = release;
  }

  /** The scene, for whoever decides. */
  Function<DecisionPoint, Scene> scene(Case one) {
    var given = one.given();
    var supposed = supposed(one);
    var caller = new Caller.Agent(given.agent(), INSTANCE, given.isBound(), given.at().plus(TOKEN));
    var wish = wish(given, caller);
    var setting =
        new Scene.Setting(
            given.task().agent(),
            given.task().environment(),
            given.task().state(),
            given.at().minus(given.task().age()),
            given.task().hasReadUntrusted(),
            given.task().handedOnBy().stream()
                .map(above -> new Scene.Above(above.agent(), above.taskClass(), above.isBound()))
                .toList());
    var inventory = inventory(given.records(), given);
    var approved = given.approved().map(before -> approved(before, one));
    return point ->
        new Scene(
            new Releases.Active(supposed, point),
            caller,
            wish,
            ticket(given),
            setting,
            new Scene.Act(one.when().tool(), one.when().arguments()),
            inventory,
            given.changedTools(),
            approved,
            new Scene.Before(given.before().calls(), given.before().ago()),
            given.at());
  }

  private Scene.Approved approved(Given.Approved before, Case one) {
    return new Scene.Approved(
        before.rules(),
        new Scene.Act(one.when().tool(), before.arguments()),
        inventory(before.records(), one.given()));
  }

  private Inventory inventory(Map<TargetRef, Given.OfRecord> records, Given given) {
    return new SupposedInventory(release, records, given.at());
  }

  private static TaskRequest wish(Given given, Caller.Agent caller) {
    var task = given.task();
    Caller opener =
        task.orchestrator()
            .<Caller>map(
                id -> new Caller.Orchestrator(id, INSTANCE, given.isBound(), caller.expiresAt()))
            .orElse(caller);
    return new TaskRequest(
        opener,
        given.agent(),
        task.taskClass(),
        "rehearsal",
        task.targets(),
        task.tools(),
        Optional.empty());
  }

  /** The ticket system tells owners by its own names of them. */
  private Connector.Ticket ticket(Given given) {
    var tenant = release.tenants().get(given.ticket().tenant());
    var owner =
        tenant == null
            ? Optional.<String>empty()
            : Optional.ofNullable(tenant.externalIds().get(release.ticketConnector().value()));
    return new Connector.Ticket(
        "rehearsal",
        owner.orElse(""),
        "requester",
        given.ticket().isOpenedByPerson(),
        given.ticket().isOpen(),
        "");
  }

  /** The version, with the level and the scope truth that the case supposes. */
  private Release supposed(Case one) {
    var given = one.given();
    var agents = new HashMap<>(release.agentClasses());
    given
        .autonomy()
        .ifPresent(level ->
            agents.computeIfPresent(
                given.agent().agentClass(), (id, known) -> at(known, Autonomy.of(level))));
    var connectors = new HashMap<>(release.connectors());
    connectors.replaceAll((id, spec) -> spec.isDeclared() ? spec.connected() : spec);
    var tool = release.tools().get(one.when().tool());
    if (tool != null && given.scopeTruth().isPresent()) {
      connectors.computeIfPresent(
          tool.connector(), (id, spec) -> spec.with(given.scopeTruth().get()));
    }
    var tenants = new HashMap<>(release.tenants());
    if (!given.windows().isEmpty()) {
      tenants.computeIfPresent(given.agent().tenant(), (id, known) -> at(known, given.windows()));
    }
    return release.supposing(tenants, agents, connectors);
  }

  private static Tenant at(Tenant known, Map<String, Boolean> windows) {
    return known.with(
        known.windows().stream()
            .map(window -> {
              var isOpen = windows.get(window.name());
              return isOpen == null ? window : isOpen ? always(window) : never(window);
            })
            .toList());
  }

  private static Window always(Window window) {
    return new Window(
        window.name(), EnumSet.allOf(DayOfWeek.class), LocalTime.MIN, LocalTime.MAX, window.zone());
  }

  private static Window never(Window window) {
    return new Window(window.name(), Set.of(), window.from(), window.to(), window.zone());
  }

  private static AgentClass at(AgentClass known, Autonomy autonomy) {
    return new AgentClass(
        known.id(),
        known.owner(),
        known.purpose(),
        known.modelProvider(),
        known.taskClasses(),
        known.identities(),
        autonomy,
        known.accountability());
  }
}

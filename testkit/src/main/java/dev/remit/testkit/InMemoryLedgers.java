package dev.remit.testkit;

import dev.remit.core.approval.Answer;
import dev.remit.core.approval.Proposal;
import dev.remit.core.evidence.CallLedger;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Journal;
import dev.remit.core.evidence.LeaseLedger;
import dev.remit.core.evidence.PersonKeyLedger;
import dev.remit.core.evidence.ProposalLedger;
import dev.remit.core.evidence.TaskLedger;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.kill.Kills;
import dev.remit.core.oversight.AutonomyScope;
import dev.remit.core.oversight.OversightLedger;
import dev.remit.core.oversight.Standing;
import dev.remit.core.register.AgentState;
import dev.remit.core.register.RegisterLedger;
import dev.remit.core.register.Registration;
import dev.remit.core.release.VersionId;
import dev.remit.core.target.Inventory;
import dev.remit.core.task.Tasks;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.tenant.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * All stores of the domain in memory, with the rules of the real ones, under one lock.
 *
 * <p>What one port commits the others see, as in one database. It can be taken away ({@link
 * #takeAway}): then every port throws {@link StoreAwayException} and nothing changes. It promises
 * nothing about speed or about surviving the process.
 */
public final class InMemoryLedgers {
  private final MemoryState state = new MemoryState();
  private final InMemoryCallLedger calls = new InMemoryCallLedger(state);
  private final InMemoryTaskLedger taskLedger = new InMemoryTaskLedger(state);
  private final InMemoryLeaseLedger leases = new InMemoryLeaseLedger(state);
  private final InMemoryProposalLedger proposals = new InMemoryProposalLedger(state);
  private final InMemoryPersonKeyLedger personKeys = new InMemoryPersonKeyLedger(state);
  private final InMemoryJournal journal = new InMemoryJournal(state);
  private final InMemoryOversightLedger oversight = new InMemoryOversightLedger(state);
  private final InMemoryRegisterLedger register;
  private final InMemoryTasks tasks = new InMemoryTasks(state);
  private final InMemoryKills kills = new InMemoryKills(state);
  private final InMemoryInventory inventory = new InMemoryInventory(state);

  public InMemoryLedgers(VersionId active, Collection<Tenant> tenants) {
    state.active = active;
    this.register = new InMemoryRegisterLedger(state, active);
    tenants.forEach(tenant -> state.tenants.put(tenant.id(), tenant));
  }

  public CallLedger calls() {
    return calls;
  }

  public TaskLedger taskLedger() {
    return taskLedger;
  }

  public LeaseLedger leases() {
    return leases;
  }

  public ProposalLedger proposals() {
    return proposals;
  }

  public OversightLedger oversight() {
    return oversight;
  }

  public RegisterLedger register() {
    return register;
  }

  /** Writes rows of the register behind every port's back. */
  public void forgeAgents(UnaryOperator<Registration> rows) {
    state.change(() -> state.agents.replaceAll((id, row) -> rows.apply(row)));
  }

  /** A class that may work, for what asks nothing of the register but that. */
  public void active(AgentClassId agentClass) {
    state.change(() ->
        state.agents.put(
            agentClass,
            new Registration(
                agentClass,
                AgentState.ACTIVE,
                1,
                Optional.empty(),
                "test",
                Instant.EPOCH,
                Optional.empty(),
                "")));
  }

  /** Writes stored levels behind every port's back; what would not hold becomes unreadable. */
  public void forgeLevels(UnaryOperator<Map<AutonomyScope, Standing>> levels) {
    oversight.forge(levels);
  }

  public PersonKeyLedger personKeys() {
    return personKeys;
  }

  /** Writes rows behind every port's back, as an administrator of the database could. */
  public void forge(UnaryOperator<Proposal> proposals, UnaryOperator<List<Answer>> answers) {
    state.change(() -> {
      state.proposals.replaceAll((id, proposal) -> proposals.apply(proposal));
      var forged = List.copyOf(answers.apply(List.copyOf(state.answers)));
      state.answers.clear();
      state.answers.addAll(forged);
    });
  }

  public Journal journal() {
    return journal;
  }

  public Tasks tasks() {
    return tasks;
  }

  public Kills kills() {
    return kills;
  }

  public Inventory inventory() {
    return inventory;
  }

  /** A witness cosigned a tenant's log up to this moment, and nothing after it. */
  public void witnessed(TenantId tenant, Instant until) {
    state.witnessed(tenant, until);
  }

  /** Makes another policy version the active one; intents decided under the old one change. */
  public void activate(VersionId version) {
    state.change(() -> state.active = version);
  }

  /** The database is away from now on. */
  public void takeAway() {
    state.setAway(true);
  }

  /** The database is back. */
  public void bringBack() {
    state.setAway(false);
  }

  /** All entries of a tenant as they were appended. */
  public List<Entry> entries(TenantId tenant) {
    return state.entriesOf(tenant);
  }

  /** What every port throws while the database is away. */
  public static final class StoreAwayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreAwayException() {
      super("the database is away");
    }
  }
}

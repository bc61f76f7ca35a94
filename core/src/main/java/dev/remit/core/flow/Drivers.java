package dev.remit.core.flow;

import dev.remit.core.advice.Advisor;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.call.CallId;
import dev.remit.core.call.CallRequest;
import dev.remit.core.call.Tool;
import dev.remit.core.connection.Connections;
import dev.remit.core.custody.CustodyDesk;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.delegation.DelegationRequest;
import dev.remit.core.execution.Cut;
import dev.remit.core.identity.Caller;
import dev.remit.core.oversight.CertificationDesk;
import dev.remit.core.oversight.Certifications;
import dev.remit.core.oversight.LogReader;
import dev.remit.core.oversight.OverdueRound;
import dev.remit.core.oversight.Promotions;
import dev.remit.core.register.AgentDesk;
import dev.remit.core.register.Agents;
import dev.remit.core.register.RegisterRound;
import dev.remit.core.release.Releases;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.target.TargetListing;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import dev.remit.core.trace.Trace;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Puts the drivers together; the one way in for wires, and the hooks that the server runs on time.
 */
public final class Drivers implements Gateway {

  private final Ports ports;
  private final RunningCalls running = new RunningCalls();
  private final ProposalWaits waits = new ProposalWaits();
  private final TaskLeases taskLeases;
  private final CallFlow callFlow;
  private final TaskFlow taskFlow;
  private final Delegation delegation;
  private final OwnReads ownReads;
  private final ConnectionDesk connectionDesk;
  private final PlanFlow planFlow;
  private final EndedWords endedWords;
  private final KillWatch killWatch;
  private final Sweeper sweeper;
  private final OversightDesk oversight;
  private final Resolution resolution;
  private final Approvals approvals;
  private final Keys keys;
  private final TaskDesk taskDesk;
  private final OwnCallDesk ownCalls;
  private final TicketNotes ticketNotes;
  private final KillSwitch killSwitch;
  private final Certifications certifications;
  private final LogReader logReader;
  private final OverdueRound overdueRound;
  private final RegisterRound registerRound;
  private final Agents agents;

  public Drivers(Ports ports) {
    this.ports = ports;
    var entries = new Entries(ports.ids());
    var revoker = new Revoker(ports, entries);
    this.taskLeases = new TaskLeases(revoker::endAndRecord);
    var effects = new Effects(ports, entries, running, revoker, taskLeases);
    var taskBook = new TaskBook(ports.tasks(), ports.taskLedger());
    var taskEnd = new TaskEnd(ports, entries, running, taskLeases, taskBook);
    this.ownReads = new OwnReads(ports, entries, effects);
    var connections = new Connections();
    this.connectionDesk = new ConnectionDesk(ports, entries, ownReads, connections);
    var barriers = new Barriers(ports, connections);
    this.callFlow = new CallFlow(ports, entries, effects, taskBook, ownReads, barriers);
    this.planFlow = new PlanFlow(ports, entries, callFlow);
    this.endedWords = new EndedWords(ports.journal(), ports.proposals());
    this.taskFlow = new TaskFlow(ports, entries, ownReads, taskBook, taskEnd);
    this.killWatch = new KillWatch(ports, running, taskLeases);
    this.delegation = new Delegation(ports, entries, taskBook);
    this.sweeper = new Sweeper(ports, entries, effects, running, taskLeases, taskEnd, revoker);
    this.resolution = new Resolution(ports, entries, taskEnd);
    this.approvals = new ApprovalDesk(ports, entries, resolution);
    this.ownCalls = new OwnCallDesk(ports, callFlow, taskFlow, this::resumeOf);
    this.ticketNotes = new NoteDesk(ports, callFlow, taskFlow, taskEnd, ownReads);
    this.taskDesk = new OperatorDesk(ports, entries, taskEnd, ownCalls);
    this.keys = new KeyDesk(ports, entries, resolution);
    this.oversight = new OversightDesk(ports, entries, killWatch, taskEnd);
    oversight.show("connections", connections::value);
    this.killSwitch = new KillDesk(ports, entries, oversight, sweeper::unreconciled);
    var maker = new OversightEntries(entries, ports.ids());
    this.certifications =
        new CertificationDesk(
            ports.oversight(),
            ports.journal(),
            ports.people().keys(),
            ports.people().check(),
            ports.releases(),
            ports.clock(),
            maker);
    this.logReader =
        new LogReader(ports.oversight(), ports.proposals(), ports.releases(), ports.clock(), maker);
    this.overdueRound = new OverdueRound(ports.oversight(), ports.releases(), ports.clock(), maker);
    this.registerRound =
        new RegisterRound(ports.register(), ports.releases(), ports.clock(), maker);
    this.agents =
        AgentDesk.of(
            ports.register(),
            ports.people().keys(),
            ports.people().check(),
            resolution.launches(),
            ports.releases(),
            ports.clock(),
            maker);
  }

  /** The register of agents as people work it. */
  public Agents agents() {
    return agents;
  }

  /** What keeps the register in step. */
  public RegisterRound registerRound() {
    return registerRound;
  }

  /** What the people's wire may ask. */
  public Oversight oversight() {
    return oversight;
  }

  /** Shows in the posture what stands outside the flow; {@code part} is asked each time. */
  public void showInPosture(String name, Supplier<Value> part) {
    oversight.show(name, part);
  }

  /** What enforcement points outside may ask; {@code listing} is where they may look. */
  public Advisor advisor(TargetListing listing) {
    return new AdviceDesk(ports, listing);
  }

  /** How overseers look at what was done. */
  public Certifications certifications() {
    return certifications;
  }

  /** The levels of autonomy, and how people raise them. */
  public Promotions promotions() {
    return resolution.promotions();
  }

  /** Reads levels of autonomy and the register again, so that no call has to: twice a second. */
  public void refreshLevels() {
    ports.oversight().levels().refresh();
    ports.register().register().refresh(ports.releases().active().release());
  }

  /** Reads what is new in the logs, and counts what is overdue: about once a second. */
  public void oversee() {
    try {
      logReader.round();
    } finally {
      overdueRound.round(); // also while a log cannot be read
      oversight.reads().round();
    }
  }

  /** How long bodies of entries are kept, and what keeps them longer. */
  public CustodyDesk custody() {
    return resolution.custody();
  }

  /** How people answer. */
  public Approvals approvals() {
    return approvals;
  }

  /** How people's keys come and go. */
  public Keys keys() {
    return keys;
  }

  /** How people stop what runs. */
  public KillSwitch killSwitch() {
    return killSwitch;
  }

  /** How much is asked of people. */
  public Fatigue fatigue() {
    return new FatigueMeter(ports.proposals(), ports.clock());
  }

  /** What people who operate do with tasks. */
  public TaskDesk taskDesk() {
    return taskDesk;
  }

  /** People's own tasks and calls; for the people's listener alone. */
  public OwnCalls ownCalls() {
    return ownCalls;
  }

  /** How tickets tell that people are asked; for the notices alone. */
  public TicketNotes ticketNotes() {
    return ticketNotes;
  }

  /**
   * Cuts what runs here under stops that were ordered elsewhere: twice a second, and at once when
   * one is heard of.
   */
  public void lookForStops() {
    killWatch.look();
  }

  /** To be run about once a second. */
  public Sweeper sweeper() {
    return sweeper;
  }

  /**
   * Reads one connector's inventory and its upstream's tools again; false when they could not be
   * read whole.
   */
  public boolean refreshInventory(ConnectorId connector) {
    var version = ports.releases().active().release().version();
    boolean isRead = ownReads.inventory(connector, version);
    return ownReads.tools(connector, version) && isRead;
  }

  /** Cuts running calls and ends all task leases: the process stops. */
  public void stop() {
    running.cutAll("the server stops");
    taskLeases.retireAll();
    oversight.reads().end();
  }

  /** Whether connections are what their files say. */
  public ConnectionDesk connections() {
    return connectionDesk;
  }

  @Override
  public List<Tool> tools(Caller.Agent caller) {
    try {
      return ports.releases().active().release().toolsOf(caller);
    } catch (RuntimeException e) {
      return List.of();
    }
  }

  @Override
  public CallResult call(CallRequest request, Cut cut) {
    return callFlow.call(request, cut);
  }

  /** Something happened to this proposal, here or on another replica: who waits looks again. */
  public void heard(ProposalId proposal) {
    waits.heard(proposal);
  }

  @Override
  public CallResult resume(Caller.Agent caller, ProposalId handle, Cut cut, Duration patience) {
    try (var wait = waits.begin(handle)) {
      var uncut = cut.onCut(wait::wake);
      var result = resume(caller, handle, cut);
      long slices = patience.dividedBy(ProposalWaits.SLICE);
      while (result instanceof CallResult.Waiting
          && slices-- > 0
          && !cut.isCut()
          && Trace.part("approval", wait::await)) {
        result = resume(caller, handle, cut);
      }
      uncut.run();
      return result;
    }
  }

  @Override
  public CallResult resume(Caller.Agent caller, ProposalId handle, Cut cut) {
    return resumeOf(caller, handle, cut);
  }

  private CallResult resumeOf(Caller.Worker caller, ProposalId handle, Cut cut) {
    var id = new CallId(ports.ids().id());
    try {
      return ports
          .proposals()
          .find(caller.id().tenant(), handle)
          .filter(proposal -> ApprovalGate.isOf(proposal, caller))
          .map(proposal -> resolution.resolved(proposal, ports.releases().active().release()))
          .map(proposal -> resumed(id, proposal, caller, cut))
          .orElseGet(() -> new CallResult.Refused(id, ReasonCode.APPROVAL_INSUFFICIENT));
    } catch (Releases.PolicyUnavailableException e) {
      return new CallResult.Refused(id, ReasonCode.POLICY_UNAVAILABLE);
    } catch (RuntimeException e) {
      return new CallResult.Refused(id, ReasonCode.EVIDENCE_UNAVAILABLE);
    }
  }

  private CallResult resumed(CallId id, Proposal proposal, Caller.Worker caller, Cut cut) {
    return switch (proposal.stateAt(ports.clock().instant())) {
      case OPEN -> Judge.waiting(proposal);
      case GRANTED ->
          proposal.plan().isPresent()
              ? planFlow.run(proposal, proposal.plan().get(), caller, cut)
              : callFlow.resume(proposal, proposal.call().orElseThrow(), caller, cut);
      case CONSUMED ->
          proposal.plan().isPresent()
              ? planFlow.run(proposal, proposal.plan().get(), caller, cut)
              : callFlow
                  .earlier(Granted.whole(proposal))
                  .orElseGet(() -> new CallResult.Refused(id, ReasonCode.APPROVAL_STALE));
      case STALE -> new CallResult.Refused(id, ReasonCode.APPROVAL_STALE);
      case REFUSED -> endedWords.of(proposal, Proposal.State.REFUSED);
      case EXPIRED -> endedWords.of(proposal, Proposal.State.EXPIRED);
      case WITHDRAWN -> endedWords.of(proposal, Proposal.State.WITHDRAWN);
    };
  }

  @Override
  public Optional<Instant> askedAt(Caller.Agent caller, ProposalId handle) {
    return ports
        .proposals()
        .find(caller.id().tenant(), handle)
        .filter(proposal -> ApprovalGate.isOf(proposal, caller))
        .map(Proposal::askedAt);
  }

  @Override
  public boolean takeBack(Caller.Agent caller, ProposalId handle) {
    var own =
        ports
            .proposals()
            .find(caller.id().tenant(), handle)
            .filter(proposal -> ApprovalGate.isOf(proposal, caller));
    own.filter(proposal -> proposal.stateAt(ports.clock().instant()).isLive())
        .ifPresent(proposal -> resolution.withdraw(proposal, caller.name()));
    return own.isPresent();
  }

  @Override
  public CallResult proposePlan(PlanRequest request) {
    return planFlow.propose(request);
  }

  @Override
  public TaskResult openTask(TaskRequest request) {
    return taskFlow.open(request);
  }

  @Override
  public TaskResult delegate(DelegationRequest request) {
    return delegation.delegate(request);
  }

  @Override
  public TaskResult task(Caller caller, TaskId id) {
    try {
      return taskFlow
          .visible(caller, id)
          .<TaskResult>map(TaskResult.Told::new)
          .orElseGet(TaskResult.NotFound::new);
    } catch (RuntimeException e) {
      return new TaskResult.Refused(ReasonCode.EVIDENCE_UNAVAILABLE, "try again later");
    }
  }

  @Override
  public TaskResult takeTask(Caller.Agent caller, TaskId id) {
    return taskFlow.take(caller, id);
  }

  @Override
  public TaskResult closeTask(Caller caller, TaskId id, Task.State state) {
    return taskFlow.close(caller, id, state);
  }

  @Override
  public TaskResult escalate(Caller.Agent caller, TaskId id, String reason) {
    return taskFlow.escalate(caller, id, reason);
  }

  @Override
  public List<Task> openTasks(Caller.Agent caller) {
    try {
      return ports.tasks().openOf(caller.id(), caller.instance()).stream()
          .filter(task -> caller.speaksFor(task.id().value()))
          .toList();
    } catch (RuntimeException e) {
      return List.of();
    }
  }
}

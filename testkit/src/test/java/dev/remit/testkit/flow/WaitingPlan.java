package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.RESTART;
import static dev.remit.testkit.flow.FlowRelease.WIPE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.PlanStep;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.execution.Cut;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.CallResult.Planned;
import dev.remit.core.flow.CallResult.Refused;
import dev.remit.core.flow.PlanRequest;
import dev.remit.core.identity.Caller;
import dev.remit.testkit.FakeConnector;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;

/** Plans that people are asked about, for tests of what becomes of them. */
abstract class WaitingPlan extends WaitingWipe {
  final List<String> done = new CopyOnWriteArrayList<>();

  @BeforeEach
  final void theVendorRemembers() {
    for (String tool : List.of(RESTART, WIPE)) {
      world.vendor.on(
          tool,
          (request, cut) -> {
            done.add(tool + " " + request.arguments().text("device").orElseThrow());
            return FakeConnector.done();
          });
    }
  }

  static PlanRequest.Step step(String tool, String device, PlanStep.Change... changes) {
    return new PlanRequest.Step(tool, FlowWorld.on(device), List.of(changes));
  }

  static PlanStep.Change role(String device) {
    return new PlanStep.Change(FlowWorld.device(device).text(), "role");
  }

  final CallResult propose(Caller.Agent caller, PlanRequest.Step... steps) {
    return world.drivers().proposePlan(new PlanRequest(caller, Optional.empty(), List.of(steps)));
  }

  final ProposalId asked(PlanRequest.Step... steps) {
    return waiting(propose(world.desk, steps));
  }

  final ProposalId granted(PlanRequest.Step... steps) {
    var plan = asked(steps);
    crowd.grant(crowd.sam, plan);
    crowd.grant(crowd.hanna, plan);
    assertThat(stored(plan).state()).isEqualTo(Proposal.State.GRANTED);
    world.watch.forget();
    return plan;
  }

  final CallResult resume(ProposalId plan) {
    return world.drivers().resume(world.desk, plan, new Cut());
  }

  final Planned planned(CallResult result) {
    assertThat(result).isInstanceOf(Planned.class);
    return (Planned) result;
  }

  final void assertNothing(CallResult result, ReasonCode reason) {
    assertThat(
            result instanceof Planned(var h, var steps, var of, var o) ? steps.getLast() : result)
        .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.reason()).isEqualTo(reason));
    assertThat(done).isEmpty();
  }
}

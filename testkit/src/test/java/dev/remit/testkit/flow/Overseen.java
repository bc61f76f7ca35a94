package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.DESK;
import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.RESTART;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.Assertion;
import dev.remit.core.call.CallId;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Entry.Kind;
import dev.remit.core.flow.CallResult;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.oversight.AutonomyScope;
import dev.remit.core.oversight.Certifications;
import dev.remit.core.oversight.Promotions.Rung;
import dev.remit.testkit.flow.Crowd.Human;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Effects that were made, and Otto, who oversees and had no part in them. */
abstract class Overseen {
  static final AutonomyScope SERVICE = new AutonomyScope(HARBOR, DESK, "service");

  final FlowWorld world = new FlowWorld();
  final Crowd crowd = new Crowd(world);
  final Human otto = crowd.enrolled(Crowd.msp("otto", "overseers"), crowd.ada);

  Certifications desk() {
    return world.drivers().certifications();
  }

  /** An effect of low risk, and what it leaves to look at. */
  final CallId restarted(String device) {
    if (world.drivers().openTasks(world.desk).isEmpty()) {
      world.open();
    }
    var result = world.call(RESTART, device);
    assertThat(result).isInstanceOf(CallResult.Answered.class);
    oversee();
    return ((CallResult.Answered) result).call();
  }

  final void oversee() {
    world.drivers().oversee();
  }

  final List<CallId> waiting() {
    return desk().open(otto.person(), HARBOR, Optional.empty(), 100).items().stream()
        .map(shown -> shown.item().call())
        .toList();
  }

  final Assertion signed(Human human, boolean isObjection, CallId... calls) {
    return switch (desk().ask(human.person(), HARBOR, isObjection, List.of(calls))) {
      case Certifications.Sign sign ->
          human.key().sign(Base64.getUrlDecoder().decode(sign.challenge()));
      case Certifications.NotTaken ignored -> human.key().sign(new byte[32]);
    };
  }

  final Certifications.Result certify(Human human, CallId... calls) {
    return certify(human, signed(human, false, calls), calls);
  }

  final Certifications.Result certify(Human human, Assertion assertion, CallId... calls) {
    return desk().certify(human.person(), HARBOR, false, List.of(calls), "", assertion);
  }

  final Certifications.Result object(Human human, CallId... calls) {
    return desk()
        .certify(
            human.person(),
            HARBOR,
            true,
            List.of(calls),
            "this was not asked for",
            signed(human, true, calls));
  }

  final void assertNotTaken(Certifications.Result result, String why) {
    assertThat(result)
        .isInstanceOfSatisfying(
            Certifications.NotTaken.class, no -> assertThat(no.why()).contains(why));
    assertThat(world.entries(Kind.CERTIFIED)).isEmpty();
    assertThat(world.entries(Kind.OBJECTED)).isEmpty();
  }

  final Rung rung(AutonomyScope scope) {
    return world.drivers().promotions().levels(scope.tenant()).stream()
        .filter(rung -> rung.scope().equals(scope))
        .findFirst()
        .orElseThrow();
  }

  final AutonomyLevel level() {
    return rung(SERVICE).inForce();
  }

  final List<Entry> falls() {
    return world.entries(Kind.AUTONOMY_LOWERED);
  }
}

package dev.remit.core.flow;

import dev.remit.core.approval.Subject;
import dev.remit.core.call.Call;
import dev.remit.core.call.Sha256;
import dev.remit.core.decision.Decision;
import dev.remit.core.release.Releases;
import dev.remit.core.target.TargetRecord;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.util.Set;
import java.util.TreeSet;

/** What a standing approval is bound to. */
final class StandingDigest {

  private StandingDigest() {}

  /**
   * All of a call that must be the same each time: as {@link ProposalDigest}, but for the task, of
   * which only the class counts, and for the arguments that are named as free.
   */
  static String match(
      Call call, Set<String> free, Decision.NeedsApproval needs, Releases.Active active) {
    var arguments = call.arguments();
    for (var name : free) {
      arguments = arguments.without(name);
    }
    var tenant = call.task().tenant();
    var targets =
        call.targets().stream()
            .map(t -> (Value) Value.object("target", t.ref().text(), "facts", t.boundFacts()))
            .toList();
    return Sha256.of(
        Value.object(
            "tenant", tenant.value(),
            "environment", call.task().environment().text(),
            "taskClass", call.task().taskClass(),
            "agent", call.caller().id().text(),
            "tool", call.tool().name(),
            "pin", call.tool().pin(),
            "connector", call.tool().connector().value(),
            "arguments", arguments,
            "free", Value.texts(new TreeSet<>(free)),
            "targets", targets,
            "policies", ProposalDigest.policies(needs.determining(), active),
            "rules", ProposalDigest.rules(needs.rules()),
            "groups", ProposalDigest.groups(needs.rules(), active, tenant)));
  }

  /** What people sign: the match, how often, until when, and who asked for it. */
  static String of(TenantId tenant, Subject.OfStanding subject) {
    return Sha256.of(
        subject
            .asker()
            .in(
                Value.object(
                    "kind", subject.kind(),
                    "tenant", tenant.value(),
                    "match", subject.match(),
                    "agent", subject.agent().text(),
                    "taskClass", subject.taskClass(),
                    "tool", subject.tool(),
                    "free", Value.texts(new TreeSet<>(subject.free())),
                    "uses", subject.uses(),
                    "until", subject.until().toString(),
                    "asker", subject.asker().text())));
  }

  /** By what standing approvals of a call are found: its targets, whatever is done to them. */
  static String act(Call call) {
    var targets = new TreeSet<String>();
    for (TargetRecord target : call.targets()) {
      targets.add(target.ref().kind() + "/" + target.ref().id());
    }
    return "standing " + targets;
  }
}

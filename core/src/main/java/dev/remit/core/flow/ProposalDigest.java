package dev.remit.core.flow;

import dev.remit.core.call.Call;
import dev.remit.core.call.Sha256;
import dev.remit.core.decision.Decision;
import dev.remit.core.release.Releases;
import dev.remit.core.task.TaskClass.AskRule;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.util.List;
import java.util.TreeMap;

/**
 * What an approval of a call is bound to: the call's own digest (tenant, environment, task, agent,
 * tool and pin, connector, arguments, binding attributes), the policies that asked with their
 * content, their rules, and who the groups are that the rules name.
 *
 * <p>Not in it: versions and times of records, and the policy version as a whole, so that neither a
 * heartbeat nor another tenant's policy makes an approval stale.
 */
final class ProposalDigest {

  private ProposalDigest() {}

  static String of(Call call, Decision.NeedsApproval needs, Releases.Active active) {
    var tenant = call.task().tenant();
    return Sha256.of(
        Value.object(
            "call", call.digest(),
            "policies", policies(needs.determining(), active),
            "rules", rules(needs.rules()),
            "groups", groups(needs.rules(), active, tenant)));
  }

  /** What each of these policies says. */
  static Value policies(List<String> determining, Releases.Active active) {
    var policies = new TreeMap<String, Value>();
    determining.forEach(id -> policies.put(id, Value.of(active.decisionPoint().contentOf(id))));
    return new Value.Obj(policies);
  }

  static Value rules(List<AskRule> rules) {
    var all = new TreeMap<String, Value>();
    rules.forEach(rule ->
        all.put(
            rule.id(),
            Value.object(
                "if",
                rule.condition(),
                "from",
                rule.from().stream()
                    .map(answers -> answers.count() + " of " + answers.group())
                    .toList(),
                "answerWithin",
                rule.answerWithin().toString(),
                "useWithin",
                rule.useWithin().toString())));
    return new Value.Obj(all);
  }

  static Value groups(List<AskRule> rules, Releases.Active active, TenantId tenant) {
    var people = active.release().people();
    var all = new TreeMap<String, Value>();
    rules.stream()
        .flatMap(rule -> rule.from().stream())
        .forEach(answers ->
            all.put(answers.group(), Value.of(people.meaningOf(answers.group(), tenant))));
    return new Value.Obj(all);
  }
}

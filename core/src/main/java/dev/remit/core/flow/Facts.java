package dev.remit.core.flow;

import dev.remit.core.call.Call;
import dev.remit.core.call.ScopeTruth;
import dev.remit.core.call.Sha256;
import dev.remit.core.decision.Decision;
import dev.remit.core.decision.Decision.Deny;
import dev.remit.core.decision.Decision.NeedsApproval;
import dev.remit.core.decision.Decision.Permit;
import dev.remit.core.delegation.Chain;
import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.Grade;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.release.Release;
import dev.remit.core.release.Releases;
import dev.remit.core.target.TargetRecord;
import dev.remit.core.target.TargetRef;
import dev.remit.core.task.TaskClass;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What entries say about calls, in one place so that every kind of entry says it alike. */
final class Facts {

  private Facts() {}

  /** Fields that begin with whose work it is: an agent and its copy, or a person. */
  static Value.Obj by(Caller.Worker caller, Object... namesAndValues) {
    var fields = Value.object(namesAndValues);
    return switch (caller) {
      case Caller.Agent agent -> {
        var named =
            fields
                .with("agent", Value.of(agent.id().text()))
                .with("instance", Value.of(agent.instance().value()));
        yield agent.token().map(token -> named.with("token", Value.of(token.id()))).orElse(named);
      }
      case Caller.OfAutomation remit ->
          fields
              .with("agent", Value.of(remit.id().text()))
              .with("instance", Value.of(remit.instance().value()));
      case Caller.OfPerson own -> fields.with("person", Value.of(own.person().id().text()));
    };
  }

  /** The leaf's fields about a call and its decision. */
  static Value.Obj fields(Call call, Decision decision) {
    var targets = call.targets().stream().map(Facts::target).toList();
    var fields =
        by(
            call.caller(),
            "bound",
            call.caller().isBound(),
            "taskClass",
            call.task().taskClass(),
            "ticket",
            call.task().ground().ticket(),
            "tool",
            call.tool().name(),
            "effect",
            call.tool().effect().text(),
            "pin",
            call.tool().pin(),
            "connector",
            call.tool().connector().value(),
            "digest",
            call.digest(),
            "arguments",
            Sha256.of(call.arguments()),
            "targets",
            new Value.Array(List.copyOf(targets)),
            "decision",
            name(decision),
            "determining",
            Value.texts(decision.determining()));
    return Chain.with(fields, call.task().lineage());
  }

  /**
   * The body: arguments, every fact that policy looked at and what it said, so that the decision
   * can be replayed ({@link Replay}), and who answers for the agent.
   */
  static Value.Obj body(Deliberation all, Decision decision) {
    var call = all.call();
    var records = new ArrayList<Value>();
    for (TargetRecord target : call.targets()) {
      records.add(
          Value.object(
              "target", target.ref().text(),
              "tenant", target.tenant().value(),
              "attributes", target.attributes(),
              "binding", Value.texts(target.binding().stream().sorted().toList()),
              "version", target.version(),
              "source", target.ref().connector().value(),
              "kind", "proven",
              "seenAt", target.seenAt().toString()));
    }
    return Value.object(
        "arguments", call.arguments(),
        "records", new Value.Array(records),
        "taskClass", all.taskClass().name(),
        "serves", Value.texts(all.taskClass().serves()),
        "windows", Value.texts(all.tenant().windowsOpenAt(all.at())),
        "ground",
            Value.object(
                "ticket", call.task().ground().ticket(),
                "requester", call.task().ground().requester(),
                "kind", "observed"),
        "accountable", owners(call, all.active().release()),
        "asked", asked(all),
        "decided", decided(decision),
        "at", all.at().toString());
  }

  /** The facts of the question beside arguments, records and time. */
  private static Value.Obj asked(Deliberation all) {
    var call = all.call();
    var task = call.task();
    var known =
        Value.object(
            "class", task.taskClass(),
            "environment", task.environment().text(),
            "agent", task.agent().text(),
            "openedAt", task.openedAt().toString(),
            "targets", Value.texts(task.targets().stream().map(TargetRef::text).sorted().toList()),
            "tools", Value.texts(task.tools().stream().sorted().toList()),
            "readUntrusted", task.hasReadUntrusted());
    if (task.lineage().depth() > 0) {
      known = known.with("chain", Chain.asked(task.lineage()));
    }
    var asked =
        Value.object(
            "caller", call.caller().id().text(),
            "instance", call.caller().instance().value(),
            "bound", call.caller().isBound(),
            "tool", call.tool().name(),
            "pin", call.tool().pin(),
            "autonomy", all.autonomy().text(),
            "scopeTruth", all.scopeTruth().map(ScopeTruth::text).orElse("unknown"),
            "approvals", Value.texts(all.held().stream().sorted().toList()),
            "task", worked(known, task.instance()));
    return call.caller() instanceof Caller.OfPerson own
        ? asked.with("groups", Value.texts(own.person().groups().stream().sorted().toList()))
        : asked;
  }

  private static Value.Obj worked(Value.Obj known, Optional<InstanceId> instance) {
    return instance.map(one -> known.with("instance", Value.of(one.value()))).orElse(known);
  }

  /** What policy said, whole: equal decisions have equal canonical bytes. */
  static Value.Obj decided(Decision decision) {
    var said =
        Value.object(
            "decision", name(decision), "determining", Value.texts(decision.determining()));
    return switch (decision) {
      case Permit ignored -> said;
      case NeedsApproval needs ->
          said.with(
              "rules", Value.texts(needs.rules().stream().map(TaskClass.AskRule::id).toList()));
      case Deny deny ->
          said.with("reason", Value.of(deny.reason().code()))
              .with("detail", Value.of(deny.detail()));
    };
  }

  /** What a card shows of a call beside its arguments: nothing in it is decided on. */
  static Value.Obj card(
      Call call, TaskClass taskClass, Tenant tenant, NeedsApproval needs, Releases.Active active) {
    return card(call, taskClass, tenant, needs.determining(), needs.rules(), active);
  }

  /** The same of a call that policy may let go alone, as a step of a plan: no rule asks then. */
  static Value.Obj card(
      Call call,
      TaskClass taskClass,
      Tenant tenant,
      List<String> determining,
      List<TaskClass.AskRule> rules,
      Releases.Active active) {
    var release = active.release();
    return Value.object(
        "tenantName", tenant.name(),
        "environment", call.task().environment().text(),
        "title", call.tool().title(),
        "risk", max(call.tool().effect(), taskClass.risk()).text(),
        "connector", call.tool().connector().value(),
        "pin", call.tool().pin(),
        "targets", call.targets().stream().map(Facts::shown).toList(),
        "ticket", call.task().ground().ticket(),
        "ticketSubject", call.task().ground().subject(),
        "requester", call.task().ground().requester(),
        "agentOwner", owners(call, release),
        "worker", Chain.words(call.caller().name(), call.task().lineage()),
        "prompt", call.task().prompt().excerpt(),
        "why", rules.stream().map(rule -> Value.of(active.decisionPoint().wordsOf(rule))).toList(),
        "determining", Value.texts(determining),
        "version", release.version().value());
  }

  private static String owners(Call call, Release release) {
    var owners = new TreeSet<>(Chain.owners(release, call.task().lineage()));
    release.agentClassOf(call.caller()).map(AgentClass::owner).ifPresent(owners::add);
    return String.join(", ", owners);
  }

  private static Grade max(Grade one, Grade other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private static Value shown(TargetRecord target) {
    return Value.object(
        "kind", target.ref().kind(),
        "id", target.ref().id(),
        "connector", target.ref().connector().value(),
        "attributes", target.attributes(),
        "binding", Value.texts(target.binding().stream().sorted().toList()));
  }

  /** A target with the tenant and version it was decided on. */
  static Value target(TargetRecord record) {
    return Value.object(
        "ref", record.ref().text(), "tenant", record.tenant().value(), "version", record.version());
  }

  /** Targets of which only the name is known. */
  static Value refs(List<TargetRef> refs) {
    return Value.texts(refs.stream().map(TargetRef::text).toList());
  }

  /** {@code permit}, {@code needs-approval} or {@code deny}. */
  static String name(Decision decision) {
    return switch (decision) {
      case Permit ignored -> "permit";
      case NeedsApproval ignored -> "needs-approval";
      case Deny ignored -> "deny";
    };
  }
}

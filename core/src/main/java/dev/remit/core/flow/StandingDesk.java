package dev.remit.core.flow;

import dev.remit.core.approval.Asker;
import dev.remit.core.approval.Parties;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Subject;
import dev.remit.core.call.Call;
import dev.remit.core.call.CallId;
import dev.remit.core.call.Tool;
import dev.remit.core.decision.Decision;
import dev.remit.core.evidence.Entry;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.identity.Person;
import dev.remit.core.release.Release;
import dev.remit.core.release.Releases;
import dev.remit.core.target.Inventory;
import dev.remit.core.target.TargetRecord;
import dev.remit.core.task.TaskClass;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** How people ask for standing approvals, see them, and end them. */
final class StandingDesk implements Standing {

  private static final int LONGEST_REASON = 1_000;

  private final Ports ports;
  private final Entries entries;
  private final Judge judge;

  StandingDesk(Ports ports, Entries entries, Judge judge) {
    this.ports = ports;
    this.entries = entries;
    this.judge = judge;
  }

  @Override
  public Asked ask(Person person, Wish wish) {
    var active = ports.releases().active();
    var release = active.release();
    var now = ports.clock().instant();
    var tenant = named(release.tenants().get(wish.tenant()), "tenant");
    var taskClass = named(release.taskClass(wish.taskClass(), tenant.id()), "task class");
    var tool = named(release.tools().get(wish.tool()), "tool");
    var objection = objection(wish, tool);
    if (objection.isPresent()) {
      return new NotAsked(objection.get());
    }
    var records = records(wish, tool, taskClass, now);
    if (records.isEmpty()) {
      return new NotAsked("a target is not known at this tenant just now");
    }
    var caller =
        new Caller.Agent(wish.agent(), new InstanceId("standing"), false, now.plusSeconds(60));
    if (!wish.agent().tenant().equals(tenant.id())
        || release.toolOf(caller, tool.name()).isEmpty()) {
      return new NotAsked("this agent does not have this tool at this tenant");
    }
    var task =
        OversightDesk.hypothetical(
            release,
            wish.agent(),
            taskClass.name(),
            records.get().stream().map(TargetRecord::ref).toList(),
            tool.name(),
            now);
    var call =
        new Call(new CallId("standing"), caller, task, tool, wish.arguments(), records.get());
    if (!StandingGate.isLow(call, release)) {
      return new NotAsked("standing approvals exist for what is low alone, tool and task class");
    }
    return switch (judge.decide(active, call, taskClass, tenant, now)) {
      case Decision.NeedsApproval needs ->
          proposed(proposal(person, wish, call, taskClass, tenant, needs, active, now));
      case Decision.Permit ignored -> new NotAsked("policy lets this go without asking");
      case Decision.Deny ignored -> new NotAsked("policy denies this");
    };
  }

  private Optional<String> objection(Wish wish, Tool tool) {
    var schema = ports.schema().objection(tool, wish.arguments());
    if (schema.isPresent()) {
      return schema;
    }
    if (wish.uses() < 1 || wish.uses() > MOST_USES) {
      return Optional.of("a standing approval is for 1 to " + MOST_USES + " uses");
    }
    if (wish.life().compareTo(Duration.ofMinutes(1)) < 0 || wish.life().compareTo(LONGEST) > 0) {
      return Optional.of("a standing approval lasts at most " + LONGEST.toDays() + " days");
    }
    if (wish.reason().isBlank() || wish.reason().length() > LONGEST_REASON) {
      return Optional.of("say why, in at most " + LONGEST_REASON + " characters");
    }
    for (var name : wish.free()) {
      if (tool.targets().stream().anyMatch(target -> target.argument().equals(name))) {
        return Optional.of("argument `" + name + "` names a target and cannot be free");
      }
      if (wish.arguments().get(name).isEmpty()) {
        return Optional.of("argument `" + name + "` is not there and cannot be free");
      }
    }
    return Optional.empty();
  }

  /** What the tool's targets are at this tenant; empty when one is not proven its own. */
  private Optional<List<TargetRecord>> records(
      Wish wish, Tool tool, TaskClass taskClass, Instant now) {
    var records = new ArrayList<TargetRecord>();
    for (var ref : Targets.named(tool, wish.arguments())) {
      if (ports.inventory().resolve(ref, taskClass.seenWithin(), now)
              instanceof Inventory.Proven(TargetRecord record)
          && record.tenant().equals(wish.tenant())) {
        records.add(record);
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(records);
  }

  private static Proposal proposal(
      Person person,
      Wish wish,
      Call call,
      TaskClass taskClass,
      Tenant tenant,
      Decision.NeedsApproval needs,
      Releases.Active active,
      Instant now) {
    Release release = active.release();
    var asker = Asker.of(person);
    var subject =
        new Subject.OfStanding(
            wish.agent(),
            taskClass.name(),
            call.tool().name(),
            wish.arguments(),
            wish.free(),
            wish.uses(),
            now.plus(wish.life()).truncatedTo(java.time.temporal.ChronoUnit.SECONDS),
            asker,
            wish.reason(),
            StandingDigest.match(call, wish.free(), needs, active));
    var within =
        needs.rules().stream()
            .map(TaskClass.AskRule::answerWithin)
            .min(Duration::compareTo)
            .orElseThrow();
    var parties = CallRecords.parties(call, release);
    return new Proposal(
        new ProposalId("none"),
        tenant.id(),
        subject,
        StandingDigest.of(tenant.id(), subject),
        needs.rules(),
        new Parties(Optional.empty(), parties.owner(), true, parties.authors(), Optional.of(asker)),
        Facts.card(call, taskClass, tenant, needs, active),
        now,
        now.plus(within),
        Optional.empty(),
        Proposal.State.OPEN);
  }

  private Asked proposed(Proposal p) {
    var proposal =
        new Proposal(
            new ProposalId(ports.ids().id()),
            p.tenant(),
            p.subject(),
            p.digest(),
            p.rules(),
            p.parties(),
            p.facts(),
            p.askedAt(),
            p.answerBy(),
            p.useBy(),
            p.state());
    var entry =
        entries.ofProposal(Entry.Kind.PROPOSED, proposal, proposal.askedAt(), told(proposal));
    return ports
        .proposals()
        .propose(proposal, Fatigue.CAPS, Optional.empty(), entry)
        .<Asked>map(Waits::new)
        .orElseGet(() -> new NotAsked("too many requests wait for those who would answer this"));
  }

  private static Value.Obj told(Proposal proposal) {
    return proposal.subject() instanceof Subject.OfStanding subject
        ? Value.object(
            "agent", subject.agent().text(),
            "taskClass", subject.taskClass(),
            "tool", subject.tool(),
            "free", Value.texts(new TreeSet<>(subject.free())),
            "uses", subject.uses(),
            "until", subject.until().toString(),
            "asker", subject.asker().text())
        : Value.Obj.EMPTY;
  }

  @Override
  public List<InForce> of(TenantId tenant) {
    var now = ports.clock().instant();
    return ports.proposals().standing(tenant, Optional.empty()).stream()
        .filter(stored -> stored.proposal().stateAt(now).isLive())
        .map(stored -> new InForce(stored.proposal(), stored.used()))
        .toList();
  }

  @Override
  public boolean withdraw(TenantId tenant, ProposalId id, String by, String reason) {
    var found =
        ports
            .proposals()
            .find(tenant, id)
            .filter(proposal -> proposal.subject() instanceof Subject.OfStanding);
    return found.isPresent()
        && ports
            .proposals()
            .end(
                found.get(),
                Proposal.State.WITHDRAWN,
                entries.ofProposal(
                    Entry.Kind.PROPOSAL_ENDED,
                    found.get(),
                    ports.clock().instant(),
                    Value.object("state", "withdrawn", "by", by, "why", reason)));
  }

  private static <T> T named(@org.jspecify.annotations.Nullable T found, String what) {
    if (found == null) {
      throw new InvalidValueException("no such " + what + " in the active version");
    }
    return found;
  }

  private static <T> T named(Optional<T> found, String what) {
    return found.orElseThrow(
        () -> new InvalidValueException("no such " + what + " in the active version"));
  }
}

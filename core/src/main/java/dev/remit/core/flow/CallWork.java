package dev.remit.core.flow;

import dev.remit.core.call.Call;
import dev.remit.core.call.Tool;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.execution.Connector;
import dev.remit.core.execution.Connector.VendorException;
import dev.remit.core.execution.Cut;
import dev.remit.core.execution.Execution;
import dev.remit.core.execution.SendBy;
import dev.remit.core.lease.Credential;
import dev.remit.core.release.Release;
import dev.remit.core.secret.SecretCheck;
import dev.remit.core.target.Inventory;
import dev.remit.core.target.Reading;
import dev.remit.core.target.TargetRecord;
import dev.remit.core.tenant.DataClass;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.trace.Trace;
import dev.remit.core.value.Value;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The work of a call: prove the targets through the lease, send, prove them again.
 *
 * <p>A read whose answer carries its own owner is proven by that answer; nothing of it is released
 * before the proof was checked.
 */
final class CallWork implements Work {

  private final Call call;
  private final Release release;
  private final Tenant tenant;
  private final Connector connector;
  private final Inventory inventory;
  private final InstantSource clock;
  private final SecretCheck secrets;
  private final Failpoints failpoints;

  CallWork(Call call, Release release, Tenant tenant, Connector connector, Ports ports) {
    this.call = call;
    this.release = release;
    this.tenant = tenant;
    this.connector = connector;
    this.inventory = ports.inventory();
    this.clock = ports.clock();
    this.secrets = ports.secrets();
    this.failpoints = ports.failpoints();
  }

  @Override
  public Performed perform(Credential credential, SendBy sendBy, Cut cut) {
    boolean isProvenByAnswer = call.tool().proof() == Tool.Proof.ANSWER;
    var before = isProvenByAnswer ? List.<Value>of() : new ArrayList<Value>();
    if (!isProvenByAnswer) {
      var objection = readAgain(credential, before, Targets::changed);
      if (objection.isPresent()) {
        return new Performed(
            new Execution.Failed("a target's record changed before the effect"),
            objection,
            Value.object("before", new Value.Array(before)));
      }
    }
    failpoints.reached("before-send");
    var unsent = Performed.unsent(sendBy, cut);
    if (unsent.isPresent()) {
      return unsent.get();
    }
    var request =
        new Connector.Request(
            call.id().value(),
            call.tool(),
            call.arguments(),
            tenant,
            Optional.of(call.task()),
            clock.instant().plus(call.tool().timeout()));
    var execution = Trace.part("vendor", () -> connector.execute(request, credential, sendBy, cut));
    failpoints.reached("after-send");
    var performed =
        execution instanceof Execution.Done done
            ? provenAfter(done, isProvenByAnswer, credential, before)
            : new Performed(
                execution, unproven(execution), Value.object("before", new Value.Array(before)));
    return released(performed);
  }

  /** What of the answer may go to the model behind this agent, and whose words are in it. */
  private Performed released(Performed performed) {
    return switch (performed.execution()) {
      case Execution.Done(Value.Obj result, var proofs) -> {
        var rest = Withholding.of(result, call.tool().classes(), releasable());
        yield told(performed, new Execution.Done(rest.result(), proofs), rest);
      }
      case Execution.Rejected(String detail, Value.Obj result, boolean isInOwnWords)
          when !isInOwnWords -> {
        var rest = Withholding.of(result, call.tool().classes(), releasable());
        yield told(performed, new Execution.Rejected(detail, rest.result(), false), rest);
      }
      case Execution.Rejected ignored -> performed;
      case Execution.Failed ignored -> performed;
      case Execution.Unknown ignored -> performed;
    };
  }

  private Performed told(Performed performed, Execution execution, Withholding.Rest rest) {
    return new Performed(
        execution,
        performed.reason(),
        performed.proofs(),
        !call.tool().isContentTrusted(),
        rest.withheld());
  }

  /** People who work by themselves see what their own rights in the target's system show. */
  private Set<DataClass> releasable() {
    if (call.task().isOfPerson()) {
      return EnumSet.allOf(DataClass.class);
    }
    var agentClass = release.agentClasses().get(call.task().agent().agentClass());
    return agentClass == null ? Set.of() : tenant.releasedTo(agentClass.modelProvider());
  }

  /**
   * A vendor's "no such record" to a call whose only proof is the answer must sound like a foreign
   * record, or it would tell which records exist at other clients.
   */
  private Optional<ReasonCode> unproven(Execution execution) {
    boolean isTelling = execution instanceof Execution.Rejected && call.targets().isEmpty();
    return isTelling && call.tool().proof() == Tool.Proof.ANSWER
        ? Optional.of(ReasonCode.TARGET_UNKNOWN)
        : Optional.empty();
  }

  private Performed provenAfter(
      Execution.Done done, boolean isProvenByAnswer, Credential credential, List<Value> before) {
    var after = new ArrayList<Value>();
    Optional<ReasonCode> objection;
    try {
      objection =
          isProvenByAnswer
              ? byAnswer(done.proofs(), after)
              : readAgain(credential, after, Targets::moved);
    } catch (VendorException e) {
      objection = Optional.of(ReasonCode.TENANT_UNKNOWN);
    }
    var proofs = Value.object("before", new Value.Array(before), "after", new Value.Array(after));
    return new Performed(done, objection, proofs);
  }

  private Optional<ReasonCode> byAnswer(List<Reading> proofs, List<Value> seen) {
    // A record that came along unasked must be the tenant's as well; an answer without owner proves
    // nothing.
    Optional<ReasonCode> objection =
        proofs.isEmpty() ? Optional.of(ReasonCode.TENANT_UNKNOWN) : Optional.empty();
    for (Reading proof : proofs) {
      var owner = release.tenantOf(proof.ref().connector(), proof.owner());
      var reason = ownerObjection(owner);
      objection = objection.or(() -> reason);
    }
    for (TargetRecord target : call.targets()) {
      var proof = proofs.stream().filter(p -> p.ref().equals(target.ref())).findFirst();
      note(target, proof, seen);
      if (proof.isEmpty()) {
        objection = objection.or(() -> Optional.of(ReasonCode.TENANT_UNKNOWN));
      }
    }
    return objection;
  }

  private Optional<ReasonCode> ownerObjection(Optional<dev.remit.core.tenant.TenantId> now) {
    if (now.isEmpty()) {
      return Optional.of(ReasonCode.TENANT_UNKNOWN);
    }
    return now.get().equals(tenant.id())
        ? Optional.empty()
        : Optional.of(ReasonCode.TENANT_MISMATCH);
  }

  private Optional<ReasonCode> readAgain(
      Credential credential, List<Value> seen, Comparison comparison) {
    Optional<ReasonCode> objection = Optional.empty();
    for (TargetRecord target : call.targets()) {
      var reading = connector.read(target.ref(), credential);
      note(target, reading, seen);
      var reason = comparison.objection(release, target, reading);
      // Also what the effect itself changed: the task's next call is decided on the new record.
      reading
          .filter(seenNow -> reason.isPresent() || !seenNow.version().equals(target.version()))
          .ifPresent(this::tell);
      objection = objection.or(() -> reason);
    }
    return objection;
  }

  private interface Comparison {
    Optional<ReasonCode> objection(
        Release release, TargetRecord decided, Optional<Reading> readAgain);
  }

  /** Lets the inventory know; it will find out by itself if it cannot be told now. */
  private void tell(Reading found) {
    try {
      inventory.update(Cleaning.of(found, secrets), clock.instant());
    } catch (RuntimeException e) {
      // The objection stands whether or not it could be stored.
    }
  }

  private static void note(TargetRecord target, Optional<Reading> reading, List<Value> seen) {
    seen.add(
        Value.object(
            "target", target.ref().text(),
            "owner", reading.<Value>map(r -> Value.of(r.owner())).orElse(Value.Null.NULL),
            "version", reading.<Value>map(r -> Value.of(r.version())).orElse(Value.Null.NULL)));
  }
}

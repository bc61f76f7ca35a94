package dev.remit.core.flow;

import dev.remit.core.approval.Proposal;
import dev.remit.core.call.CallId;
import dev.remit.core.evidence.Entry;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.Optional;

/** Makes entries with fresh names and salts. */
final class Entries {

  private final Ids ids;

  Entries(Ids ids) {
    this.ids = ids;
  }

  /** An entry about a call. */
  Entry ofCall(
      Entry.Kind kind,
      TenantId tenant,
      CallId call,
      Optional<TaskId> task,
      Instant at,
      Value.Obj fields,
      Value.Obj body) {
    return new Entry(
        ids.id(),
        tenant,
        kind,
        Optional.of(call.value()),
        task.map(TaskId::value),
        at,
        fields,
        body,
        ids.salt());
  }

  /** An entry about a task. */
  Entry ofTask(
      Entry.Kind kind, TenantId tenant, TaskId task, Instant at, Value.Obj fields, Value.Obj body) {
    return new Entry(
        ids.id(),
        tenant,
        kind,
        Optional.empty(),
        Optional.of(task.value()),
        at,
        fields,
        body,
        ids.salt());
  }

  /** An entry about a proposal; of its task, if it belongs to one. */
  Entry ofProposal(Entry.Kind kind, Proposal proposal, Instant at, Value.Obj more) {
    return ofProposal(kind, proposal, at, more, Value.Obj.EMPTY);
  }

  /** The same with a body beside the leaf: words that people typed go there. */
  Entry ofProposal(Entry.Kind kind, Proposal proposal, Instant at, Value.Obj more, Value.Obj body) {
    var fields =
        Value.object("proposal", proposal.digest(), "handle", proposal.id().value())
            .with("subject", Value.of(proposal.subject().kind()));
    for (var member : more.members().entrySet()) {
      fields = fields.with(member.getKey(), member.getValue());
    }
    return new Entry(
        ids.id(),
        proposal.tenant(),
        kind,
        Optional.empty(),
        proposal.ofAgent().map(wanted -> wanted.task().value()),
        at,
        fields,
        body,
        ids.salt());
  }

  /** An entry about neither. */
  Entry of(Entry.Kind kind, TenantId tenant, Instant at, Value.Obj fields) {
    return of(kind, tenant, at, fields, Value.Obj.EMPTY);
  }

  /** The same with a body beside the leaf: words that people typed go there. */
  Entry of(Entry.Kind kind, TenantId tenant, Instant at, Value.Obj fields, Value.Obj body) {
    return new Entry(
        ids.id(), tenant, kind, Optional.empty(), Optional.empty(), at, fields, body, ids.salt());
  }
}

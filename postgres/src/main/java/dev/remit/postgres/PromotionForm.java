package dev.remit.postgres;

import dev.remit.core.approval.Subject;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;

/** How the wish for a higher level lies in a proposal's row. */
final class PromotionForm {

  private PromotionForm() {}

  static Value.Obj write(Subject.OfPromotion raise) {
    return raise
        .asker()
        .in(
            Value.object(
                "kind", raise.kind(),
                "tenant", raise.tenant().value(),
                "agentClass", raise.agentClass().value(),
                "taskClass", raise.taskClass(),
                "from", raise.from().text(),
                "to", raise.to().text(),
                "revision", raise.revision(),
                "evidence", raise.evidence(),
                "position", raise.position(),
                "owner", raise.owner(),
                "asker", raise.asker().text(),
                "reason", raise.reason()));
  }

  static Subject.OfPromotion read(Value.Obj form) {
    return new Subject.OfPromotion(
        new TenantId(TaskForm.text(form, "tenant")),
        new AgentClassId(TaskForm.text(form, "agentClass")),
        TaskForm.text(form, "taskClass"),
        level(form, "from"),
        level(form, "to"),
        form.integer("revision").orElseThrow(),
        form.object("evidence").orElse(Value.Obj.EMPTY),
        form.integer("position").orElseThrow(),
        TaskForm.text(form, "owner"),
        ProposalForm.readAsker(form),
        TaskForm.text(form, "reason"));
  }

  private static AutonomyLevel level(Value.Obj form, String name) {
    return AutonomyLevel.of(TaskForm.text(form, name))
        .orElseThrow(() -> new IllegalStateException("a stored row cannot be read"));
  }
}

package dev.remit.postgres;

import dev.remit.core.approval.Subject;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;

/** How a proposal about the keeping of bodies is stored. */
final class CustodyForm {

  private CustodyForm() {}

  static Value.Obj write(Subject.OfBodies bodies) {
    return bodies
        .asker()
        .in(
            Value.object(
                "kind", bodies.kind(),
                "tenant", bodies.tenant().value(),
                "what", bodies.what(),
                "asker", bodies.asker().text(),
                "reason", bodies.reason()));
  }

  static Subject.OfBodies read(Value.Obj form) {
    boolean isLift = TaskForm.text(form, "kind").equals("hold-lift");
    return new Subject.OfBodies(
        isLift ? Subject.OfBodies.Act.LIFT_HOLD : Subject.OfBodies.Act.ERASE,
        new TenantId(TaskForm.text(form, "tenant")),
        TaskForm.text(form, "what"),
        ProposalForm.readAsker(form),
        TaskForm.text(form, "reason"));
  }
}

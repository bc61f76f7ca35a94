package dev.remit.postgres;

import dev.remit.core.approval.Subject;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.value.Value;

/** How the wish that a class of agents works lies in a proposal's row. */
final class LaunchForm {

  private LaunchForm() {}

  static Value.Obj write(Subject.OfLaunch launch) {
    return launch
        .asker()
        .in(
            Value.object(
                "kind", launch.kind(),
                "agentClass", launch.agentClass().value(),
                "boundaries", launch.boundaries(),
                "revision", launch.revision(),
                "owner", launch.owner().text(),
                "asker", launch.asker().text(),
                "reason", launch.reason()));
  }

  static Subject.OfLaunch read(Value.Obj form) {
    return new Subject.OfLaunch(
        new AgentClassId(TaskForm.text(form, "agentClass")),
        form.object("boundaries").orElse(Value.Obj.EMPTY),
        form.integer("revision").orElseThrow(),
        PersonKeyForm.person(TaskForm.text(form, "owner")),
        ProposalForm.readAsker(form),
        TaskForm.text(form, "reason"));
  }
}

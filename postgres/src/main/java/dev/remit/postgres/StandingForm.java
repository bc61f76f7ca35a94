package dev.remit.postgres;

import dev.remit.core.approval.Subject;
import dev.remit.core.identity.AgentId;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.TreeSet;

/** How a standing approval lies in a proposal's row. */
final class StandingForm {

  private StandingForm() {}

  static Value.Obj write(Subject.OfStanding standing) {
    return standing
        .asker()
        .in(
            Value.object(
                "kind", standing.kind(),
                "agent", standing.agent().text(),
                "taskClass", standing.taskClass(),
                "tool", standing.tool(),
                "arguments", standing.arguments(),
                "free", Value.texts(new TreeSet<>(standing.free())),
                "uses", standing.uses(),
                "until", standing.until().toString(),
                "asker", standing.asker().text(),
                "reason", standing.reason(),
                "match", standing.match()));
  }

  static Subject.OfStanding read(Value.Obj form) {
    var free = new TreeSet<String>();
    for (var item : form.items("free")) {
      if (item instanceof Value.Text(String name)) {
        free.add(name);
      }
    }
    return new Subject.OfStanding(
        AgentId.parse(TaskForm.text(form, "agent")),
        TaskForm.text(form, "taskClass"),
        TaskForm.text(form, "tool"),
        form.object("arguments").orElse(Value.Obj.EMPTY),
        free,
        Math.toIntExact(form.integer("uses").orElse(0L)),
        Instant.parse(TaskForm.text(form, "until")),
        ProposalForm.readAsker(form),
        TaskForm.text(form, "reason"),
        TaskForm.text(form, "match"));
  }
}

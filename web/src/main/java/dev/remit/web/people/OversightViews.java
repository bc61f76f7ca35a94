package dev.remit.web.people;

import dev.remit.core.oversight.Certifications;
import dev.remit.core.oversight.Item;
import dev.remit.core.oversight.Promotions.Rung;
import dev.remit.core.oversight.Standing;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Effects to look at and levels of autonomy, as the JSON API shows them. */
final class OversightViews {

  private OversightViews() {}

  static Value.Obj item(Item item, Instant now) {
    return Value.object(
            "call", item.call().value(),
            "tenant", item.tenant().value(),
            "agentClass", item.scope().agentClass().value(),
            "taskClass", item.scope().taskClass(),
            "grade", item.grade().text(),
            "outcome", item.outcome().text(),
            "digest", item.digest(),
            "at", item.at().toString(),
            "dueAt", item.dueAt().toString(),
            "isOverdue", item.isOverdueAt(now),
            "state", item.state().name().toLowerCase(Locale.ROOT))
        .with("shown", item.shown());
  }

  static Value.Obj shown(Certifications.Shown shown, Instant now) {
    var view = with(item(shown.item(), now), "whyNot", shown.whyNot());
    return view.with("mayCertify", Value.of(shown.whyNot().isEmpty()));
  }

  static Value.Obj rung(Rung rung) {
    var evidence = rung.evidence();
    var figures =
        Value.object(
            "done", evidence.done(),
            "certified", evidence.certified(),
            "objected", evidence.objected(),
            "unknown", evidence.unknown(),
            "refusals", evidence.refusals(),
            "overdue", rung.overdue(),
            "upToLeaf", rung.position());
    var view =
        Value.object(
            "agentClass", rung.scope().agentClass().value(),
            "tenant", rung.scope().tenant().value(),
            "taskClass", rung.scope().taskClass(),
            "inForce", rung.inForce().text(),
            "start", rung.start().text(),
            "upTo", rung.upTo().text(),
            "evidence", with(figures, "loweredAt", evidence.loweredAt().map(Instant::toString)));
    view = with(view, "since", rung.standing().map(Standing::since).map(Instant::toString));
    view = with(view, "cause", rung.standing().map(Standing::cause));
    return with(view, "next", rung.next().map(level -> level.text()));
  }

  private static Value.Obj with(Value.Obj view, String name, Optional<String> text) {
    return text.isPresent() ? view.with(name, Value.of(text.get())) : view;
  }
}

package dev.remit.web.people;

import dev.remit.core.approval.Card;
import dev.remit.core.value.Value;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Cards as people's programs read them; texts as they came. */
final class CardViews {

  private CardViews() {}

  /** What an inbox shows of it. */
  static Value brief(Card card) {
    return head(card);
  }

  /** All of it. */
  static Value whole(Card card) {
    var view =
        head(card)
            .with("arguments", card.arguments())
            .with("targets", array(card.targets().stream().map(CardViews::target).toList()))
            .with("openedBy", Value.of(card.openedBy()))
            .with("agentOwner", Value.of(card.agentOwner()))
            .with("keys", array(card.keys().stream().map(key -> Value.of(key)).toList()));
    if (!card.steps().isEmpty()) {
      view = view.with("steps", array(card.steps().stream().map(CardViews::step).toList()));
    }
    view = with(view, "prompt", card.prompt());
    view = with(view, "grantChallenge", card.grantChallenge());
    view = with(view, "refuseChallenge", card.refuseChallenge());
    return card.diff().isPresent() ? view.with("diff", diff(card.diff().get())) : view;
  }

  private static Value.Obj head(Card card) {
    var view =
        Value.object(
                "handle", card.id().value(),
                "tenant", card.tenant().value(),
                "tenantName", card.tenantName(),
                "environment", card.environment(),
                "kind", card.kind(),
                "digest", card.digest(),
                "state", card.state().name().toLowerCase(Locale.ROOT),
                "action", card.action(),
                "risk", card.risk())
            .with("why", array(card.why().stream().map(text -> Value.of(text)).toList()))
            .with("ticket", Value.of(card.ticket()))
            .with("ticketSubject", Value.of(card.ticketSubject()))
            .with("agent", Value.of(card.agent()))
            .with("task", Value.of(card.task()))
            .with("needs", array(card.needs().stream().map(CardViews::need).toList()))
            .with("answers", array(card.answers().stream().map(CardViews::given).toList()))
            .with("askedAt", Value.of(card.askedAt().toString()))
            .with("answerBy", Value.of(card.answerBy().toString()))
            .with("mayAnswer", Value.of(card.mayAnswer()))
            .with("mayWithdraw", Value.of(card.mayWithdraw()));
    view = with(view, "useBy", card.useBy().map(Object::toString));
    return with(view, "whyNot", card.whyNot());
  }

  private static Value step(Card.Step step) {
    var view =
        Value.object(
            "action", step.action(),
            "risk", step.risk(),
            "isAsked", step.isAsked(),
            "arguments", step.arguments(),
            "targets", array(step.targets().stream().map(CardViews::target).toList()),
            "changes", Value.texts(step.changes()));
    return step.diff().isPresent() ? view.with("diff", diff(step.diff().get())) : view;
  }

  private static Value diff(Card.Diff diff) {
    return Value.object(
        "argument", diff.argument(), "before", diff.before(), "after", diff.after());
  }

  private static Value target(Card.Target target) {
    return Value.object(
        "kind", target.kind(), "id", target.id(), "attributes", target.attributes());
  }

  private static Value need(Card.Need need) {
    return Value.object("group", need.group(), "wanted", need.wanted(), "given", need.given());
  }

  private static Value given(Card.Given given) {
    return Value.object(
        "person", given.person(),
        "organisation", given.organisation(),
        "verdict", given.verdict().name().toLowerCase(Locale.ROOT),
        "reason", given.reason(),
        "at", given.at().toString());
  }

  private static Value.Obj with(Value.Obj view, String name, Optional<String> text) {
    return text.isPresent() ? view.with(name, Value.of(text.get())) : view;
  }

  private static Value array(List<Value> items) {
    return new Value.Array(items);
  }
}

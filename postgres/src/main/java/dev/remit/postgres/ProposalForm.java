package dev.remit.postgres;

import dev.remit.core.approval.Asker;
import dev.remit.core.approval.Parties;
import dev.remit.core.approval.PersonKey;
import dev.remit.core.approval.PlanStep;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Subject;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.identity.PersonId;
import dev.remit.core.task.TaskClass.Answers;
import dev.remit.core.task.TaskClass.AskRule;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a proposal lies in a row. */
final class ProposalForm {

  private ProposalForm() {}

  static Value.Obj detail(Proposal proposal) {
    return Value.object(
        "subject", subject(proposal.subject()),
        "parties", parties(proposal.parties()),
        "facts", proposal.facts(),
        "rules", proposal.rules().stream().map(ProposalForm::rule).toList());
  }

  private static Value subject(Subject subject) {
    return switch (subject) {
      case Subject.OfCall call -> {
        var form =
            Value.object(
                "kind", call.kind(),
                "task", call.task().value(),
                "agent", call.agent().text(),
                "instance", call.instance().value(),
                "tool", call.tool(),
                "arguments", call.arguments());
        yield with(form, "idempotencyKey", call.idempotencyKey());
      }
      case Subject.OfPlan plan ->
          Value.object(
              "kind", plan.kind(),
              "task", plan.task().value(),
              "agent", plan.agent().text(),
              "instance", plan.instance().value(),
              "steps", plan.steps().stream().map(PlanStep::value).toList());
      case Subject.OfKey key ->
          key.asker()
              .in(
                  Value.object(
                      "kind", key.kind(),
                      "name", key.name(),
                      "key", key.key().credentialId(),
                      "person", key.key().person().text(),
                      "organisation", key.key().organisation().text(),
                      "credential", key.key().credential(),
                      "counter", key.key().counter(),
                      "registeredAt", key.key().registeredAt().toString(),
                      "activeFrom", key.key().activeFrom().toString(),
                      "label", key.key().label()));
      case Subject.OfLift lift ->
          lift.asker()
              .in(
                  Value.object(
                      "kind", lift.kind(),
                      "scope", lift.scope(),
                      "isClients", lift.isClients(),
                      "asker", lift.asker().text(),
                      "reason", lift.reason()));
      case Subject.OfBodies bodies -> CustodyForm.write(bodies);
      case Subject.OfPromotion raise -> PromotionForm.write(raise);
      case Subject.OfLaunch launch -> LaunchForm.write(launch);
      case Subject.OfStanding standing -> StandingForm.write(standing);
    };
  }

  private static Value parties(Parties parties) {
    var form =
        Value.object(
            "isDecided", parties.isDecided(),
            "authors",
                Value.texts(parties.authors().stream().map(PersonId::text).sorted().toList()));
    form = with(form, "requester", parties.requester());
    form = with(form, "owner", parties.owner());
    if (!parties.ownersAbove().isEmpty()) {
      form =
          form.with("ownersAbove", Value.texts(parties.ownersAbove().stream().sorted().toList()));
    }
    var asker = parties.asker();
    return asker.isEmpty()
        ? form
        : asker.get().in(form.with("asker", Value.of(asker.get().text())));
  }

  private static Value.Obj with(Value.Obj form, String name, Optional<String> text) {
    return text.isPresent() ? form.with(name, Value.of(text.get())) : form;
  }

  private static Value rule(AskRule rule) {
    return Value.object(
        "id", rule.id(),
        "if", rule.condition(),
        "from", rule.from().stream().map(ProposalForm::answers).toList(),
        "answerWithin", rule.answerWithin().toString(),
        "useWithin", rule.useWithin().toString());
  }

  private static Value answers(Answers answers) {
    return Value.object("count", answers.count(), "group", answers.group());
  }

  /** What a row says for ever, at the store's precision. */
  static Value.Obj sealed(Proposal proposal) {
    return Value.object(
        "tenant", proposal.tenant().value(),
        "proposal", proposal.id().value(),
        "kind", proposal.subject().kind(),
        "digest", proposal.digest(),
        "askedAt", proposal.askedAt().truncatedTo(ChronoUnit.MICROS).toString(),
        "answerBy", proposal.answerBy().truncatedTo(ChronoUnit.MICROS).toString());
  }

  /** A proposal; one that no server of this installation wrote asks of nobody. */
  static Proposal read(Row row, RowSeal seal) throws SQLException {
    var proposal = read(row);
    return seal.holds(sealed(proposal), row.text("seal"))
        ? proposal
        : proposal.asking(List.of(), proposal.parties());
  }

  private static Proposal read(Row row) throws SQLException {
    var detail = row.json("detail");
    return new Proposal(
        new ProposalId(row.text("id")),
        new TenantId(row.text("tenant")),
        readSubject(row, detail),
        row.text("digest"),
        detail.items("rules").stream().map(ProposalForm::readRule).toList(),
        readParties(detail.object("parties").orElse(Value.Obj.EMPTY)),
        detail.object("facts").orElse(Value.Obj.EMPTY),
        row.at("asked_at"),
        row.at("answer_by"),
        row.optionalText("use_by").isPresent() ? Optional.of(row.at("use_by")) : Optional.empty(),
        Proposal.State.valueOf(row.text("state").toUpperCase(Locale.ROOT)));
  }

  /** Before the sixth migration the detail was the call itself. */
  private static Subject readSubject(Row row, Value.Obj detail) throws SQLException {
    var form = detail.object("subject").orElse(detail);
    return switch (form.text("kind").orElse("call")) {
      case "promotion" -> PromotionForm.read(form);
      case "hold-lift", "erasure" -> CustodyForm.read(form);
      case "launch" -> LaunchForm.read(form);
      case "standing" -> StandingForm.read(form);
      case "key" ->
          new Subject.OfKey(readKey(form), TaskForm.text(form, "name"), form.text("askerEmail"));
      case "lift" ->
          new Subject.OfLift(
              TaskForm.text(form, "scope"),
              form.get("isClients").equals(Optional.of(Value.of(true))),
              readAsker(form),
              TaskForm.text(form, "reason"));
      case "plan" ->
          new Subject.OfPlan(
              new TaskId(row.text("task")),
              AgentId.parse(TaskForm.text(form, "agent")),
              new InstanceId(TaskForm.text(form, "instance")),
              form.items("steps").stream().map(ProposalForm::readStep).toList());
      default ->
          new Subject.OfCall(
              new TaskId(row.text("task")),
              AgentId.parse(TaskForm.text(form, "agent")),
              new InstanceId(TaskForm.text(form, "instance")),
              TaskForm.text(form, "tool"),
              form.object("arguments").orElse(Value.Obj.EMPTY),
              form.text("idempotencyKey"));
    };
  }

  private static PlanStep readStep(Value value) {
    var step = object(value);
    return new PlanStep(
        TaskForm.text(step, "tool"),
        step.object("arguments").orElse(Value.Obj.EMPTY),
        step.items("changes").stream().map(ProposalForm::readChange).toList(),
        TaskForm.text(step, "act"),
        new Value.Array(step.items("seen")));
  }

  private static PlanStep.Change readChange(Value value) {
    var change = object(value);
    return new PlanStep.Change(TaskForm.text(change, "target"), TaskForm.text(change, "attribute"));
  }

  private static PersonKey readKey(Value.Obj form) {
    return new PersonKey(
        TaskForm.text(form, "key"),
        PersonKeyForm.person(TaskForm.text(form, "person")),
        PersonKeyForm.organisation(TaskForm.text(form, "organisation")),
        TaskForm.text(form, "credential"),
        form.integer("counter").orElse(0L),
        Instant.parse(TaskForm.text(form, "registeredAt")),
        Instant.parse(TaskForm.text(form, "activeFrom")),
        false,
        TaskForm.text(form, "label"));
  }

  /**
   * What says nothing of authors was decided by a version, so that nobody who writes one answers.
   */
  private static Parties readParties(Value.Obj form) {
    boolean isDecided = !form.get("isDecided").equals(Optional.of(Value.of(false)));
    return new Parties(
        form.text("requester"),
        form.text("owner"),
        isDecided,
        form.items("authors").stream()
            .map(TaskForm::text)
            .map(PersonKeyForm::person)
            .collect(Collectors.toSet()),
        form.text("asker").map(id -> new Asker(PersonKeyForm.person(id), form.text("askerEmail"))),
        form.items("ownersAbove").stream().map(TaskForm::text).collect(Collectors.toSet()));
  }

  /** Who asked; what was stored before addresses were says none. */
  static Asker readAsker(Value.Obj form) {
    return new Asker(PersonKeyForm.person(TaskForm.text(form, "asker")), form.text("askerEmail"));
  }

  private static AskRule readRule(Value value) {
    var rule = object(value);
    return new AskRule(
        TaskForm.text(rule, "id"),
        TaskForm.text(rule, "if"),
        rule.items("from").stream().map(ProposalForm::readAnswers).toList(),
        Duration.parse(TaskForm.text(rule, "answerWithin")),
        Duration.parse(TaskForm.text(rule, "useWithin")));
  }

  private static Answers readAnswers(Value value) {
    var answers = object(value);
    return new Answers(
        Math.toIntExact(answers.integer("count").orElseThrow()), TaskForm.text(answers, "group"));
  }

  private static Value.Obj object(Value value) {
    if (value instanceof Value.Obj object) {
      return object;
    }
    throw new IllegalStateException("a stored row cannot be read");
  }
}

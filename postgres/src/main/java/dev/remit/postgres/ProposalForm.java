package dev.remit.postgres;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.task.TaskClass.Answers;
import dev.remit.core.task.TaskClass.AskRule;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;

/** How a proposal lies in a row. */
final class ProposalForm {

  private ProposalForm() {}

  static Value.Obj detail(Proposal proposal) {
    return Value.object(
        "agent", proposal.agent().text(),
        "instance", proposal.instance().value(),
        "tool", proposal.tool(),
        "arguments", proposal.arguments(),
        "rules", proposal.rules().stream().map(ProposalForm::rule).toList());
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

  static Proposal read(Row row) throws SQLException {
    var detail = row.json("detail");
    return new Proposal(
        new ProposalId(row.text("id")),
        new TenantId(row.text("tenant")),
        new TaskId(row.text("task")),
        AgentId.parse(TaskForm.text(detail, "agent")),
        new InstanceId(TaskForm.text(detail, "instance")),
        TaskForm.text(detail, "tool"),
        detail.object("arguments").orElse(Value.Obj.EMPTY),
        row.text("digest"),
        detail.items("rules").stream().map(ProposalForm::readRule).toList(),
        row.at("asked_at"),
        row.at("answer_by"),
        Proposal.State.valueOf(row.text("state").toUpperCase(Locale.ROOT)));
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

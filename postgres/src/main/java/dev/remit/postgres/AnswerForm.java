package dev.remit.postgres;

import dev.remit.core.approval.Answer;
import dev.remit.core.approval.Assertion;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Verdict;
import dev.remit.core.value.Value;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** How an answer lies in a row. */
final class AnswerForm {

  private AnswerForm() {}

  static Value.Obj detail(Answer answer) {
    var assertion = answer.assertion();
    var detail =
        Value.object(
            "name", answer.name(),
            "organisation", answer.organisation().text(),
            "groups", Value.texts(new TreeSet<>(answer.groups())),
            "reason", answer.reason(),
            "clientDataJson", assertion.clientDataJson(),
            "authenticatorData", assertion.authenticatorData(),
            "signature", assertion.signature());
    return answer.emailDigest().isPresent()
        ? detail.with("emailDigest", Value.of(answer.emailDigest().get()))
        : detail;
  }

  /** All of an answer, at the store's precision. */
  static Value.Obj sealed(String tenant, Answer answer) {
    return Value.object(
        "tenant", tenant,
        "proposal", answer.proposal().value(),
        "person", answer.person().text(),
        "key", answer.assertion().credentialId(),
        "verdict", answer.verdict().name(),
        "at", answer.at().truncatedTo(ChronoUnit.MICROS).toString(),
        "detail", detail(answer));
  }

  /** An answer that a server of this installation wrote; empty for any other row. */
  static Optional<Answer> read(Row row, RowSeal seal) throws SQLException {
    if (row.text("seal").isEmpty()) {
      return Optional.empty();
    }
    var answer = read(row);
    return seal.holds(sealed(row.text("tenant"), answer), row.text("seal"))
        ? Optional.of(answer)
        : Optional.empty();
  }

  private static Answer read(Row row) throws SQLException {
    var detail = row.json("detail");
    return new Answer(
        new ProposalId(row.text("proposal")),
        PersonKeyForm.person(row.text("person")),
        TaskForm.text(detail, "name"),
        PersonKeyForm.organisation(TaskForm.text(detail, "organisation")),
        detail.items("groups").stream().map(TaskForm::text).collect(Collectors.toSet()),
        detail.text("emailDigest"),
        Verdict.valueOf(row.text("verdict").toUpperCase(Locale.ROOT)),
        TaskForm.text(detail, "reason"),
        row.at("at"),
        new Assertion(
            row.text("credential"),
            TaskForm.text(detail, "clientDataJson"),
            TaskForm.text(detail, "authenticatorData"),
            TaskForm.text(detail, "signature")));
  }
}

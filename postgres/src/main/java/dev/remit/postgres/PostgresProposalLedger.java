package dev.remit.postgres;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.ProposalLedger;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.CanonicalJson;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@link ProposalLedger} in PostgreSQL. A granted proposal is consumed by admission only. */
public final class PostgresProposalLedger implements ProposalLedger {

  private final Database database;

  public PostgresProposalLedger(Database database) {
    this.database = database;
  }

  @Override
  public Proposal propose(Proposal proposal, Entry entry) {
    return database.row(
        "select * from remit.propose(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        params ->
            params
                .text(proposal.tenant().value())
                .text(proposal.id().value())
                .text(proposal.task().value())
                .text(proposal.digest())
                .at(proposal.askedAt())
                .at(proposal.answerBy())
                .text(CanonicalJson.text(ProposalForm.detail(proposal)))
                .entry(entry),
        ProposalForm::read);
  }

  @Override
  public Optional<Proposal> find(TenantId tenant, ProposalId id) {
    return Database.first(
        database.rowsOf(
            tenant,
            "select * from remit.proposal where tenant = ? and id = ?",
            params -> params.text(tenant.value()).text(id.value()),
            ProposalForm::read));
  }

  @Override
  public List<Proposal> overdue(Instant at) {
    return database.rows(
        "select * from remit.overdue_proposals(?)", params -> params.at(at), ProposalForm::read);
  }

  @Override
  public boolean end(Proposal proposal, Proposal.State state, Entry entry) {
    if (state == Proposal.State.OPEN || state == Proposal.State.GRANTED) {
      throw new IllegalStateException("a proposal does not end as open or granted");
    }
    return database.row(
        "select remit.end_proposal(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as is_ended",
        params ->
            params
                .text(proposal.tenant().value())
                .text(proposal.id().value())
                .text(state.name().toLowerCase(Locale.ROOT))
                .entry(entry),
        row -> row.claim("is_ended"));
  }

  @Override
  public List<Proposal> list(TenantId tenant, int limit) {
    return database.rowsOf(
        tenant,
        "select * from remit.proposal where tenant = ? and asked_at is not null order by asked_at desc, id limit ?",
        params -> params.text(tenant.value()).number(limit),
        ProposalForm::read);
  }
}

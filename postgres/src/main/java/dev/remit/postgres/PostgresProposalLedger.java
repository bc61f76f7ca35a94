package dev.remit.postgres;

import dev.remit.core.approval.Answer;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.call.CallId;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.ProposalLedger;
import dev.remit.core.execution.Outcome;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.CanonicalJson;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@link ProposalLedger} in PostgreSQL. A granted call is consumed by admission only.
 *
 * <p>A row whose seal does not hold was not written by a server of this installation: such a
 * proposal asks of nobody, such an answer is none.
 */
public final class PostgresProposalLedger implements ProposalLedger {

  private final Database database;
  private final RowSeal seal;

  public PostgresProposalLedger(Database database, RowSeal seal) {
    this.database = database;
    this.seal = seal;
  }

  private Proposal proposal(Row row) throws SQLException {
    return ProposalForm.read(row, seal);
  }

  private List<Answer> sealed(List<Optional<Answer>> answers) {
    return answers.stream().flatMap(Optional::stream).toList();
  }

  @Override
  public Optional<Proposal> propose(
      Proposal proposal, Caps caps, Optional<Entry> decision, Entry request) {
    return Database.first(
        database.rows(
            "select * from remit.propose(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                + " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params -> {
              params
                  .text(proposal.tenant().value())
                  .text(proposal.id().value())
                  .text(proposal.task().value())
                  .text(proposal.subject().kind())
                  .text(proposal.digest())
                  .text(proposal.act())
                  .texts(proposal.groups())
                  .at(proposal.askedAt())
                  .at(proposal.answerBy())
                  .text(CanonicalJson.text(ProposalForm.detail(proposal)))
                  .text(seal.of(ProposalForm.sealed(proposal)))
                  .number(caps.perTask())
                  .number(caps.perGroup());
              PersonKeyForm.entry(params, decision).entry(request);
            },
            this::proposal));
  }

  @Override
  public Optional<Proposal> find(TenantId tenant, ProposalId id) {
    return Database.first(
        database.rowsOf(
            tenant,
            "select * from remit.proposal where tenant = ? and id = ? and kind <> 'step'",
            params -> params.text(tenant.value()).text(id.value()),
            this::proposal));
  }

  @Override
  public Optional<Proposal> latest(TenantId tenant, TaskId task, String digest) {
    return Database.first(
        database.rowsOf(
            tenant,
            "select * from remit.proposal where tenant = ? and task = ? and digest = ?"
                + " order by seq desc limit 1",
            params -> params.text(tenant.value()).text(task.value()).text(digest),
            this::proposal));
  }

  @Override
  public List<Proposal> overdue(Instant at) {
    return database.rows(
        "select * from remit.overdue_proposals(?)", params -> params.at(at), this::proposal);
  }

  @Override
  public boolean end(Proposal proposal, Proposal.State state, Entry entry) {
    if (state.isLive()) {
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
        "select * from remit.proposal where tenant = ? and asked_at is not null"
            + " and kind <> 'step' order by asked_at desc, id limit ?",
        params -> params.text(tenant.value()).number(limit),
        this::proposal);
  }

  @Override
  public List<Proposal> liveOf(TenantId tenant, TaskId task) {
    return database.rowsOf(
        tenant,
        "select * from remit.proposal where tenant = ? and task = ?"
            + " and state in ('open', 'granted') and kind <> 'step' order by seq",
        params -> params.text(tenant.value()).text(task.value()),
        this::proposal);
  }

  @Override
  public int refusalsOf(TenantId tenant, TaskId task, String act) {
    return database
        .rowsOf(
            tenant,
            "select count(*) as refused from remit.proposal"
                + " where tenant = ? and task = ? and act = ? and state = 'refused'",
            params -> params.text(tenant.value()).text(task.value()).text(act),
            row -> Math.toIntExact(row.number("refused")))
        .getFirst();
  }

  @Override
  public List<Proposal> inbox(Set<TenantId> tenants, Instant at, Optional<Place> after, int limit) {
    return database.rows(
        "select * from remit.inbox(?, ?, ?, ?, ?, ?)",
        params ->
            params
                .texts(tenants.stream().map(TenantId::value).sorted().toList())
                .at(at)
                .at(after.map(Place::answerBy))
                .text(after.map(place -> place.tenant().value()))
                .text(after.map(place -> place.id().value()))
                .number(limit),
        this::proposal);
  }

  @Override
  public Given answer(TenantId tenant, Answer answer, long counter, Entry entry) {
    return database.row(
        "select remit.answer(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as given",
        params ->
            params
                .text(tenant.value())
                .text(answer.proposal().value())
                .text(answer.person().text())
                .text(answer.assertion().credentialId())
                .number(counter)
                .text(answer.verdict().name().toLowerCase(Locale.ROOT))
                .at(answer.at())
                .text(CanonicalJson.text(AnswerForm.detail(answer)))
                .text(seal.of(AnswerForm.sealed(tenant.value(), answer)))
                .entry(entry),
        row -> Given.valueOf(row.text("given")));
  }

  @Override
  public List<Answer> answers(TenantId tenant, ProposalId id) {
    return sealed(
        database.rowsOf(
            tenant,
            "select * from remit.answer where tenant = ? and proposal = ? order by at, person",
            params -> params.text(tenant.value()).text(id.value()),
            row -> AnswerForm.read(row, seal)));
  }

  @Override
  public Map<ProposalId, List<Answer>> answers(List<Proposal> proposals) {
    var answers =
        database.rows(
            "select * from remit.answers_of(?, ?)",
            params ->
                params
                    .texts(proposals.stream().map(p -> p.tenant().value()).toList())
                    .texts(proposals.stream().map(p -> p.id().value()).toList()),
            row -> AnswerForm.read(row, seal));
    return sealed(answers).stream()
        .collect(Collectors.groupingBy(Answer::proposal, LinkedHashMap::new, Collectors.toList()));
  }

  @Override
  public boolean grant(Proposal proposal, Instant at, Instant useBy, Entry entry) {
    return database.row(
        "select remit.grant_proposal(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as is_granted",
        params ->
            params
                .text(proposal.tenant().value())
                .text(proposal.id().value())
                .at(at)
                .at(useBy)
                .entry(entry),
        row -> row.claim("is_granted"));
  }

  @Override
  public List<Stored> standing(TenantId tenant, Optional<String> act) {
    return database.rowsOf(
        tenant,
        "select p.*, (select count(*) from remit.proposal s where s.tenant = p.tenant"
            + " and s.id in (select p.id || '.' || n from generate_series(1, 20) as n)"
            + " and s.kind = 'step' and s.state = 'consumed') as used"
            + " from remit.proposal p where p.tenant = ? and p.kind = 'standing'"
            + " and p.state in ('open', 'granted') and (?::text is null or p.act = ?)"
            + " order by p.seq",
        params -> params.text(tenant.value()).text(act).text(act),
        row -> new Stored(proposal(row), Math.toIntExact(row.number("used"))));
  }

  @Override
  public int openUse(Proposal standing, TaskId task, int uses, Instant at) {
    return database.row(
        "select remit.open_use(?, ?, ?, ?, ?) as use",
        params ->
            params
                .text(standing.tenant().value())
                .text(standing.id().value())
                .text(task.value())
                .number(uses)
                .at(at),
        row -> Math.toIntExact(row.number("use")));
  }

  @Override
  public boolean openStep(Proposal plan, int step, Instant at) {
    return database.row(
        "select remit.open_step(?, ?, ?, ?) as is_open",
        params -> params.text(plan.tenant().value()).text(plan.id().value()).number(step).at(at),
        row -> row.claim("is_open"));
  }

  @Override
  public Optional<Use> use(TenantId tenant, ProposalId id) {
    return Database.first(
        database.rowsOf(
            tenant,
            "select call, at, outcome from remit.intent where tenant = ? and proposal = ?",
            params -> params.text(tenant.value()).text(id.value()),
            row ->
                new Use(
                    new CallId(row.text("call")),
                    row.at("at"),
                    row.optionalText("outcome")
                        .map(text -> Outcome.valueOf(text.toUpperCase(Locale.ROOT))))));
  }

  @Override
  public void askedAgain(Proposal proposal) {
    database.rows(
        "select remit.ask_again(?, ?)",
        params -> params.text(proposal.tenant().value()).text(proposal.id().value()),
        row -> true);
  }

  @Override
  public List<Answered> answeredSince(Set<TenantId> tenants, Instant since) {
    return LoadReading.answered(database, tenants, since);
  }

  @Override
  public Load load(Set<TenantId> tenants, Instant since, Instant at, int refusals) {
    return LoadReading.load(database, tenants, since, at, refusals);
  }
}

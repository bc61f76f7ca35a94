package dev.remit.postgres;

import dev.remit.core.approval.ProposalId;
import dev.remit.core.notice.NoticeKind;
import dev.remit.core.notice.NoticeLedger;
import dev.remit.core.tenant.TenantId;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** {@link NoticeLedger} in PostgreSQL; a trigger notes the events, whoever changes a proposal. */
public final class PostgresNotices implements NoticeLedger {

  private final Database database;

  public PostgresNotices(Database database) {
    this.database = database;
  }

  @Override
  public List<Event> due(Instant at, int limit) {
    return database.rows(
        "select * from remit.notice_events(?, ?)",
        params -> params.at(at).number(limit),
        row ->
            new Event(
                new TenantId(row.text("tenant")),
                new ProposalId(row.text("proposal")),
                kind(row),
                row.at("due_at")));
  }

  @Override
  public void plan(
      Event event, Set<String> channels, Instant at, Instant until, List<Event> following) {
    database.rows(
        "select remit.plan_notices(?, ?, ?, ?, ?, ?, ?, ?)",
        params ->
            params
                .text(event.tenant().value())
                .text(event.proposal().value())
                .text(event.kind().stored())
                .texts(channels.stream().sorted().toList())
                .at(at)
                .at(until)
                .texts(following.stream().map(next -> next.kind().stored()).toList())
                .array(
                    "timestamptz",
                    following.stream()
                        .map(next -> next.dueAt().atOffset(ZoneOffset.UTC))
                        .toArray()),
        row -> true);
  }

  @Override
  public Set<String> asked(TenantId tenant, ProposalId proposal) {
    return Set.copyOf(
        database.rows(
            "select distinct a.channel from remit.asked_channels(?, ?) as a (channel)",
            params -> params.text(tenant.value()).text(proposal.value()),
            row -> row.text("channel")));
  }

  @Override
  public Optional<Delivery> claim(String channel, Instant at, Instant claimedUntil) {
    return Database.first(
        database.rows(
            "select * from remit.claim_notice(?, ?, ?)",
            params -> params.text(channel).at(at).at(claimedUntil),
            row ->
                new Delivery(
                    new TenantId(row.text("tenant")),
                    new ProposalId(row.text("proposal")),
                    kind(row),
                    row.text("channel"),
                    Math.toIntExact(row.number("tries")),
                    row.at("until"))));
  }

  @Override
  public void told(Delivery delivery, Instant at) {
    ended("select remit.end_notice(?, ?, ?, ?, ?)", delivery, at);
  }

  @Override
  public void postpone(Delivery delivery, Instant next) {
    ended("select remit.postpone_notice(?, ?, ?, ?, ?)", delivery, next);
  }

  private void ended(String sql, Delivery delivery, Instant at) {
    database.rows(
        sql,
        params ->
            params
                .text(delivery.tenant().value())
                .text(delivery.proposal().value())
                .text(delivery.kind().stored())
                .text(delivery.channel())
                .at(at),
        row -> true);
  }

  private static NoticeKind kind(Row row) throws SQLException {
    return NoticeKind.valueOf(row.text("kind").toUpperCase(Locale.ROOT));
  }
}

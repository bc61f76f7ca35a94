package dev.remit.postgres;

import dev.remit.core.evidence.ProposalLedger.Answered;
import dev.remit.core.evidence.ProposalLedger.Load;
import dev.remit.core.evidence.ProposalLedger.OpenOf;
import dev.remit.core.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads how much is asked of people, over several tenants at once. */
final class LoadReading {

  private LoadReading() {}

  static List<Answered> answered(Database database, Set<TenantId> tenants, Instant since) {
    return database.rows(
        "select * from remit.answered_since(?, ?)",
        params -> params.texts(names(tenants)).at(since),
        row ->
            new Answered(
                row.text("person"),
                row.text("act"),
                row.at("asked_at"),
                row.optionalText("read_at").isPresent()
                    ? Optional.of(row.at("read_at"))
                    : Optional.empty(),
                row.at("at"),
                row.text("verdict").equals("grant")));
  }

  static Load load(
      Database database, Set<TenantId> tenants, Instant since, Instant at, int refusals) {
    var open =
        database.rows(
            "select * from remit.open_of_groups(?, ?)",
            params -> params.texts(names(tenants)).at(at),
            row ->
                new OpenOf(
                    new TenantId(row.text("tenant")),
                    row.text("name"),
                    Math.toIntExact(row.number("open"))));
    return database.row(
        "select * from remit.asked_since(?, ?, ?)",
        params -> params.texts(names(tenants)).at(since).number(refusals),
        row ->
            new Load(
                Math.toIntExact(row.number("requests")),
                Math.toIntExact(row.number("collapsed")),
                Math.toIntExact(row.number("endings")),
                open));
  }

  private static List<String> names(Set<TenantId> tenants) {
    return tenants.stream().map(TenantId::value).sorted().toList();
  }
}

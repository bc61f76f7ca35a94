package dev.remit.web.people;

import dev.remit.core.flow.Oversight;
import dev.remit.core.tenant.TenantId;
import dev.remit.evidence.EvidencePack;
import dev.remit.evidence.Period;
import dev.remit.evidence.TenantEvidence;
import dev.remit.web.http.Answer;
import dev.remit.web.http.Exchange;
import dev.remit.web.http.Refusal;
import dev.remit.web.http.Route;
import dev.remit.web.people.Rights.Verb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;

/** What a client takes away and checks alone: packs and receipts. */
final class EvidenceRoutes {

  private final TenantEvidence evidence;
  private final Oversight oversight;
  private final Askers askers;

  EvidenceRoutes(TenantEvidence evidence, Oversight oversight, Askers askers) {
    this.evidence = evidence;
    this.oversight = oversight;
    this.askers = askers;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/v1/evidence/*", askers.either(this::pack)),
        Route.of("GET", "/v1/evidence/*/receipts/*", askers.either(this::receipt)));
  }

  /** The pack leaves as it is read: its last line says that it is whole. */
  private void pack(Exchange exchange, Asker asker) {
    exchange.onlyQuery(Set.of("from", "until", "since"));
    var tenant = readable(exchange, asker);
    var wanted =
        new TenantEvidence.Wanted(
            Period.of(exchange.query("from"), exchange.query("until")),
            exchange.query("since").map(text -> PeopleRoutes.number("since", text, 0)));
    oversight.read(tenant, asker.text(), Oversight.What.EVIDENCE, "");
    var export = evidence.export(tenant, wanted).orElseThrow(EvidenceRoutes::notYet);
    try (var out = exchange.openStream("application/x-ndjson")) {
      EvidencePack.write(export, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void receipt(Exchange exchange, Asker asker) {
    exchange.onlyQuery(Set.of());
    var tenant = readable(exchange, asker);
    var receipt =
        evidence.receipt(tenant, exchange.variable(1)).orElseThrow(EvidenceRoutes::notYet);
    oversight.read(tenant, asker.text(), Oversight.What.RECEIPT, exchange.variable(1));
    exchange.send(Answer.of(200, "text/plain; charset=utf-8", receipt.toBytes()));
  }

  private static Refusal notYet() {
    return new Refusal(
        404,
        "not-in-the-log",
        "the signed log holds nothing of this; what happened just now is there in a moment");
  }

  private static TenantId readable(Exchange exchange, Asker asker) {
    var tenant = new TenantId(exchange.variable());
    asker.require(Verb.READ_TRAIL, tenant);
    return tenant;
  }
}

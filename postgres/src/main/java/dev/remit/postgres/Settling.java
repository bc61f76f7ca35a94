package dev.remit.postgres;

import dev.remit.core.evidence.CallLedger.Settled;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Settlement;
import dev.remit.core.value.CanonicalJson;
import java.util.Collections;
import java.util.List;

/** The statement that settles calls: several that ended at the same moment, in one transaction. */
final class Settling {

  private static final String SQL =
      "select is_first from remit.settle_read("
          + String.join(", ", Collections.nCopies(13, "?"))
          + ")";

  private Settling() {}

  /** An answer for each, in their order. */
  static List<Settled> ask(Database database, List<Settlement> settlements) {
    return database.rows(
        SQL,
        params ->
            new Columns<>(params, settlements)
                .texts(one -> one.tenant().value())
                .texts(one -> one.call().value())
                .texts(one -> one.outcome().text())
                .texts(one -> one.endedLease().map(lease -> lease.value()).orElse(null))
                .instants(Settlement::at)
                .texts(one -> one.entry().id())
                .texts(one -> one.entry().task().orElse(null))
                .instants(one -> one.entry().at())
                .texts(one -> PostgresCallLedger.as(one.entry(), Entry.Kind.OUTCOME).leaf())
                .texts(one -> PostgresCallLedger.as(one.entry(), Entry.Kind.RESOLUTION).leaf())
                .texts(one -> CanonicalJson.text(one.entry().body()))
                .texts(one -> one.entry().salt())
                .texts(one -> one.reader().map(task -> task.value()).orElse(null)),
        row -> row.claim("is_first") ? Settled.FIRST : Settled.LATE);
  }
}

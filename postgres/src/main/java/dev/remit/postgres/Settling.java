package dev.remit.postgres;

import dev.remit.core.evidence.CallLedger.Settled;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Settlement;
import java.util.Collections;
import java.util.List;

/** The statement that settles calls: several that ended at the same moment, in one transaction. */
final class Settling {

  private static final String SQL =
      "select is_first from remit.settle_read("
          + String.join(", ", Collections.nCopies(13, "?"))
          + ")";

  private Settling() {}

  /**
   * One settlement with its entry, as the first outcome of its call and as what came to be known
   * later.
   */
  record Question(Settlement settlement, Written first, String lateLeaf) {

    static Question of(Settlement settlement) {
      var entry = settlement.entry();
      var first = Written.as(Entry.Kind.OUTCOME, entry);
      return new Question(settlement, first, first.leafAs(Entry.Kind.RESOLUTION));
    }
  }

  /** An answer for each, in their order. */
  static List<Settled> ask(Database database, List<Question> questions) {
    return database.rows(
        SQL,
        params -> {
          var all = new Columns<>(params, questions.stream().map(Question::settlement).toList());
          all.texts(one -> one.tenant().value())
              .texts(one -> one.call().value())
              .texts(one -> one.outcome().text())
              .texts(one -> one.endedLease().map(lease -> lease.value()).orElse(null))
              .instants(Settlement::at);
          new Columns<>(params, questions)
              .texts(one -> one.first().id())
              .texts(one -> one.first().task())
              .instants(one -> one.first().entry().at())
              .texts(one -> one.first().leaf())
              .texts(Question::lateLeaf)
              .texts(one -> one.first().body())
              .texts(one -> one.first().salt());
          all.texts(one -> one.reader().map(task -> task.value()).orElse(null));
        },
        row -> row.claim("is_first") ? Settled.FIRST : Settled.LATE);
  }
}

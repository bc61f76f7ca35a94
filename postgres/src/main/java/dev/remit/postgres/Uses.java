package dev.remit.postgres;

import dev.remit.core.evidence.Attempt;
import dev.remit.core.evidence.LimitUse;
import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.Value;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Limits as the statements of the ledger read them. */
final class Uses {

  private Uses() {}

  /** The JSON form; null when there is nothing to count, so that nothing is done about it. */
  static @Nullable String text(List<LimitUse> uses) {
    return uses.isEmpty()
        ? null
        : CanonicalJson.text(new Value.Array(uses.stream().map(Uses::value).toList()));
  }

  private static Value value(LimitUse use) {
    return Value.object(
        "f", use.form().name(),
        "k", use.key(),
        "m", use.atMost(),
        "w", use.window().toSeconds(),
        "x", Value.texts(use.members()));
  }

  /** Counts refused calls, all in one transaction. */
  static List<Boolean> count(Database database, List<Attempt> attempts) {
    database.rows(
        "select remit.attempted(?, ?, ?, ?) as counted",
        params ->
            new Columns<>(params, attempts)
                .texts(one -> one.tenant().value())
                .texts(Attempt::taskClass)
                .texts(one -> text(one.rates()))
                .instants(Attempt::at),
        row -> row.number("counted"));
    return Collections.nCopies(attempts.size(), true);
  }
}

package dev.remit.bench.kill;

import dev.remit.core.value.Value;
import java.util.List;
import java.util.Locale;

/**
 * What was measured.
 *
 * @param refusedMillis from each kill's commit to the first refusal at the other replica, sorted
 * @param orderMillis how long each order took to commit, sorted
 * @param most calls a second that both replicas carry together
 * @param pace calls a second while the kills came
 */
public record KillFigures(
    int kills, List<Double> refusedMillis, List<Double> orderMillis, double most, double pace) {

  public KillFigures {
    refusedMillis = List.copyOf(refusedMillis);
    orderMillis = List.copyOf(orderMillis);
  }

  /** One flat object. */
  public Value.Obj json() {
    return Value.object(
        "kill_ms_p50", number(at(refusedMillis, 0.5)),
        "kill_ms_p99", number(at(refusedMillis, 0.99)),
        "kill_order_ms_p50", number(at(orderMillis, 0.5)),
        "kill_order_ms_p99", number(at(orderMillis, 0.99)),
        "kills", kills,
        "kill_load_per_s", Math.round(pace),
        "kill_load_most_per_s", Math.round(most));
  }

  private static Value number(double value) {
    return Value.number(Math.round(value * 1_000) / 1_000.0);
  }

  private static double at(List<Double> sorted, double share) {
    return sorted.get((int) Math.min(sorted.size() - 1, Math.ceil(share * sorted.size()) - 1));
  }

  /** For people. */
  public String table() {
    return String.format(
        Locale.ROOT,
        """
        kills                                   %8d   no intent was added after any of them
        load while they came, calls/s           %8.0f   of %.0f that both replicas carry
        refused at the other replica, p50 ms    %8.2f   after the commit
        refused at the other replica, p99 ms    %8.2f   at most 100
        the order itself, p99 ms                %8.2f   until it committed\
        """,
        kills,
        pace,
        most,
        at(refusedMillis, 0.5),
        at(refusedMillis, 0.99),
        at(orderMillis, 0.99));
  }
}

package dev.remit.postgres;

import dev.remit.core.call.CallId;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.CallLedger;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Intent;
import dev.remit.core.evidence.Settlement;
import dev.remit.core.lease.Lease;
import dev.remit.core.lease.LeaseId;
import dev.remit.core.target.TargetRef;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.CanonicalJson;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * {@link CallLedger} in PostgreSQL: one statement, one round trip and one commit per admission and
 * per settlement.
 *
 * <p>Conditions are checked in this order: kills, task, policy version, targets, join, approval,
 * limits. A refused intent leaves nothing behind. A repeated {@link #settle} with the same entry is
 * told what it was the first time, so it may be tried again after a broken connection.
 */
public final class PostgresCallLedger implements CallLedger {

  private static final String ADMIT =
      "select answer, detail from remit.admit(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
          + " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private static final String SETTLE =
      "select remit.settle(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as is_first";

  private final Database database;
  private final Consumer<TargetRef> changedTargets;

  /**
   * A ledger over this pool.
   *
   * @param changedTargets told which targets had changed, so that a cache reads them again: {@code
   *     inventory::recheck}
   */
  public PostgresCallLedger(Database database, Consumer<TargetRef> changedTargets) {
    this.database = database;
    this.changedTargets = changedTargets;
  }

  @Override
  public Admission admit(Intent intent) {
    requireOneTenant(intent);
    // Close to a limit calls go one after the other; the database says so and has done nothing yet.
    var admission = admit(intent, false).or(() -> admit(intent, true)).orElseThrow();
    if (admission instanceof Changed) {
      intent.targets().forEach(target -> changedTargets.accept(target.ref()));
    }
    return admission;
  }

  private Optional<Admission> admit(Intent intent, boolean isStrict) {
    return database.row(
        ADMIT,
        params -> {
          bindCall(params, intent);
          bindTargets(params, intent);
          bindLease(params, intent);
          bindTimes(params, intent);
          bindEntry(params, intent.entry());
          params.claim(isStrict);
        },
        row -> admission(row.text("answer"), row.optionalText("detail").orElse("")));
  }

  private static void requireOneTenant(Intent intent) {
    if (!intent.entry().tenant().equals(intent.tenant())
        || intent.lease().filter(lease -> !lease.tenant().equals(intent.tenant())).isPresent()) {
      throw new IllegalStateException("an intent, its lease and its entry are of one tenant");
    }
  }

  private static void bindCall(Params params, Intent intent) throws SQLException {
    var use = intent.task();
    params
        .text(intent.tenant().value())
        .text(intent.call().value())
        .text(use.map(task -> task.task().value()))
        .text(use.map(Intent.TaskUse::taskClass))
        .text(use.map(Intent.TaskUse::ticket))
        .number(use.map(Intent.TaskUse::callLimit).orElse(0))
        .number(use.map(Intent.TaskUse::perTenantPerHour).orElse(0))
        .texts(intent.killScopes())
        .text(intent.version().value());
  }

  private static void bindTargets(Params params, Intent intent) throws SQLException {
    params
        .texts(column(intent, target -> target.ref().connector().value()))
        .texts(column(intent, target -> target.ref().kind()))
        .texts(column(intent, target -> target.ref().id()))
        .texts(column(intent, Intent.SeenTarget::version))
        .text(intent.approval().map(id -> id.value()));
  }

  private static List<String> column(Intent intent, Function<Intent.SeenTarget, String> part) {
    return intent.targets().stream().map(part).toList();
  }

  private static void bindLease(Params params, Intent intent) throws SQLException {
    var lease = intent.lease();
    params
        .text(lease.map(one -> one.id().value()))
        .text(lease.map(one -> one.connector().value()))
        .text(lease.map(Lease::principal))
        .text(lease.flatMap(Lease::task).map(task -> task.value()))
        .text(lease.map(one -> CanonicalJson.text(one.scope())))
        .at(lease.map(Lease::end))
        .text(lease.map(Lease::replica));
  }

  private static void bindTimes(Params params, Intent intent) throws SQLException {
    params
        .at(intent.at())
        .at(intent.sendBy())
        .at(intent.settleBy())
        .text(intent.replica())
        .text(intent.joinKey())
        .at(intent.joinSince());
  }

  private static void bindEntry(Params params, Entry entry) throws SQLException {
    params
        .text(entry.id())
        .text(entry.task())
        .at(entry.at())
        .text(as(entry, Entry.Kind.INTENT).leaf())
        .text(CanonicalJson.text(entry.body()))
        .text(entry.salt());
  }

  private static Optional<Admission> admission(String answer, String detail) {
    return switch (answer) {
      case "admitted" -> Optional.of(new Admitted());
      case "joined" -> Optional.of(new Joined(new CallId(detail)));
      case "changed" -> Optional.of(new Changed(detail));
      case "refused" -> Optional.of(new Refused(ReasonCode.valueOf(detail)));
      case "strict" -> Optional.empty();
      default -> throw new IllegalStateException("the ledger gave an answer without meaning");
    };
  }

  @Override
  public Settled settle(Settlement settlement) {
    var entry = settlement.entry();
    if (!entry.tenant().equals(settlement.tenant())) {
      throw new IllegalStateException("an outcome and its entry are of one tenant");
    }
    boolean isFirst =
        database.row(
            SETTLE,
            params ->
                params
                    .text(settlement.tenant().value())
                    .text(settlement.call().value())
                    .text(settlement.outcome().text())
                    .text(settlement.endedLease().map(LeaseId::value))
                    .at(settlement.at())
                    .text(entry.id())
                    .text(entry.task())
                    .at(entry.at())
                    .text(as(entry, Entry.Kind.OUTCOME).leaf())
                    .text(as(entry, Entry.Kind.RESOLUTION).leaf())
                    .text(CanonicalJson.text(entry.body()))
                    .text(entry.salt()),
            row -> row.claim("is_first"));
    return isFirst ? Settled.FIRST : Settled.LATE;
  }

  private static Entry as(Entry entry, Entry.Kind kind) {
    return new Entry(
        entry.id(),
        entry.tenant(),
        kind,
        entry.call(),
        entry.task(),
        entry.at(),
        entry.fields(),
        entry.body(),
        entry.salt());
  }

  @Override
  public List<Unsettled> unsettled(
      String replica, Instant ownSentBefore, Instant othersSettledBefore) {
    return database.rows(
        "select *, lease as id from remit.unsettled(?, ?, ?)",
        params -> params.text(replica).at(ownSentBefore).at(othersSettledBefore),
        PostgresCallLedger::unsettled);
  }

  private static Unsettled unsettled(Row row) throws SQLException {
    var lease =
        row.optionalText("lease").isPresent()
            ? Optional.of(Leases.read(row, "lease_task"))
            : Optional.<Lease>empty();
    return new Unsettled(
        new CallId(row.text("call")),
        new TenantId(row.text("tenant")),
        row.optionalText("task"),
        lease,
        row.at("send_by"));
  }
}

package dev.remit.postgres;

import dev.remit.core.call.CallId;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.Attempt;
import dev.remit.core.evidence.CallLedger;
import dev.remit.core.evidence.Intent;
import dev.remit.core.evidence.Settlement;
import dev.remit.core.lease.Lease;
import dev.remit.core.target.TargetRef;
import dev.remit.core.tenant.TenantId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * {@link CallLedger} in PostgreSQL: one statement, one round trip and one commit per admission and
 * per settlement, or for several of them that come at the same moment ({@link Together}).
 *
 * <p>Conditions are checked in this order: kills, task, policy version, targets, join, approval,
 * limits. A refused intent leaves nothing behind. A repeated {@link #settle} with the same entry is
 * told what it was the first time, so it may be tried again after a broken connection.
 */
public final class PostgresCallLedger implements CallLedger {

  /** More would take turns on the database's processors, and each would carry less. */
  private static final int STATEMENTS_AT_ONCE = 1;

  private final Database database;
  private final Consumer<TargetRef> changedTargets;
  private final Together<Admitting.Question, Optional<Admission>> admitting;
  private final Together<Settling.Question, Settled> settling;
  private final Together<Attempt, Boolean> attempting;

  /**
   * A ledger over this pool.
   *
   * @param changedTargets told which targets had changed, so that a cache reads them again: {@code
   *     inventory::recheck}
   */
  public PostgresCallLedger(Database database, Consumer<TargetRef> changedTargets) {
    this.database = database;
    this.changedTargets = changedTargets;
    this.admitting =
        new Together<>(STATEMENTS_AT_ONCE, questions -> Admitting.ask(database, questions));
    this.settling =
        new Together<>(STATEMENTS_AT_ONCE, questions -> Settling.ask(database, questions));
    this.attempting =
        new Together<>(STATEMENTS_AT_ONCE, attempts -> Uses.count(database, attempts));
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

  /**
   * Locks of equal calls and of approvals are taken last, those of a chain from the top: such an
   * intent goes by itself.
   */
  private Optional<Admission> admit(Intent intent, boolean isStrict) {
    var question = Admitting.Question.of(intent, isStrict);
    boolean isAlone =
        isStrict
            || intent.joinKey().isPresent()
            || intent.approval().isPresent()
            || !Admitting.above(intent).isEmpty();
    return isAlone ? alone(question) : admitting.ask(question);
  }

  /** An approval that somebody declared granted again is still used: it has its intent. */
  private Optional<Admission> alone(Admitting.Question question) {
    try {
      return Admitting.ask(database, List.of(question)).getFirst();
    } catch (IllegalStateException e) {
      if (Failures.isAgainst("approval_is_used_once", e)) {
        return Optional.of(new Refused(ReasonCode.APPROVAL_STALE));
      }
      throw e;
    }
  }

  private static void requireOneTenant(Intent intent) {
    if (!intent.entry().tenant().equals(intent.tenant())
        || intent.lease().filter(lease -> !lease.tenant().equals(intent.tenant())).isPresent()) {
      throw new IllegalStateException("an intent, its lease and its entry are of one tenant");
    }
  }

  @Override
  public Settled settle(Settlement settlement) {
    var entry = settlement.entry();
    if (!entry.tenant().equals(settlement.tenant())) {
      throw new IllegalStateException("an outcome and its entry are of one tenant");
    }
    return settling.ask(Settling.Question.of(settlement));
  }

  @Override
  public void attempted(Attempt attempt) {
    attempting.ask(attempt);
  }

  @Override
  public List<Unknown> unknown(Set<TenantId> tenants, int limit) {
    return database.rows(
        "select * from remit.unknown_outcomes(?, ?)",
        params -> params.texts(tenants.stream().map(TenantId::value).toList()).number(limit),
        row ->
            new Unknown(
                new CallId(row.text("call")),
                new TenantId(row.text("tenant")),
                row.optionalText("task"),
                row.at("at")));
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

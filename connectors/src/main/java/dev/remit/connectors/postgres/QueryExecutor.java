package dev.remit.connectors.postgres;

import dev.remit.connectors.common.Pointer;
import dev.remit.connectors.common.Proofs;
import dev.remit.connectors.common.Results;
import dev.remit.connectors.common.Selection;
import dev.remit.connectors.common.Settings;
import dev.remit.core.call.Tool;
import dev.remit.core.execution.Connector.Request;
import dev.remit.core.execution.Cut;
import dev.remit.core.execution.Execution;
import dev.remit.core.execution.SendBy;
import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Optional;

/** Runs declared queries as the leased role, in read-only transactions. */
final class QueryExecutor {
  private static final int GRACE_MILLIS = 1_500;
  private final InstantSource clock;
  private final String kind;

  QueryExecutor(InstantSource clock, String kind) {
    this.clock = clock;
    this.kind = kind;
  }

  /** A query as declared, read once. */
  record Operation(
      Tool tool,
      NamedQuery query,
      int rows,
      int bytes,
      Optional<Pointer> owner,
      Selection selection) {
    static Operation of(Tool tool) {
      var settings = new Settings("tool `" + tool.name() + "`", tool.settings());
      return new Operation(
          tool,
          NamedQuery.parse(settings.text("query")),
          settings.integer("rows", 200, 1, 10_000),
          settings.integer("bytes", 256 * 1024, 1, 4 * 1024 * 1024),
          settings.optionalPointer("owner"),
          Selection.of(settings));
    }
  }

  Execution execute(
      Operation operation, Request request, RoleCredential role, SendBy sendBy, Cut cut) {
    if (isForeign(operation, request, role)) {
      return new Execution.Failed("the lease is for another " + kind);
    }
    var progress = new Progress();
    try {
      return role.with(session -> run(session, operation, request, role, sendBy, cut, progress));
    } catch (InvalidValueException e) {
      return new Execution.Failed("not sent: " + e.getMessage());
    } catch (SQLException e) {
      return failed(e, progress, cut);
    }
  }

  /** Whether anything was written to the database before something broke. */
  private static final class Progress {
    private boolean isSent;
  }

  private boolean isForeign(Operation operation, Request request, RoleCredential role) {
    return operation.tool().targets().stream()
        .filter(target -> target.kind().equals(kind))
        .map(target -> request.arguments().get(target.argument()).flatMap(Pointer::scalar))
        .anyMatch(named -> named.isEmpty() || !named.equals(role.collection()));
  }

  private static Execution failed(SQLException e, Progress progress, Cut cut) {
    var words = SqlStates.words(e);
    if (SqlStates.isCancelled(e)) {
      return new Execution.Failed(cut.isCut() ? "cut; the query was cancelled" : "too slow");
    }
    if (SqlStates.isRefusal(e)) {
      return new Execution.Rejected(words, Results.error("the database refused the query"));
    }
    return progress.isSent && SqlStates.isConnectionLost(e)
        ? new Execution.Unknown(words)
        : new Execution.Failed(words);
  }

  private Execution run(
      Connection session,
      Operation operation,
      Request request,
      RoleCredential role,
      SendBy sendBy,
      Cut cut,
      Progress progress)
      throws SQLException {
    var left = left(operation, request);
    if (left.isNegative() || left.isZero()) {
      return new Execution.Failed("the deadline was over before it was sent");
    }
    // The database's own limit ends a slow query; this ends the wait for one that stands still.
    session.setNetworkTimeout(
        Runnable::run, (int) Math.min(left.toMillis(), 600_000) + GRACE_MILLIS);
    try (var statement = session.prepareStatement(operation.query().sql())) {
      bind(statement, operation, request.arguments());
      confine(session, role, left);
      if (sendBy.isPast()) {
        return new Execution.Failed("the time to send was over");
      }
      if (cut.isCut()) {
        return new Execution.Failed("cut before it was sent");
      }
      progress.isSent = true;
      statement.setMaxRows(operation.rows() + 1);
      var takeBack = cut.onCut(() -> cancel(statement));
      try {
        return answer(statement, operation, request);
      } finally {
        takeBack.run();
      }
    } finally {
      end(session);
    }
  }

  private static void end(Connection session) throws SQLException {
    if (!session.isClosed()) {
      session.rollback();
    }
  }

  private Duration left(Operation operation, Request request) {
    var own = clock.instant().plus(operation.tool().timeout());
    var end = own.isBefore(request.deadline()) ? own : request.deadline();
    return Duration.between(clock.instant(), end);
  }

  private static void cancel(PreparedStatement statement) {
    try {
      statement.cancel();
    } catch (SQLException e) {
      // The statement's own time limit and the role's revocation end it.
    }
  }

  private static void confine(Connection session, RoleCredential role, Duration left)
      throws SQLException {
    var sql =
        "select set_config('search_path', ?, true), set_config('statement_timeout', ?, true),"
            + " set_config('transaction_read_only', 'on', true)";
    try (var statement = session.prepareStatement(sql)) {
      statement.setString(1, role.collection().map(name -> '"' + name + '"').orElse("pg_catalog"));
      statement.setString(2, Math.min(left.toMillis(), 600_000) + "ms");
      statement.executeQuery().close();
    }
  }

  private static void bind(PreparedStatement statement, Operation operation, Value.Obj arguments)
      throws SQLException {
    int place = 0;
    for (String name : operation.query().names()) {
      place++;
      switch (arguments.get(name).orElse(Value.Null.NULL)) {
        case Value.Text(String text) -> statement.setString(place, text);
        case Value.Int(long number) -> statement.setLong(place, number);
        case Value.Real(double number) -> statement.setDouble(place, number);
        case Value.Bool(boolean claim) -> statement.setBoolean(place, claim);
        case Value.Null.NULL -> statement.setNull(place, Types.NULL);
        case Value.Array list ->
            throw new InvalidValueException("argument `" + name + "` must be a scalar");
        case Value.Obj object ->
            throw new InvalidValueException("argument `" + name + "` must be a scalar");
      }
    }
  }

  private static Execution answer(PreparedStatement statement, Operation operation, Request request)
      throws SQLException {
    var list = new ArrayList<Value>();
    boolean isMore = false;
    long bytes = 0;
    try (var rows = statement.executeQuery()) {
      while (rows.next()) {
        if (list.size() == operation.rows()) {
          isMore = true;
          break;
        }
        var row = Rows.row(rows);
        bytes += CanonicalJson.bytes(row).length;
        if (bytes > operation.bytes()) {
          return new Execution.Failed("the answer is larger than " + operation.bytes() + " bytes");
        }
        list.add(row);
      }
    }
    var answer = Value.object("rows", list, "isTruncated", isMore);
    return new Execution.Done(
        Results.of(operation.selection().apply(answer)),
        Proofs.of(operation.tool(), request.arguments(), operation.owner(), answer));
  }
}

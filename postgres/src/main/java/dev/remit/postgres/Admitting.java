package dev.remit.postgres;

import dev.remit.core.call.CallId;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.CallLedger.Admission;
import dev.remit.core.evidence.CallLedger.Admitted;
import dev.remit.core.evidence.CallLedger.Changed;
import dev.remit.core.evidence.CallLedger.Joined;
import dev.remit.core.evidence.CallLedger.Refused;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Intent;
import dev.remit.core.lease.Lease;
import dev.remit.core.value.CanonicalJson;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The statement that admits intents: several that came at the same moment, in one transaction. */
final class Admitting {

  private static final String PLACES = String.join(", ", Collections.nCopies(36, "?")) + ")";
  private static final String SQL = "select answer, detail from remit.admit_counted(" + PLACES;

  /** One by one: the locks of a chain are taken from the top. */
  private static final String OF_CHAIN =
      "select answer, detail from remit.admit_child(?, ?, ?, " + PLACES;

  private Admitting() {}

  /**
   * One intent with its entry.
   *
   * @param isStrict whether it goes alone through its class's limits
   */
  record Question(Intent intent, Written entry, boolean isStrict) {

    static Question of(Intent intent, boolean isStrict) {
      return new Question(intent, Written.as(Entry.Kind.INTENT, intent.entry()), isStrict);
    }
  }

  /** An answer for each, in their order; empty means: nothing was done, ask again strictly. */
  static List<Optional<Admission>> ask(Database database, List<Question> questions) {
    var above = above(questions.getFirst().intent());
    return database.rows(
        above.isEmpty() ? SQL : OF_CHAIN,
        params -> {
          if (!above.isEmpty()) {
            new Columns<>(params, above)
                .texts(task -> task.task().value())
                .texts(Intent.Above::taskClass)
                .numbers(Intent.Above::perTenantPerHour);
          }
          var all = new Columns<>(params, questions.stream().map(Question::intent).toList());
          bindCalls(all);
          bindTargets(all);
          bindLeases(all);
          bindTimes(all);
          bindEntries(new Columns<>(params, questions.stream().map(Question::entry).toList()));
          new Columns<>(params, questions).claims(Question::isStrict);
          all.texts(intent -> intent.task().map(use -> Uses.text(use.limits())).orElse(null))
              .claims(intent -> intent.task().map(Intent.TaskUse::hasReadUntrusted).orElse(false));
        },
        row -> admission(row.text("answer"), row.optionalText("detail").orElse("")));
  }

  /** The tasks above that of an intent; such an intent goes alone. */
  static List<Intent.Above> above(Intent intent) {
    return intent.task().map(Intent.TaskUse::above).orElse(List.of());
  }

  private static void bindCalls(Columns<Intent> all) throws SQLException {
    all.texts(intent -> intent.tenant().value())
        .texts(intent -> intent.call().value())
        .texts(ofTask(task -> task.task().value()))
        .texts(ofTask(Intent.TaskUse::taskClass))
        .texts(ofTask(Intent.TaskUse::ticket))
        .numbers(intent -> intent.task().map(Intent.TaskUse::callLimit).orElse(0))
        .numbers(intent -> intent.task().map(Intent.TaskUse::perTenantPerHour).orElse(0))
        .lists(Intent::killScopes)
        .texts(intent -> intent.version().value());
  }

  private static Function<Intent, @Nullable String> ofTask(Function<Intent.TaskUse, String> part) {
    return intent -> intent.task().map(part).orElse(null);
  }

  private static void bindTargets(Columns<Intent> all) throws SQLException {
    all.lists(targets(target -> target.ref().connector().value()))
        .lists(targets(target -> target.ref().kind()))
        .lists(targets(target -> target.ref().id()))
        .lists(targets(Intent.SeenTarget::version))
        .texts(intent -> intent.approval().map(id -> id.value()).orElse(null));
  }

  private static Function<Intent, List<String>> targets(Function<Intent.SeenTarget, String> part) {
    return intent -> intent.targets().stream().map(part).toList();
  }

  private static void bindLeases(Columns<Intent> all) throws SQLException {
    all.texts(ofLease(lease -> lease.id().value()))
        .texts(ofLease(lease -> lease.connector().value()))
        .texts(ofLease(Lease::principal))
        .texts(intent -> intent.lease().flatMap(Lease::task).map(task -> task.value()).orElse(null))
        .texts(ofLease(lease -> CanonicalJson.text(lease.scope())))
        .instants(intent -> intent.lease().map(Lease::end).orElse(null))
        .texts(ofLease(Lease::replica));
  }

  private static Function<Intent, @Nullable String> ofLease(Function<Lease, String> part) {
    return intent -> intent.lease().map(part).orElse(null);
  }

  private static void bindTimes(Columns<Intent> all) throws SQLException {
    all.instants(Intent::at)
        .instants(Intent::sendBy)
        .instants(Intent::settleBy)
        .texts(Intent::replica)
        .texts(intent -> intent.joinKey().orElse(null))
        .instants(Intent::joinSince);
  }

  private static void bindEntries(Columns<Written> all) throws SQLException {
    all.texts(Written::id)
        .texts(Written::task)
        .instants(written -> written.entry().at())
        .texts(Written::leaf)
        .texts(Written::body)
        .texts(Written::salt);
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
}

package dev.remit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.call.CallId;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.Attempt;
import dev.remit.core.evidence.CallLedger;
import dev.remit.core.evidence.CallLedger.Admission;
import dev.remit.core.evidence.CallLedger.Admitted;
import dev.remit.core.evidence.CallLedger.Changed;
import dev.remit.core.evidence.CallLedger.Refused;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Intent;
import dev.remit.core.evidence.LimitUse;
import dev.remit.core.evidence.LimitUse.Form;
import dev.remit.core.evidence.Settlement;
import dev.remit.core.evidence.TaskLedger;
import dev.remit.core.execution.Outcome;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.release.VersionId;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.task.Ground;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import dev.remit.core.task.Tasks;
import dev.remit.core.tenant.Environment;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The contract of limits and of what tasks have read. One database for all cases. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class LimitContract {
  private static final Instant NOW = Instant.parse("2026-03-02T10:00:30Z");
  private static final TenantId HARBOR = new TenantId("harbor-dental");
  private static final TenantId NORTH = new TenantId("north-legal");
  private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
  private static final Refused SPENT = new Refused(ReasonCode.LIMIT_EXCEEDED);

  private final AtomicLong next = new AtomicLong();

  @SuppressWarnings("NullAway.Init") // set before the first case
  private Stores stores;

  /** The stores under test: one database. */
  public interface Stores extends AutoCloseable {
    /** Calls. */
    CallLedger calls();

    /** Tasks. */
    TaskLedger taskLedger();

    /** Tasks as they stand. */
    Tasks tasks();

    /** The version in force. */
    VersionId version();

    @Override
    void close();
  }

  /** Fresh stores, empty but for the policy version. */
  protected abstract Stores newStores();

  @BeforeAll
  final void begin() {
    stores = newStores();
  }

  @AfterAll
  final void end() {
    stores.close();
  }

  private String id() {
    return "limit-" + next.incrementAndGet();
  }

  private Entry entry(TenantId tenant, Entry.Kind kind, Optional<String> call) {
    return new Entry(
        id(),
        tenant,
        kind,
        call,
        Optional.empty(),
        NOW,
        Value.Obj.EMPTY,
        Value.Obj.EMPTY,
        "00112233445566778899aabbccddeeff");
  }

  private Task task(TenantId tenant) {
    var task =
        new Task(
            new TaskId(id()),
            tenant,
            Environment.PRODUCTION,
            AgentId.parse("service-desk/" + tenant + "/production/change"),
            Optional.of(new InstanceId("one")),
            "class-" + id(),
            new Ground(new ConnectorId("rmm"), id(), tenant, "dana", true, true, "it hangs"),
            Set.of(),
            Set.of("rmm_restart_service"),
            1_000_000,
            NOW,
            NOW.plus(Duration.ofDays(30)),
            Task.State.OPEN,
            new Task.Prompt("sha256:", ""),
            false);
    var entry = entry(tenant, Entry.Kind.TASK_OPENED, Optional.empty());
    assertThat(stores.taskLedger().open(task, stores.version(), List.of("everything"), entry))
        .isEmpty();
    return task;
  }

  private Intent intent(Task task, Instant at, String replica, List<LimitUse> limits) {
    var call = new CallId(id());
    return new Intent(
        call,
        task.tenant(),
        Optional.of(
            new Intent.TaskUse(
                task.id(),
                task.taskClass(),
                task.ground().ticket(),
                1_000_000,
                1_000_000,
                limits,
                task.hasReadUntrusted())),
        List.of("everything"),
        stores.version(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        at,
        at.plusSeconds(5),
        at.plusSeconds(60),
        replica,
        Optional.empty(),
        at.minusSeconds(600),
        entry(task.tenant(), Entry.Kind.INTENT, Optional.of(call.value())));
  }

  private Admission admit(Task task, Instant at, LimitUse... limits) {
    return stores.calls().admit(intent(task, at, "one", List.of(limits)));
  }

  private static LimitUse calls(String key, int atMost, Duration window) {
    return new LimitUse(Form.CALLS, key, atMost, window, List.of());
  }

  private static LimitUse members(Form form, String key, int atMost, String... members) {
    return new LimitUse(form, key, atMost, Duration.ofDays(1), List.of(members));
  }

  private static LimitUse share(String key, int atMost, Duration window) {
    return new LimitUse(Form.SHARE, key, atMost, window, List.of());
  }

  @Test
  void oneCallPerHalfHourIsOneCallInAnyHalfHour() {
    var task = task(HARBOR);
    var limit = calls("one per target 17", 1, HALF_AN_HOUR);
    assertThat(admit(task, NOW, limit)).isEqualTo(new Admitted());
    assertThat(admit(task, NOW.plusSeconds(1), limit)).isEqualTo(SPENT);
    assertThat(admit(task, NOW.plus(HALF_AN_HOUR).minusSeconds(1), limit)).isEqualTo(SPENT);
    var other = calls("one per target 18", 1, HALF_AN_HOUR);
    assertThat(admit(task, NOW, other)).as("another target").isEqualTo(new Admitted());
    assertThat(admit(task, NOW.plus(HALF_AN_HOUR), limit)).isEqualTo(new Admitted());
    assertThat(admit(task, NOW.plus(HALF_AN_HOUR).plusSeconds(2), limit)).isEqualTo(SPENT);
  }

  @Test
  void aWindowForgetsWhatIsBehindIt() {
    var task = task(HARBOR);
    var limit = calls("three", 3, Duration.ofHours(1));
    for (int minute = 0; minute < 3; minute++) {
      assertThat(admit(task, NOW.plus(Duration.ofMinutes(minute)), limit))
          .isEqualTo(new Admitted());
    }
    assertThat(admit(task, NOW.plus(Duration.ofMinutes(59)), limit)).isEqualTo(SPENT);
    var later = NOW.plus(Duration.ofMinutes(60));
    assertThat(admit(task, later, limit)).isEqualTo(new Admitted());
    assertThat(admit(task, later, limit)).isEqualTo(SPENT);
    assertThat(admit(task, NOW.plus(Duration.ofDays(20)), limit)).isEqualTo(new Admitted());
  }

  @Test
  void zeroMeansNone() {
    var task = task(HARBOR);
    assertThat(admit(task, NOW, calls("zero", 0, HALF_AN_HOUR))).isEqualTo(SPENT);
    assertThat(admit(task, NOW, calls("zero for ever", 0, Duration.ZERO))).isEqualTo(SPENT);
    assertThat(admit(task, NOW, share("zero of the fleet", 0, HALF_AN_HOUR))).isEqualTo(SPENT);
    assertThat(admit(task, NOW, members(Form.MEMBERS, "zero", 0, "a"))).isEqualTo(SPENT);
    assertThat(admit(task, NOW, members(Form.FLEET_MEMBERS, "zero", 0, "a"))).isEqualTo(SPENT);
  }

  @Test
  void withoutAWindowNothingIsForgotten() {
    var task = task(HARBOR);
    var limit = calls("ever", 2, Duration.ZERO);
    assertThat(admit(task, NOW, limit)).isEqualTo(new Admitted());
    assertThat(admit(task, NOW.plus(Duration.ofDays(9)), limit)).isEqualTo(new Admitted());
    assertThat(admit(task, NOW.plus(Duration.ofDays(19)), limit)).isEqualTo(SPENT);
  }

  @Test
  void oneLimitThatIsUsedUpRefusesAndCountsNothingElsewhere() {
    var task = task(HARBOR);
    var wide = calls("wide", 1, HALF_AN_HOUR);
    assertThat(admit(task, NOW, wide, calls("none", 0, HALF_AN_HOUR))).isEqualTo(SPENT);
    assertThat(admit(task, NOW, wide)).isEqualTo(new Admitted());
  }

  @Test
  void differentTargetsCountOnceEach() {
    var task = task(HARBOR);
    var key = "targets";
    assertThat(admit(task, NOW, members(Form.MEMBERS, key, 3, "1", "2"))).isEqualTo(new Admitted());
    assertThat(admit(task, NOW, members(Form.MEMBERS, key, 3, "2", "1"))).isEqualTo(new Admitted());
    assertThat(admit(task, NOW, members(Form.MEMBERS, key, 3, "3", "4"))).isEqualTo(SPENT);
    assertThat(admit(task, NOW, members(Form.MEMBERS, key, 3, "3"))).isEqualTo(new Admitted());
    assertThat(admit(task, NOW, members(Form.MEMBERS, key, 3, "4"))).isEqualTo(SPENT);
    var tomorrow = NOW.plus(Duration.ofDays(1));
    assertThat(admit(task, tomorrow, members(Form.MEMBERS, key, 3, "4"))).isEqualTo(new Admitted());
  }

  @Test
  void tenantsCountApartButForTheInstallation() {
    var harbor = task(HARBOR);
    var north = task(NORTH);
    var own = calls("same key", 1, HALF_AN_HOUR);
    assertThat(admit(harbor, NOW, own)).isEqualTo(new Admitted());
    assertThat(admit(north, NOW, own)).isEqualTo(new Admitted());
    var key = "tenants of a class";
    assertThat(admit(harbor, NOW, members(Form.FLEET_MEMBERS, key, 1, "harbor-dental")))
        .isEqualTo(new Admitted());
    assertThat(admit(north, NOW, members(Form.FLEET_MEMBERS, key, 1, "north-legal")))
        .as("one tenant a day")
        .isEqualTo(SPENT);
    assertThat(admit(harbor, NOW, members(Form.FLEET_MEMBERS, key, 1, "harbor-dental")))
        .isEqualTo(new Admitted());
  }

  @Test
  void theInstallationIsLimitedWhateverTheTenantAndTheReplica() {
    var tasks = List.of(task(HARBOR), task(NORTH));
    var limit = share("five", 5, Duration.ofHours(1));
    int admitted = 0;
    for (int i = 0; i < 12; i++) {
      var intent = intent(tasks.get(i % 2), NOW, "replica-" + i % 3, List.of(limit));
      admitted += stores.calls().admit(intent) instanceof Admitted ? 1 : 0;
    }
    assertThat(admitted).isEqualTo(5);
    assertThat(admit(tasks.getFirst(), NOW.plus(Duration.ofHours(2)), limit))
        .isEqualTo(new Admitted());
  }

  @Test
  void manyAtOncePassNoLimit() throws Exception {
    var task = task(HARBOR);
    var limits =
        List.of(calls("race", 20, HALF_AN_HOUR), share("fleet race", 10, Duration.ofHours(1)));
    var answers =
        ApprovalLedgerContract.together(
            32, n -> stores.calls().admit(intent(task, NOW, "replica-" + n % 2, limits)));
    assertThat(answers).filteredOn(Admitted.class::isInstance).hasSize(10);
    assertThat(answers).filteredOn(SPENT::equals).hasSize(22);
  }

  @Test
  void refusedCallsCountInRates() {
    var task = task(HARBOR);
    var limit = calls("attempts", 3, HALF_AN_HOUR);
    var attempt = new Attempt(HARBOR, task.taskClass(), List.of(limit), NOW);
    stores.calls().attempted(attempt);
    stores.calls().attempted(attempt);
    assertThat(admit(task, NOW, limit)).isEqualTo(new Admitted());
    assertThat(admit(task, NOW, limit)).isEqualTo(SPENT);
    stores.calls().attempted(attempt);
    assertThat(admit(task, NOW.plus(HALF_AN_HOUR), limit)).isEqualTo(new Admitted());
  }

  @Test
  void refusedCallsCountInTheClassesHour() {
    var task = task(HARBOR);
    for (int i = 0; i < 4; i++) {
      stores.calls().attempted(new Attempt(HARBOR, task.taskClass(), List.of(), NOW));
    }
    var use =
        new Intent.TaskUse(
            task.id(), task.taskClass(), task.ground().ticket(), 100, 5, List.of(), false);
    assertThat(stores.calls().admit(with(intent(task, NOW, "one", List.of()), use)))
        .isEqualTo(new Admitted());
    assertThat(stores.calls().admit(with(intent(task, NOW, "one", List.of()), use)))
        .isEqualTo(SPENT);
  }

  private static Intent with(Intent intent, Intent.TaskUse use) {
    return new Intent(
        intent.call(),
        intent.tenant(),
        Optional.of(use),
        intent.killScopes(),
        intent.version(),
        intent.targets(),
        intent.approval(),
        intent.lease(),
        intent.at(),
        intent.sendBy(),
        intent.settleBy(),
        intent.replica(),
        intent.joinKey(),
        intent.joinSince(),
        intent.entry());
  }

  @Test
  void anUnknownOutcomeGivesNothingBack() {
    var task = task(HARBOR);
    var limit = calls("unknown", 1, HALF_AN_HOUR);
    var intent = intent(task, NOW, "one", List.of(limit));
    assertThat(stores.calls().admit(intent)).isEqualTo(new Admitted());
    settle(intent, Outcome.UNKNOWN, Optional.empty());
    assertThat(admit(task, NOW, limit)).isEqualTo(SPENT);
  }

  private void settle(Intent intent, Outcome outcome, Optional<TaskId> reader) {
    var entry = entry(intent.tenant(), Entry.Kind.OUTCOME, Optional.of(intent.call().value()));
    stores
        .calls()
        .settle(
            new Settlement(
                intent.call(), intent.tenant(), outcome, Optional.empty(), reader, NOW, entry));
  }

  @Test
  void afterWordsOfOutsidersNoIntentCommitsThatDidNotKnow() {
    var task = task(HARBOR);
    var other = task(HARBOR);
    var read = intent(task, NOW, "one", List.of());
    var racing = intent(task, NOW, "one", List.of());
    assertThat(stores.calls().admit(read)).isEqualTo(new Admitted());
    settle(read, Outcome.SUCCEEDED, Optional.of(task.id()));
    assertThat(stores.calls().admit(racing)).isEqualTo(new Changed("content"));
    var known = stores.tasks().find(HARBOR, task.id()).orElseThrow();
    assertThat(known.hasReadUntrusted()).isTrue();
    assertThat(admit(known, NOW)).isEqualTo(new Admitted());
    assertThat(admit(other, NOW)).as("another task").isEqualTo(new Admitted());
  }

  @Test
  void readingAndActingAtOnceHaveAnOrder() throws Exception {
    for (int round = 0; round < 5; round++) {
      var task = task(HARBOR);
      var read = intent(task, NOW, "one", List.of());
      stores.calls().admit(read);
      var answers = new ArrayList<Admission>();
      ApprovalLedgerContract.together(
          8,
          n -> {
            if (n == 4) {
              settle(read, Outcome.SUCCEEDED, Optional.of(task.id()));
              // Told now: whoever acts on it comes after this.
              answers.add(stores.calls().admit(intent(task, NOW, "two", List.of())));
            } else {
              stores.calls().admit(intent(task, NOW, "one", List.of()));
            }
            return n;
          });
      assertThat(answers).containsExactly(new Changed("content"));
    }
  }
}

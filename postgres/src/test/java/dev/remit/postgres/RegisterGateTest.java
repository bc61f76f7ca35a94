package dev.remit.postgres;

import static dev.remit.postgres.World.HARBOR;
import static dev.remit.postgres.World.NOW;
import static dev.remit.postgres.World.V1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.CallLedger.Admitted;
import dev.remit.core.evidence.CallLedger.Refused;
import dev.remit.core.evidence.Entry;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.register.AgentState;
import dev.remit.core.register.Move;
import dev.remit.core.register.Registration;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is not active opens no task and commits no intent, whichever replica asks. */
class RegisterGateTest {
  private static final AgentClassId DESK = new AgentClassId("service-desk");

  private final World world = new World();
  private final PostgresRegisterLedger register =
      new PostgresRegisterLedger(world.database, new RowSeal(new byte[32]));

  /** Another replica: a pool of its own. */
  private final Database second = new Database(world.at.serving(), 5);

  @AfterEach
  void close() {
    second.close();
    world.close();
  }

  private boolean move(AgentState state, long follows) {
    var like = world.entry(TenantId.OPERATOR, Entry.Kind.AGENT_SUSPENDED);
    var entry =
        new Entry(
            like.id(),
            like.tenant(),
            like.kind(),
            Optional.empty(),
            Optional.empty(),
            NOW,
            Value.object("agentClass", DESK.value(), "revision", follows + 1),
            Value.Obj.EMPTY,
            like.salt());
    return register.move(
        new Move(
            new Registration(
                DESK,
                state,
                follows + 1,
                Optional.empty(),
                "test",
                NOW,
                Optional.empty(),
                entry.id()),
            follows,
            entry));
  }

  @Test
  void whatIsNotActiveCommitsNoIntent() {
    var task = world.openTask(100);
    assertThat(world.ledger.admit(world.intent(task))).isInstanceOf(Admitted.class);
    for (var state : List.of("proposed", "suspended", "retired")) {
      world.register("service-desk", state);
      assertThat(world.ledger.admit(world.intent(task)))
          .isEqualTo(new Refused(ReasonCode.AGENT_NOT_ACTIVE));
    }
    assertThat(world.count("intent")).isEqualTo(1);
    world.register("service-desk", "active");
    assertThat(world.ledger.admit(world.intent(task))).isInstanceOf(Admitted.class);
  }

  @Test
  void whatIsNotActiveOpensNoTask() {
    for (var state : List.of("proposed", "suspended", "retired")) {
      world.register("service-desk", state);
      assertThat(opened()).contains(ReasonCode.AGENT_NOT_ACTIVE);
    }
    assertThat(world.count("task")).isZero();
  }

  @Test
  void whatTheRegisterDoesNotKnowDoesNothing() {
    var task = world.openTask(100);
    TestDatabase.run(world.at.admin(), "delete from remit.agent");
    assertThat(opened()).contains(ReasonCode.AGENT_NOT_ACTIVE);
    assertThat(world.ledger.admit(world.intent(task)))
        .isEqualTo(new Refused(ReasonCode.AGENT_NOT_ACTIVE));
  }

  private Optional<ReasonCode> opened() {
    return world.taskLedger.open(
        world.task(HARBOR, "T-" + world.id(), 3),
        V1,
        World.scopes(HARBOR),
        world.entry(HARBOR, Entry.Kind.TASK_OPENED));
  }

  @Test
  void anotherClassInTheRegisterHelpsNobody() {
    world.register("service-desk", "suspended");
    world.register("service-desk-two", "active");
    world.register("service", "active");
    assertThat(opened()).contains(ReasonCode.AGENT_NOT_ACTIVE);
  }

  @Test
  void theSuspensionHoldsOnTheOtherReplicaOnceItIsCommitted() {
    var task = world.openTask(100);
    var other = new PostgresCallLedger(second, ref -> {});
    assertThat(other.admit(world.intent(task))).isInstanceOf(Admitted.class);
    assertThat(move(AgentState.SUSPENDED, 1)).isTrue();
    assertThat(other.admit(world.intent(task))).isEqualTo(new Refused(ReasonCode.AGENT_NOT_ACTIVE));
  }

  /** Two replicas admit as fast as they can while the class is suspended and launched again. */
  @Test
  void noIntentCommitsAfterASuspensionReturned() throws Exception {
    var task = world.openTask(1_000_000);
    var other = new PostgresCallLedger(second, ref -> {});
    long revision = 1;
    for (int round = 0; round < 20; round++) {
      var isSuspended = new AtomicBoolean();
      var late = new AtomicBoolean();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var running = new ArrayList<CompletableFuture<Void>>();
        for (int i = 0; i < 4; i++) {
          var ledger = i % 2 == 0 ? world.ledger : other;
          running.add(
              CompletableFuture.runAsync(
                  () -> {
                    boolean isLast = false;
                    while (!isLast) {
                      isLast = isSuspended.get();
                      var answer = ledger.admit(world.intent(task));
                      if (isLast && answer instanceof Admitted) {
                        late.set(true);
                      }
                    }
                  },
                  threads));
        }
        assertThat(move(AgentState.SUSPENDED, revision)).isTrue();
        isSuspended.set(true);
        CompletableFuture.allOf(running.toArray(CompletableFuture[]::new))
            .orTimeout(Duration.ofSeconds(20).toSeconds(), java.util.concurrent.TimeUnit.SECONDS)
            .join();
      }
      assertThat(late).as("round %d", round).isFalse();
      assertThat(move(AgentState.ACTIVE, revision + 1)).isTrue();
      revision += 2;
    }
  }

  @Test
  void aRowThatSomebodyElseWroteDoesNotHold() {
    move(AgentState.SUSPENDED, 1);
    world.register("service-desk", "active");
    assertThat(register.all())
        .singleElement()
        .satisfies(row -> {
          assertThat(row.state()).isEqualTo(AgentState.SUSPENDED);
          assertThat(row.cause()).contains("forged");
        });
  }

  @Test
  void theFirstVersionIsRememberedForEver() {
    assertThat(register.origin()).contains(V1);
    world.versions.activate(
        World.V2, NOW, world.entry(TenantId.OPERATOR, Entry.Kind.POLICY_ACTIVATED));
    assertThat(register.origin()).contains(V1);
  }

  @Test
  void peopleWhoWorkByThemselvesAreNotInTheRegister() {
    TestDatabase.run(world.at.admin(), "delete from remit.agent");
    assertThat(
            TestDatabase.count(
                world.at.admin(),
                "select count(*) where remit.is_active_agent('person/harbor-dental/production/low')"))
        .isEqualTo(1);
  }
}

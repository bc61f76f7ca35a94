package dev.remit.postgres;

import static dev.remit.postgres.World.HARBOR;
import static dev.remit.postgres.World.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.Answer;
import dev.remit.core.approval.Assertion;
import dev.remit.core.approval.PersonKey;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Verdict;
import dev.remit.core.call.CallId;
import dev.remit.core.decision.Decision;
import dev.remit.core.decision.DecisionPoint;
import dev.remit.core.decision.Question;
import dev.remit.core.evidence.CallLedger.Admitted;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Intent;
import dev.remit.core.evidence.ProposalLedger.Given;
import dev.remit.core.evidence.Settlement;
import dev.remit.core.execution.Outcome;
import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.PersonId;
import dev.remit.core.oversight.EntryMaker;
import dev.remit.core.oversight.LogReader;
import dev.remit.core.oversight.OversightPorts;
import dev.remit.core.release.People;
import dev.remit.core.release.Release;
import dev.remit.core.release.Releases;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import dev.remit.testkit.InMemoryReleases;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From the real log to an item: what was admitted, who answered for it, and its leaf. */
class OversightWayTest {
  private static final PersonId SAM = new PersonId("staff", "sam");

  private final World world = new World();
  private final OversightLog log = new OversightLog(world);
  private final RowSeal seal = new RowSeal(new byte[32]);
  private final PostgresOversightLedger ledger = new PostgresOversightLedger(world.database, seal);
  private final LogReader reader =
      new LogReader(
          OversightPorts.over(ledger, call -> 0, () -> 0),
          world.proposals,
          releases(),
          InstantSource.fixed(NOW),
          new Maker());

  @AfterEach
  void close() {
    log.close();
    world.close();
  }

  private final class Maker implements EntryMaker {
    @Override
    public Entry of(
        Entry.Kind kind, TenantId tenant, Optional<CallId> call, Instant at, Value.Obj fields) {
      return entry(kind, call.map(CallId::value), fields, Value.Obj.EMPTY);
    }

    @Override
    public Entry of(Entry.Kind kind, Proposal proposal, Instant at, Value.Obj fields) {
      return entry(kind, Optional.empty(), fields, Value.Obj.EMPTY);
    }

    @Override
    public ProposalId handle() {
      return new ProposalId(world.id());
    }
  }

  private Entry entry(Entry.Kind kind, Optional<String> call, Value.Obj fields, Value.Obj body) {
    return new Entry(
        world.id(),
        HARBOR,
        kind,
        call,
        Optional.empty(),
        NOW,
        fields,
        body,
        "00112233445566778899aabbccddeeff");
  }

  private static Releases releases() {
    var release =
        new Release(
            World.V1,
            "msp",
            World.TENANTS,
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            new ConnectorId("rmm"),
            People.NONE,
            Set.of());
    var releases = new InMemoryReleases();
    releases.activate(
        release,
        new DecisionPoint() {
          @Override
          public Decision decide(Question question) {
            throw new IllegalStateException("nobody asks");
          }

          @Override
          public String contentOf(String policy) {
            return policy;
          }
        });
    return releases;
  }

  private Proposal answeredBySam() {
    var key =
        new PersonKey(
            "key-of-sam", SAM, new Organisation.Msp(), "credential", 0, NOW, NOW, false, "key");
    world.keys.registerFirst(key, world.entry(TenantId.OPERATOR, Entry.Kind.KEY_REGISTERED));
    var proposal = world.propose(world.proposal(world.openTask(3))).orElseThrow();
    var answer =
        new Answer(
            proposal.id(),
            SAM,
            "sam",
            new Organisation.Msp(),
            Set.of("msp.seniors"),
            Optional.of("sha256:of-an-address"),
            Verdict.GRANT,
            "",
            NOW,
            new Assertion("key-of-sam", "client", "data", "signature"));
    assertThat(world.proposals.answer(HARBOR, answer, 1, world.entry(HARBOR, Entry.Kind.ANSWERED)))
        .isEqualTo(Given.COUNTED);
    world.grant(proposal, NOW.plusSeconds(600));
    return proposal;
  }

  private CallId done(Proposal proposal) {
    var task = world.tasks.find(HARBOR, proposal.task()).orElseThrow();
    var plain = world.intent(task);
    var fields =
        Value.object(
            "agent", task.agent().text(),
            "taskClass", "restart-service",
            "tool", "rmm_restart_service",
            "effect", "low",
            "ticket", "T-1 \u0000");
    var body = Value.object("ground", Value.object("requester", "dana"));
    var told = entry(Entry.Kind.INTENT, Optional.of(plain.call().value()), fields, body);
    var intent = Intents.of(plain).approval(proposal.id()).entry(told).build();
    assertThat(world.ledger.admit(intent)).isInstanceOf(Admitted.class);
    world.ledger.settle(settled(intent));
    return intent.call();
  }

  private Settlement settled(Intent intent) {
    return new Settlement(
        intent.call(),
        HARBOR,
        Outcome.SUCCEEDED,
        intent.lease().map(dev.remit.core.lease.Lease::id),
        Optional.empty(),
        NOW.plusSeconds(1),
        entry(
            Entry.Kind.OUTCOME,
            Optional.of(intent.call().value()),
            Value.object("outcome", "succeeded"),
            Value.Obj.EMPTY));
  }

  @Test
  void anEffectBecomesAnItemThatNamesWhoAnsweredAndItsLeaf() {
    var call = done(answeredBySam());
    reader.round();
    assertThat(ledger.open(HARBOR, Optional.empty(), 10)).as("not in the log yet").isEmpty();
    log.integrate();
    reader.round();
    reader.round();
    var item = ledger.open(HARBOR, Optional.empty(), 10).getFirst();
    assertThat(item.call()).isEqualTo(call);
    assertThat(item.involved().approvers()).containsExactly(SAM);
    assertThat(item.involved().approverKeys()).containsExactly("key-of-sam");
    assertThat(item.involved().requester()).contains("dana");
    assertThat(world.count("leaf where 'sha256:' || encode(hash, 'hex') = '" + item.digest() + "'"))
        .isEqualTo(1);
    assertThat(ledger.tallies(HARBOR).getFirst().done()).isEqualTo(1);
    assertThat(ledger.behind(10)).isEmpty();
  }
}

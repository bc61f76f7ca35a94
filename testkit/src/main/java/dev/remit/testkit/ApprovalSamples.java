package dev.remit.testkit;

import dev.remit.core.approval.Answer;
import dev.remit.core.approval.Asker;
import dev.remit.core.approval.Assertion;
import dev.remit.core.approval.Parties;
import dev.remit.core.approval.PersonKey;
import dev.remit.core.approval.PlanStep;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Subject;
import dev.remit.core.approval.Verdict;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Journal;
import dev.remit.core.evidence.PersonKeyLedger;
import dev.remit.core.evidence.ProposalLedger;
import dev.remit.core.evidence.ProposalLedger.Caps;
import dev.remit.core.evidence.ProposalLedger.Given;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.PersonId;
import dev.remit.core.kill.Kills;
import dev.remit.core.task.TaskClass.Answers;
import dev.remit.core.task.TaskClass.AskRule;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Proposals, answers and keys for {@link ApprovalLedgerContract}, and what it does with them. */
public abstract class ApprovalSamples {
  protected static final Instant NOW = Instant.parse("2026-03-02T10:00:30Z");
  protected static final Duration ANSWER_WITHIN = Duration.ofMinutes(30);
  protected static final TenantId HARBOR = new TenantId("harbor-dental");
  protected static final TenantId NORTH = new TenantId("north-legal");
  protected static final PersonId SAM = new PersonId("staff", "sam");
  protected static final PersonId SUE = new PersonId("staff", "sue");

  private final AtomicLong next = new AtomicLong();

  @SuppressWarnings("NullAway.Init") // set before each test
  protected Stores stores;

  /** The stores under test: one database. */
  public interface Stores extends AutoCloseable {
    /** Proposals. */
    ProposalLedger proposals();

    /** Keys. */
    PersonKeyLedger keys();

    /** Kills. */
    Kills kills();

    /** What was told of them. */
    Journal journal();

    @Override
    void close();
  }

  private String id() {
    return "sample-" + next.incrementAndGet();
  }

  protected final Entry entry(Entry.Kind kind) {
    return entry(HARBOR, kind);
  }

  protected final Entry entry(TenantId tenant) {
    return entry(tenant, Entry.Kind.ANSWERED);
  }

  protected final Entry operator(Entry.Kind kind) {
    return entry(TenantId.OPERATOR, kind);
  }

  private Entry entry(TenantId tenant, Entry.Kind kind) {
    return new Entry(
        id(),
        tenant,
        kind,
        Optional.empty(),
        Optional.empty(),
        NOW,
        Value.Obj.EMPTY,
        Value.Obj.EMPTY,
        "00112233445566778899aabbccddeeff");
  }

  /** Somebody opened a card. */
  protected final Entry read(TenantId tenant, Instant at, Value.Obj fields) {
    return new Entry(
        id(),
        tenant,
        Entry.Kind.PROPOSAL_READ,
        Optional.empty(),
        Optional.empty(),
        at,
        fields,
        Value.Obj.EMPTY,
        "00112233445566778899aabbccddeeff");
  }

  /** How many entries of this kind a tenant's log has. */
  protected final long told(TenantId tenant, Entry.Kind kind) {
    return stores
        .journal()
        .read(
            new Journal.Query(
                tenant, 0, 1_000, Optional.empty(), Optional.empty(), Optional.empty()))
        .stream()
        .filter(stored -> stored.leaf().contains("\"kind\":\"" + kind.text() + "\""))
        .count();
  }

  /** A call of this task that waits for one of Harbor's approvers. */
  protected final Proposal call(String task, String digest) {
    var subject =
        new Subject.OfCall(
            new TaskId(task),
            AgentId.parse("service-desk/" + HARBOR + "/production/change"),
            new InstanceId("one"),
            "rmm_restart_service",
            Value.object("device", "17"),
            Optional.of("again"));
    var parties =
        new Parties(
            Optional.of("dana"),
            Optional.of("ops"),
            true,
            Set.of(new PersonId("staff", "will/i.am")),
            Optional.empty());
    return proposal(subject, digest, "tenant.approvers", parties);
  }

  /** A plan of two steps of this task that waits for one of Harbor's approvers. */
  protected final Proposal plan(String task, String digest) {
    var seen =
        new Value.Array(
            List.of(
                Value.object(
                    "target", "rmm/device/17", "facts", Value.object("role", "workstation"))));
    var step =
        new PlanStep(
            "rmm_restart_service",
            Value.object("device", "17"),
            List.of(new PlanStep.Change("rmm/device/17", "role")),
            "sha256:act",
            seen);
    var call = call(task, digest);
    var first = call.call().orElseThrow();
    return proposal(
        new Subject.OfPlan(first.task(), first.agent(), first.instance(), List.of(step, step)),
        digest,
        "tenant.approvers",
        call.parties());
  }

  protected final Proposal keyProposal(String person) {
    var key = key(new PersonId("staff", person), new Organisation.Msp());
    var subject = new Subject.OfKey(key, person, Optional.of("sha256:address of " + person));
    return proposal(subject, "key-" + person, "msp:administer", Parties.askedBy(subject.asker()));
  }

  protected final Proposal lift(String scope) {
    var asker = new Asker(SAM, Optional.of("sha256:address of sam"));
    return proposal(
        new Subject.OfLift(scope, true, asker, "it was a drill"),
        "lift-" + scope,
        "tenant.approvers",
        Parties.askedBy(asker));
  }

  private Proposal proposal(Subject subject, String digest, String group, Parties parties) {
    return new Proposal(
        new ProposalId(id()),
        HARBOR,
        subject,
        digest,
        List.of(
            new AskRule(
                "rule",
                "resource.role == \"server\"",
                List.of(new Answers(1, group)),
                ANSWER_WITHIN,
                Duration.ofMinutes(10))),
        parties,
        Value.object("targets", List.of(Value.object("kind", "device", "id", "17"))),
        NOW,
        NOW.plus(ANSWER_WITHIN),
        Optional.empty(),
        Proposal.State.OPEN);
  }

  /** The same, asked so much later. */
  protected final Proposal at(Proposal p, Duration later) {
    return new Proposal(
        p.id(),
        p.tenant(),
        p.subject(),
        p.digest(),
        p.rules(),
        p.parties(),
        p.facts(),
        p.askedAt().plus(later),
        p.answerBy().plus(later),
        p.useBy(),
        p.state());
  }

  protected final Proposal ofNorth(Proposal p) {
    return new Proposal(
        p.id(),
        NORTH,
        p.subject(),
        p.digest(),
        p.rules(),
        p.parties(),
        p.facts(),
        p.askedAt(),
        p.answerBy(),
        p.useBy(),
        p.state());
  }

  protected final Proposal ask(Proposal proposal) {
    return propose(proposal, new Caps(100, 100)).orElseThrow();
  }

  protected final Optional<Proposal> propose(Proposal proposal, Caps caps) {
    return stores
        .proposals()
        .propose(
            proposal,
            caps,
            Optional.of(entry(proposal.tenant(), Entry.Kind.DECISION)),
            entry(proposal.tenant(), Entry.Kind.PROPOSED));
  }

  protected final boolean endAs(Proposal proposal, Proposal.State state) {
    return stores.proposals().end(proposal, state, entry(Entry.Kind.PROPOSAL_ENDED));
  }

  protected final boolean grant(Proposal proposal) {
    return stores
        .proposals()
        .grant(proposal, NOW, NOW.plusSeconds(60), entry(Entry.Kind.PROPOSAL_GRANTED));
  }

  protected static String credentialOf(PersonId person) {
    return "key-of-" + person.subject();
  }

  protected final PersonKey key(PersonId person, Organisation organisation) {
    return new PersonKey(
        credentialOf(person), person, organisation, "credential", 0, NOW, NOW, false, "a key");
  }

  protected final boolean first(PersonId person, Organisation organisation) {
    var tenant =
        organisation instanceof Organisation.Client(TenantId own) ? own : TenantId.OPERATOR;
    return stores
        .keys()
        .registerFirst(key(person, organisation), entry(tenant, Entry.Kind.KEY_REGISTERED));
  }

  /** Registers a key of the MSP by a proposal; the proposal. */
  protected final Proposal enrol(PersonId person) {
    var proposal = ask(keyProposal(person.subject()));
    if (!register(key(person, new Organisation.Msp()), proposal)) {
      throw new AssertionError("the key was not registered");
    }
    return proposal;
  }

  protected final boolean register(PersonKey key, Proposal proposal) {
    return stores
        .keys()
        .register(
            key, proposal, entry(Entry.Kind.PROPOSAL_GRANTED), operator(Entry.Kind.KEY_REGISTERED));
  }

  /** A grant by this person; what it signs is not looked at by a store. */
  protected final Answer answer(Proposal proposal, PersonId person) {
    return new Answer(
        proposal.id(),
        person,
        person.subject(),
        new Organisation.Msp(),
        Set.of("msp.seniors", "msp.ops"),
        Optional.of("sha256:of-an-address"),
        Verdict.GRANT,
        "looks right \u202e",
        NOW,
        new Assertion(credentialOf(person), "client", "data", "signature"));
  }

  protected static Answer with(Answer a, String credential) {
    return new Answer(
        a.proposal(),
        a.person(),
        a.name(),
        a.organisation(),
        a.groups(),
        a.emailDigest(),
        a.verdict(),
        a.reason(),
        a.at(),
        new Assertion(credential, "client", "data", "signature"));
  }

  protected final Given give(Answer answer, long counter) {
    return stores.proposals().answer(HARBOR, answer, counter, entry(Entry.Kind.ANSWERED));
  }
}

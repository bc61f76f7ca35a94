package dev.remit.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.Asker;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Subject;
import dev.remit.core.call.CallId;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.ProposalLedger;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.Person;
import dev.remit.core.identity.PersonId;
import dev.remit.core.oversight.EntryMaker;
import dev.remit.core.register.AgentDesk;
import dev.remit.core.register.AgentState;
import dev.remit.core.register.Agents;
import dev.remit.core.register.LaunchDesk;
import dev.remit.core.register.RegisterPorts;
import dev.remit.core.register.RegisterRound;
import dev.remit.core.release.VersionId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import dev.remit.policy.CedarDecisionPoint;
import dev.remit.testkit.FakeAssertionCheck;
import dev.remit.testkit.InMemoryLedgers;
import dev.remit.testkit.InMemoryReleases;
import dev.remit.testkit.ManualClock;
import dev.remit.testkit.SeededIds;
import dev.remit.workspace.LoadedWorkspace;
import dev.remit.workspace.WorkspaceResult;
import dev.remit.workspace.Workspaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The example's own files lack nothing that a launch asks for, and lead from proposed to active.
 */
class ExampleLaunchTest {

  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
  private static final AgentClassId CLERK = new AgentClassId("asset-clerk");
  private static final AgentClassId HELPER = new AgentClassId("device-helper");
  private static final Path EXAMPLE =
      Path.of(System.getProperty("remit.root", ".."), "examples/msp");

  private final ManualClock clock = new ManualClock(NOW);
  private final SortedMap<String, byte[]> files = files();
  private final LoadedWorkspace example = loaded(files);
  private final InMemoryReleases releases = new InMemoryReleases();

  /** Its first version was another one, so nothing of this counts as launched with it. */
  private final InMemoryLedgers ledgers =
      new InMemoryLedgers(new VersionId("sha256:first"), example.release().tenants().values());

  private final Names entries = new Names();
  private final RegisterPorts ports =
      RegisterPorts.over(ledgers.register(), new StoredAgents(version -> files), System::nanoTime);
  private final ProposalLedger.Caps caps = new ProposalLedger.Caps(100, 100);
  private final LaunchDesk launches =
      new LaunchDesk(ports, ledgers.proposals(), caps, releases, clock, entries);
  private final AgentDesk desk =
      AgentDesk.of(
          ports,
          ledgers.personKeys(),
          new FakeAssertionCheck(),
          launches,
          releases,
          clock,
          entries);

  private static SortedMap<String, byte[]> files() {
    var read = new TreeMap<String, byte[]>();
    try (var found = Files.walk(EXAMPLE)) {
      for (var file : found.filter(Files::isRegularFile).toList()) {
        read.put(EXAMPLE.relativize(file).toString(), Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return read;
  }

  private static LoadedWorkspace loaded(Map<String, byte[]> files) {
    return ((WorkspaceResult.Loaded) new Workspaces().load(files)).workspace();
  }

  /** Entries with names in their order. */
  private static final class Names implements EntryMaker {
    private final SeededIds ids = new SeededIds(1);

    @Override
    public Entry of(
        Entry.Kind kind, TenantId tenant, Optional<CallId> call, Instant at, Value.Obj fields) {
      return new Entry(
          ids.get(),
          tenant,
          kind,
          Optional.empty(),
          Optional.empty(),
          at,
          fields.without("reason"),
          Value.Obj.EMPTY,
          ids.get());
    }

    @Override
    public Entry of(Entry.Kind kind, Proposal proposal, Instant at, Value.Obj fields) {
      return of(
          kind,
          proposal.tenant(),
          Optional.empty(),
          at,
          fields
              .with("proposal", Value.of(proposal.digest()))
              .with("handle", Value.of(proposal.id().value()))
              .with("subject", Value.of(proposal.subject().kind())));
    }

    @Override
    public ProposalId handle() {
      return new ProposalId(ids.get());
    }
  }

  private static Person operator() {
    return new Person(
        new PersonId("staff", "otto"),
        "Otto",
        new Organisation.Msp(),
        Set.of("technicians"),
        Optional.empty(),
        NOW);
  }

  private AgentState state(AgentClassId id) {
    return desk.find(id).orElseThrow().state();
  }

  @Test
  void theClerkOfTheExampleIsLaunchedAndAnAgentWithoutAPersonIsNot() {
    releases.activate(
        example.release(), new CedarDecisionPoint(example.release(), example.policies()));
    new RegisterRound(ports, releases, clock, entries).round();
    assertThat(state(CLERK)).isEqualTo(AgentState.PROPOSED);
    assertThat(state(HELPER)).isEqualTo(AgentState.PROPOSED);

    assertThat(desk.objections(HELPER)).anyMatch(why -> why.startsWith("no accountable person"));
    assertThat(desk.launch(operator(), HELPER, "why not")).isInstanceOf(Agents.NotDone.class);

    assertThat(desk.objections(CLERK)).isEmpty();
    var asked = (Agents.Asked) desk.launch(operator(), CLERK, "clients ask for it");
    var proposal = ledgers.proposals().find(TenantId.OPERATOR, asked.proposal()).orElseThrow();
    var subject = (Subject.OfLaunch) proposal.subject();
    assertThat(subject.asker()).isEqualTo(Asker.of(operator()));
    assertThat(proposal.groups())
        .contains("msp:oversee")
        .anyMatch(group -> group.contains(subject.owner().subject()));

    var resolution = entries.of(Entry.Kind.PROPOSAL_GRANTED, proposal, NOW, Value.Obj.EMPTY);
    assertThat(launches.launch(proposal, subject, example.release(), resolution)).isTrue();
    assertThat(state(CLERK)).isEqualTo(AgentState.ACTIVE);
    assertThat(desk.find(CLERK).orElseThrow().certifyBy()).contains(NOW.plus(Duration.ofDays(90)));
  }
}

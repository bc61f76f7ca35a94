package dev.remit.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.call.Sha256;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.EntryFields;
import dev.remit.core.evidence.Journal;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import dev.remit.policy.CompiledPolicies;
import dev.remit.policy.TenantPolicies;
import dev.remit.postgres.Database;
import dev.remit.postgres.PostgresJournal;
import dev.remit.postgres.PostgresVersions;
import dev.remit.postgres.embedded.EmbeddedDatabase;
import dev.remit.workspace.LoadedWorkspace;
import dev.remit.workspace.WorkspaceResult;
import dev.remit.workspace.Workspaces;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each client's log says which policies are in force for it, once, and nothing of others. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolicyDutyTest {

  private static final TenantId HARBOR = new TenantId("harbor-dental");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Map<String, List<String>> NAMES =
      Map.of(
          "harbor-dental", List.of("harbor-dental", "Harbor Dental", "harbor"),
          "northwind-legal", List.of("northwind-legal", "Northwind Legal", "northwind"),
          "summit-freight", List.of("summit-freight", "Summit Freight", "summit"));

  @TempDir static Path temp;

  private EmbeddedDatabase embedded;
  private Database one;
  private Database other;
  private PostgresVersions versions;
  private LoadedWorkspace example;
  private Instant activatedAt = Instant.parse("2026-01-01T00:00:00Z");

  @BeforeAll
  void start() {
    embedded = EmbeddedDatabase.start(temp.resolve("data"), new SecureRandom());
    one = new Database(embedded.serving(), 4);
    other = new Database(embedded.serving(), 4);
    versions = new PostgresVersions(one);
    var folder = Path.of(System.getProperty("remit.root", "..")).resolve("examples/msp");
    example = ((WorkspaceResult.Loaded) new Workspaces().read(folder)).workspace();
    versions.store(example.version(), example.files().files(), activatedAt, Set.of());
  }

  @AfterAll
  void stop() {
    one.close();
    other.close();
    embedded.close();
  }

  /** Each test has an activation of its own, so that entries of others do not count. */
  @BeforeEach
  void activate() {
    activatedAt = activatedAt.plus(Duration.ofDays(100));
    versions.activate(
        example.version(),
        activatedAt,
        new Entry(
            new SecureIds(new SecureRandom()).id(),
            TenantId.OPERATOR,
            Entry.Kind.POLICY_ACTIVATED,
            Optional.empty(),
            Optional.empty(),
            activatedAt,
            Value.Obj.EMPTY,
            Value.Obj.EMPTY,
            "00".repeat(16)));
  }

  private PolicyDuty replica(Database database, Duration later, int largest) {
    var at = activatedAt.plus(later);
    return new PolicyDuty(
        version -> Optional.of(example.policies()),
        database,
        new SecureIds(new SecureRandom()),
        InstantSource.fixed(at),
        largest);
  }

  private PolicyDuty replica(Database database, Duration later) {
    return replica(database, later, 8 << 20);
  }

  /** The entries of this test's activation. */
  private List<Journal.Stored> entered(TenantId tenant) {
    return new PostgresJournal(one)
            .read(
                new Journal.Query(
                    tenant, 0, 1000, Optional.empty(), Optional.empty(), Optional.empty()))
            .stream()
            .filter(
                stored -> fields(stored).text("since").equals(Optional.of(activatedAt.toString())))
            .toList();
  }

  private static Value.Obj fields(Journal.Stored stored) {
    return Json.parseObject(stored.leaf()).object("fields").orElseThrow();
  }

  @Test
  void twoReplicasAndARestartWriteItOnce() throws Exception {
    var together = new CyclicBarrier(2);
    try (var threads = Executors.newFixedThreadPool(2)) {
      var runs =
          List.of(one, other).stream()
              .<Future<?>>map(database ->
                  threads.submit(() -> {
                    together.await();
                    replica(database, Duration.ZERO).run();
                    return true;
                  }))
              .toList();
      for (var run : runs) {
        run.get();
      }
    }
    replica(one, DAY).run();

    for (String tenant : NAMES.keySet()) {
      assertThat(entered(new TenantId(tenant))).as(tenant).hasSize(1);
    }
  }

  @Test
  void itIsWrittenAgainInEachWeekAndWhenTheVersionComesBackIntoForce() {
    replica(one, Duration.ZERO).run();
    replica(other, DAY.multipliedBy(6)).run();
    assertThat(entered(HARBOR)).hasSize(1);
    replica(other, DAY.multipliedBy(7)).run();
    replica(one, DAY.multipliedBy(8)).run();
    var twice = entered(HARBOR);
    assertThat(twice).hasSize(2);
    assertThat(fields(twice.get(0)).get("digest")).isEqualTo(fields(twice.get(1)).get("digest"));

    activate();
    replica(one, Duration.ZERO).run();
    assertThat(entered(HARBOR)).hasSize(1);
  }

  @Test
  void theBodyIsProvenByItsLeafAndSaysWhatIsInForce() {
    replica(one, Duration.ZERO).run();

    var stored = entered(HARBOR).getFirst();
    var leaf = Json.parseObject(stored.leaf());
    var body = stored.body();
    assertThat(leaf.text("body")).contains(Entry.bodyDigest(stored.salt(), body));
    assertThat(leaf.text("kind")).contains("policy-in-force");
    var fields = fields(stored);
    assertThat(fields.text("version")).contains(example.version().value());
    assertThat(fields.text("digest")).contains(Sha256.of(body));
    assertThat(fields.integer("policies")).contains((long) body.items("texts").size());
    assertThat(CanonicalJson.text(body))
        .contains("\"id\":\"msp.services\"")
        .contains("\"id\":\"task.restart-service\"")
        .contains("\"id\":\"remit.tenant\"")
        .contains("window maintenance is open from 02:00 to 06:00 of America/Los_Angeles on sunday")
        .contains("policies/guardrails.cedar");
    assertThat(EntryFields.of(Entry.Kind.POLICY_IN_FORCE, EntryFields.Part.LEAF))
        .containsAll(fields.members().keySet());
    assertThat(EntryFields.of(Entry.Kind.POLICY_IN_FORCE, EntryFields.Part.BODY))
        .containsExactlyInAnyOrderElementsOf(body.members().keySet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"harbor-dental", "northwind-legal", "summit-freight"})
  void nothingOfAnotherClientStandsInAnyPartOfIt(String tenant) {
    replica(one, Duration.ZERO).run();

    var stored = entered(new TenantId(tenant)).getFirst();
    var all = stored.leaf() + CanonicalJson.text(stored.body());
    NAMES.forEach((name, words) -> {
      if (!name.equals(tenant)) {
        assertThat(words).allSatisfy(word -> assertThat(all).doesNotContainIgnoringCase(word));
      }
    });
  }

  @Test
  void nothingThatConcernsAClientIsMissingFromItsView() {
    var all = example.policies();
    var others = Set.of("northwind-legal.archive");
    assertThat(ids(all, HARBOR))
        .containsExactlyInAnyOrderElementsOf(
            all.policies().stream()
                .map(policy -> policy.id())
                .filter(id -> !others.contains(id))
                .toList());
    assertThat(ids(all, new TenantId("northwind-legal"))).contains("northwind-legal.archive");
  }

  private static List<String> ids(CompiledPolicies all, TenantId tenant) {
    return TenantPolicies.of(all, tenant).policies().stream().map(p -> p.policy().id()).toList();
  }

  @Test
  void whatIsTooLongIsSaidAndNotWritten() {
    replica(one, Duration.ZERO, 100).run();

    var stored = entered(HARBOR).getFirst();
    assertThat(fields(stored).text("omitted").orElseThrow()).contains("bytes, over the limit");
    assertThat(fields(stored).get("digest")).isPresent();
    assertThat(stored.body().members()).isEmpty();
  }

  @Test
  void aVersionThatThisReplicaHasNotLoadedIsLeftToAnother() {
    new PolicyDuty(
            version -> Optional.empty(),
            one,
            new SecureIds(new SecureRandom()),
            InstantSource.fixed(activatedAt))
        .run();
    assertThat(entered(HARBOR)).isEmpty();
  }
}

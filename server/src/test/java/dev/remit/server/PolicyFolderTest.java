package dev.remit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.evidence.Entry;
import dev.remit.core.identity.WorkloadProof.OfSubject;
import dev.remit.core.release.Release;
import dev.remit.core.release.Releases;
import dev.remit.core.release.VersionId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import dev.remit.postgres.Database;
import dev.remit.postgres.PostgresVersions;
import dev.remit.postgres.embedded.EmbeddedDatabase;
import dev.remit.workspace.WorkspaceFiles;
import dev.remit.workspace.WorkspaceResult;
import dev.remit.workspace.Workspaces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Starting the server activates nothing new: the folder is the attack until its digest was named.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PolicyFolderTest {

  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  @TempDir static Path temp;

  private EmbeddedDatabase embedded;
  private Database database;
  private PostgresVersions versions;
  private Path folder;
  private VersionId version;

  @BeforeAll
  void start() throws IOException {
    embedded = EmbeddedDatabase.start(temp.resolve("data"), new SecureRandom());
    database = new Database(embedded.serving(), 2);
    versions = new PostgresVersions(database);
    folder = temp.resolve("msp");
    copy(Path.of(System.getProperty("remit.root", "..")).resolve("examples/msp"), folder);
    version = digest();
  }

  @AfterAll
  void stop() {
    database.close();
    embedded.close();
  }

  @Test
  @Order(1)
  void anEmptyDatabaseTakesNoVersionByItself() {
    assertThatThrownBy(() -> activate(Optional.empty()))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("--activate-first " + version);
    assertThat(versions.activeVersion()).isEmpty();
  }

  @Test
  @Order(2)
  void anotherDigestThanTheFoldersActivatesNothing() {
    assertThatThrownBy(() -> activate(Optional.of("sha256:" + "0".repeat(64))))
        .isInstanceOf(StartupException.class);
    assertThat(versions.activeVersion()).isEmpty();
  }

  @Test
  @Order(2)
  void aVersionWhoseOwnScenariosFailIsNotActivatedThoughItsDigestIsNamed() throws IOException {
    var scenario = folder.resolve("scenarios/secrets.yaml");
    var kept = Files.readString(scenario);
    Files.writeString(
        scenario,
        kept.replaceFirst("(?s)(is rotated alone\\n    then: )permit", "$1{ deny: no-permit }"));
    assertThatThrownBy(() -> activate(Optional.of(digest().value())))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("cannot be in force: scenarios/secrets.yaml:")
        .hasMessageContaining("expected: deny no-permit")
        .hasMessageContaining("got:      permit");
    Files.writeString(scenario, kept);
    assertThat(versions.activeVersion()).isEmpty();
    assertThat(digest()).isEqualTo(version);
  }

  @Test
  @Order(2)
  void aVersionOnWhichTheEnginesDifferIsNotActivatedThoughItsDigestIsNamed() {
    var asked = new ArrayList<Integer>();
    var faulty =
        new Trial((loaded, requests) -> {
          asked.add(requests);
          return Optional.of("the engines disagree");
        });
    assertThatThrownBy(() ->
            policyFolder(Optional.of(version.value()), faulty)
                .activateFirst(versions, PolicyFolderTest::entry))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("the engines disagree");
    assertThat(asked).containsExactly(dev.remit.policy.Oracle.AT_ACTIVATION);
    assertThat(versions.activeVersion()).isEmpty();
  }

  @Test
  @Order(5)
  void aFaultInTheEngineOfANewServerDisplacesNothing() {
    var working = policyFolder(Optional.empty());
    var faulty =
        policyFolder(Optional.empty(), new Trial((loaded, requests) -> Optional.of("differ")));
    var isBroken = new java.util.concurrent.atomic.AtomicBoolean();
    var releases =
        new ActiveReleases(
            versions,
            (id, files) -> (isBroken.get() ? faulty : working).compile(id, files),
            release -> {});
    isBroken.set(true);
    assertThatThrownBy(releases::refresh)
        .isInstanceOf(Releases.PolicyUnavailableException.class)
        .hasMessageContaining("differ");
    assertThat(releases.release()).isEmpty();
    isBroken.set(false);
    releases.refresh();
    assertThat(releases.release().map(Release::version)).contains(version);
  }

  @Test
  @Order(3)
  void theNamedDigestIsPutInForceAndRecorded() {
    var entries = new ArrayList<Entry>();
    policyFolder(Optional.of(version.value()))
        .activateFirst(
            versions,
            (release, how) -> {
              var entry = entry(release, how);
              entries.add(entry);
              return entry;
            });
    assertThat(versions.activeVersion()).contains(version);
    assertThat(entries).hasSize(1);
    assertThat(versions.authors(version))
        .containsExactly(new dev.remit.core.identity.PersonId("staff", "wim"));
  }

  @Test
  @Order(4)
  void anEditedFolderStaysAProposalEvenWithItsDigest() throws IOException {
    var file = folder.resolve("tasks/restart-service.yaml");
    Files.writeString(file, Files.readString(file).replace("calls: 10,", "calls: 9999,"));
    var edited = digest();
    assertThat(edited).isNotEqualTo(version);
    activate(Optional.of(edited.value()));
    assertThat(versions.activeVersion()).contains(version);
  }

  @Test
  @Order(5)
  void storedFilesThatAreNotWhatTheirDigestSaysAreRefused() {
    var files = versions.files(version);
    assertThat(policyFolder(Optional.empty()).compile(version, files).release().version())
        .isEqualTo(version);
    files.put(
        "tenants/harbor-dental.yaml",
        new String(files.get("tenants/harbor-dental.yaml"), StandardCharsets.UTF_8)
            .replace("Harbor Dental", "Harbor")
            .getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> policyFolder(Optional.empty()).compile(version, files))
        .isInstanceOf(Releases.PolicyUnavailableException.class);
  }

  @Test
  @Order(6)
  void anIssuerThatConfigurationDoesNotListProvesNobody() {
    var release =
        policyFolder(Optional.empty()).compile(version, versions.files(version)).release();
    assertThat(release.agentClasses().values())
        .filteredOn(agentClass -> !agentClass.isAutomation())
        .isNotEmpty()
        .allSatisfy(agentClass ->
            assertThat(agentClass.identities())
                .allSatisfy(identity ->
                    assertThat(identity.proof().match())
                        .isInstanceOfSatisfying(
                            OfSubject.class,
                            of -> assertThat(of.issuer()).startsWith("not configured: "))));
  }

  @Test
  @Order(7)
  void aBrokenVersionNeverDisplacesTheGoodOne() {
    var releases = new ActiveReleases(versions, policyFolder(Optional.empty())::compile, r -> {});
    releases.refresh();
    var files = versions.files(version);
    files.put("tasks/restart-service.yaml", "task: [".getBytes(StandardCharsets.UTF_8));
    var broken = new WorkspaceFiles(files).version();
    versions.store(broken, files, Instant.EPOCH, java.util.Set.of());
    var good = releases.active();
    versions.activate(broken, Instant.EPOCH, entry(good.release(), "broken"));
    assertThat(versions.activeVersion()).contains(broken);
    assertThatThrownBy(releases::refresh)
        .isInstanceOf(Releases.PolicyUnavailableException.class)
        .hasMessageContaining("tasks/restart-service.yaml");
    assertThat(releases.active()).isSameAs(good);
  }

  private void activate(Optional<String> first) {
    policyFolder(first).activateFirst(versions, PolicyFolderTest::entry);
  }

  private PolicyFolder policyFolder(Optional<String> first) {
    return policyFolder(first, new Trial());
  }

  private PolicyFolder policyFolder(Optional<String> first, Trial trial) {
    List<String> arguments =
        new ArrayList<>(List.of("--workspace", folder.toString(), "--authors", "staff/wim"));
    first.ifPresent(digest -> arguments.addAll(List.of("--activate-first", digest)));
    return new PolicyFolder(
        Options.parse(arguments), new Outside(Map.of(), Map.of()), CLOCK, trial);
  }

  private static Entry entry(Release release, String how) {
    return new Entry(
        "entry-" + release.version().value() + how,
        TenantId.OPERATOR,
        Entry.Kind.POLICY_ACTIVATED,
        Optional.empty(),
        Optional.empty(),
        Instant.EPOCH,
        Value.object("version", release.version().value()),
        Value.Obj.EMPTY,
        "00".repeat(16));
  }

  private VersionId digest() {
    return switch (new Workspaces().read(folder)) {
      case WorkspaceResult.Loaded(var loaded) -> loaded.version();
      case WorkspaceResult.Refused refused -> throw new AssertionError(refused.text());
    };
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}

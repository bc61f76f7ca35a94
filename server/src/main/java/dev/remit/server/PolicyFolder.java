package dev.remit.server;

import dev.remit.core.evidence.Entry;
import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.EnforcementPoint;
import dev.remit.core.identity.EnforcementPointId;
import dev.remit.core.identity.LogReader;
import dev.remit.core.identity.Orchestrator;
import dev.remit.core.identity.OrchestratorId;
import dev.remit.core.release.PolicyPeers;
import dev.remit.core.release.Release;
import dev.remit.core.release.Releases;
import dev.remit.core.release.VersionId;
import dev.remit.policy.CedarDecisionPoint;
import dev.remit.policy.CompiledPolicies;
import dev.remit.postgres.PostgresVersions;
import dev.remit.workspace.LoadedWorkspace;
import dev.remit.workspace.WorkspaceResult;
import dev.remit.workspace.Workspaces;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The workspace folder that the server was started with, and how stored files become a version in
 * force.
 *
 * <p>Starting activates nothing new: an empty database takes a first version only by its digest,
 * and a folder that differs from what is active is told, not used. A lab estate takes the folder as
 * it is.
 */
final class PolicyFolder {

  private static final System.Logger LOG = System.getLogger("dev.remit.server");

  private final Options options;
  private final Outside outside;
  private final InstantSource clock;
  private final Trial trial;
  private final Workspaces workspaces = new Workspaces();
  private volatile @Nullable CompiledPolicies compiled;

  PolicyFolder(Options options, Outside outside, InstantSource clock) {
    this(options, outside, clock, new Trial());
  }

  PolicyFolder(Options options, Outside outside, InstantSource clock, Trial trial) {
    this.trial = trial;
    this.options = options;
    this.outside = outside;
    this.clock = clock;
  }

  /** Stored files as a version in force. */
  Releases.Active compile(VersionId version, SortedMap<String, byte[]> files) {
    return switch (workspaces.load(files)) {
      case WorkspaceResult.Loaded(LoadedWorkspace loaded) when loaded.version().equals(version) -> {
        var release = named(loaded.release());
        trial
            .beforeUse(loaded)
            .ifPresent(problem -> {
              throw new Releases.PolicyUnavailableException(problem);
            });
        compiled = loaded.policies();
        yield new Releases.Active(release, new CedarDecisionPoint(release, loaded.policies()));
      }
      case WorkspaceResult.Loaded ignored ->
          throw new Releases.PolicyUnavailableException(
              "the stored files of version `" + version + "` are not what its digest says");
      case WorkspaceResult.Refused refused ->
          throw new Releases.PolicyUnavailableException(
              "version `" + version + "` cannot be read by this server: " + refused.text());
    };
  }

  /** The policies of what was compiled last, if they are of this version. */
  Optional<CompiledPolicies> compiled(VersionId version) {
    return Optional.ofNullable(compiled)
        .filter(known -> known.source().release().version().equals(version));
  }

  /** Takes the first version, or on a lab estate the folder's, if policy says nothing else yet. */
  void activateFirst(PostgresVersions versions, BiFunction<Release, String, Entry> entry) {
    var active = versions.activeVersion();
    if (options.workspace().isEmpty() || (active.isPresent() && options.lab().isEmpty())) {
      return;
    }
    if (active.isPresent() && isFolder(active.get())) {
      return;
    }
    var loaded = folder();
    var version = loaded.version();
    boolean isAsked = options.firstVersion().filter(version.value()::equals).isPresent();
    if (options.lab().isEmpty() && !isAsked) {
      throw new StartupException(
          "no policy version is active: read the folder with `remit check`, then start with"
              + " `--activate-first "
              + version
              + "`");
    }
    (options.lab().isPresent() ? trial.beforeUse(loaded) : trial.beforeActivation(loaded))
        .ifPresent(problem -> {
          throw new StartupException(problem);
        });
    var now = clock.instant();
    versions.store(version, loaded.files().files(), now, options.authors());
    var release = loaded.release().by(versions.authors(version));
    versions.activate(
        version, now, entry.apply(release, options.lab().isPresent() ? "lab" : "first"));
  }

  /** Says when the folder is not what is in force. */
  void tellIfFolderDiffers(ActiveReleases releases) {
    if (options.workspace().isEmpty()
        || releases.release().map(Release::version).filter(this::isFolder).isPresent()) {
      return;
    }
    LOG.log(
        System.Logger.Level.WARNING,
        "the folder is version `" + folder().version() + "` and not in force: it stays a proposal");
  }

  /**
   * Equal versions are equal files: what is in force was read and checked, and need not be again.
   */
  private boolean isFolder(VersionId version) {
    return workspaces
        .version(options.workspace().orElseThrow())
        .filter(version::equals)
        .isPresent();
  }

  /** Loads what compiling needs while the database starts. */
  void warmUp() {
    if (options.workspace().isPresent()) {
      workspaces.read(options.workspace().get());
    }
  }

  private LoadedWorkspace folder() {
    return switch (workspaces.read(options.workspace().orElseThrow())) {
      case WorkspaceResult.Loaded(LoadedWorkspace loaded) -> loaded;
      case WorkspaceResult.Refused refused ->
          throw new StartupException("the workspace is not in order:\n" + refused.text());
    };
  }

  /** Puts the configured issuers in place of the names that the workspace uses for them. */
  private Release named(Release release) {
    var classes = new HashMap<AgentClassId, AgentClass>();
    release.agentClasses().forEach((id, agentClass) -> classes.put(id, named(agentClass)));
    var orchestrators = new HashMap<OrchestratorId, Orchestrator>();
    release
        .orchestrators()
        .forEach((id, known) ->
            orchestrators.put(
                id,
                new Orchestrator(
                    id,
                    known.owner(),
                    known.proof().withIssuers(this::issuer),
                    known.taskClasses())));
    return new Release(
        release.version(),
        release.organisation(),
        release.tenants(),
        Map.copyOf(classes),
        Map.copyOf(orchestrators),
        release.taskClasses(),
        release.tools(),
        release.connectors(),
        release.ticketConnector(),
        release.people(),
        release.authors(),
        release.oversight(),
        named(release.peers()),
        release.surroundings());
  }

  private PolicyPeers named(PolicyPeers known) {
    var points = new HashMap<EnforcementPointId, EnforcementPoint>();
    known
        .enforcementPoints()
        .forEach((id, point) ->
            points.put(
                id,
                new EnforcementPoint(
                    id, point.owner(), point.proof().withIssuers(this::issuer), point.tenants())));
    var readers = new HashMap<String, LogReader>();
    known
        .logReaders()
        .forEach((name, reader) ->
            readers.put(
                name,
                new LogReader(
                    name,
                    reader.owner(),
                    reader.proof().withIssuers(this::issuer),
                    reader.tenants())));
    return new PolicyPeers(points, known.second(), readers);
  }

  private AgentClass named(AgentClass known) {
    return new AgentClass(
        known.id(),
        known.owner(),
        known.purpose(),
        known.modelProvider(),
        known.taskClasses(),
        known.identities().stream()
            .map(identity ->
                new AgentClass.WorkloadIdentity(
                    identity.proof().withIssuers(this::issuer), identity.agent()))
            .toList(),
        known.autonomy(),
        known.accountability());
  }

  /** A name that configuration does not list becomes one that no token can carry. */
  private String issuer(String name) {
    var trusted = outside.issuers().get(name);
    return trusted == null ? "not configured: " + name : trusted.issuer();
  }
}

package dev.remit.workspace;

import dev.remit.core.call.Tool;
import dev.remit.core.identity.AgentClass;
import dev.remit.core.release.People;
import dev.remit.core.release.Release;
import dev.remit.core.release.Surroundings;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.task.TaskClass;
import dev.remit.core.tenant.TenantId;
import dev.remit.policy.CedarFile;
import dev.remit.policy.CedarPolicies;
import dev.remit.policy.Compilation;
import dev.remit.policy.Diagnostic;
import dev.remit.policy.Layer;
import dev.remit.policy.Origin;
import dev.remit.policy.PolicySource;
import dev.remit.workspace.Names.Kind;
import dev.remit.workspace.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was read so far. It becomes a release when everything was read and nothing is wrong. */
final class Draft {
  /** Reads one file of a folder whose name, without extension, is given. */
  interface FileReader {
    void read(Section section, String name);
  }

  private final List<Diagnostic> problems;
  private final Optional<Set<String>> catalogue;
  private final Names names;
  private final Identities identities;
  private final List<TenantFile> tenants = new ArrayList<>();
  private final List<ConnectorFile> connectors = new ArrayList<>();
  private final List<AgentClass> agents = new ArrayList<>();
  private final List<TaskClassFile> taskClasses = new ArrayList<>();
  private final List<CedarFile> policies = new ArrayList<>();
  private final Map<String, Origin> origins = new HashMap<>();
  private final List<Scenario> scenarios = new ArrayList<>();
  private @Nullable RemitFile remit;

  Draft(List<Diagnostic> problems, Optional<Set<String>> catalogue) {
    this.problems = problems;
    this.catalogue = catalogue;
    this.names = new Names(problems::add);
    this.identities = new Identities(problems::add);
  }

  /** What reads the YAML files of a folder. */
  Optional<FileReader> reader(String folder, String name) {
    return switch (folder) {
      case "" ->
          name.equals("remit")
              ? Optional.of((section, n) -> remit = RemitFile.read(section, names, identities))
              : Optional.empty();
      case "tenants" ->
          Optional.of((section, n) -> {
            nameIsFile(section, "tenant", n);
            tenants.add(TenantFile.read(section, names));
          });
      case "connectors" ->
          Optional.of((section, n) -> {
            nameIsFile(section, "connector", n);
            connectors.add(ConnectorFile.read(section, names));
          });
      case "agents" ->
          Optional.of((section, n) -> {
            nameIsFile(section, "agent", n);
            agents.add(AgentFile.read(section, names, identities));
            origins.put(PolicySource.agentId(n), section.origin("autonomy"));
          });
      case "tasks" ->
          Optional.of((section, n) -> {
            nameIsFile(section, "task", n);
            taskClasses.add(TaskClassFile.read(section, names));
          });
      case "scenarios" ->
          Optional.of((section, n) -> {
            nameIsFile(section, "scenario", n);
            scenarios.add(ScenarioFile.read(section, names));
          });
      default -> Optional.empty();
    };
  }

  private List<Scenario> scenarios() {
    return scenarios.stream().sorted(Comparator.comparing(Scenario::name)).toList();
  }

  private static void nameIsFile(Section section, String key, String file) {
    section
        .value()
        .text(key)
        .filter(name -> !name.equals(file))
        .ifPresent(name ->
            section.problem(
                key, "`" + name + "` is in the file of `" + file + "`; names must agree"));
  }

  void policy(CedarFile file) {
    policies.add(file);
  }

  void tenantPolicy(String path, String tenant, String text) {
    names.refer(Kind.TENANT, tenant, new Origin(path, 1));
    policies.add(new CedarFile(path, Layer.TENANT, Optional.of(new TenantId(tenant)), text));
  }

  /** The whole, or everything that is wrong with it. */
  WorkspaceResult finish(WorkspaceFiles files) {
    names.resolve();
    if (remit == null) {
      return refused();
    }
    new CrossCheck(remit, tenants, connectors, taskClasses, catalogue, problems).run();
    TriageKeys.check(identities.spanning(), agents, classes(), problems::add);
    remit.notes().ifPresent(notes -> notes.check(agents, classes(), tools(), problems::add));
    var variations = new Variations(taskClasses, problems::add);
    tenants.forEach(variations::add);
    if (!problems.isEmpty()) {
      return refused();
    }
    var release = release(remit, variations, files);
    var source = source(remit, release, variations);
    return switch (CedarPolicies.compile(source)) {
      case Compilation.Compiled(var compiled) ->
          new WorkspaceResult.Loaded(new LoadedWorkspace(release, compiled, scenarios(), files));
      case Compilation.Refused(var diagnostics) -> new WorkspaceResult.Refused(diagnostics);
    };
  }

  private WorkspaceResult refused() {
    return new WorkspaceResult.Refused(
        problems.isEmpty()
            ? List.of(new Diagnostic(RemitFile.NAME, 0, "the file cannot be read"))
            : problems);
  }

  private PolicySource source(RemitFile organisation, Release release, Variations variations) {
    var exceptions = new HashMap<String, Duration>();
    for (var file : taskClasses) {
      origins.putAll(file.origins());
      exceptions.putAll(file.exceptions());
    }
    tenants.stream()
        .flatMap(file -> file.variations().stream())
        .forEach(variation -> {
          origins.putAll(variation.origins());
          exceptions.putAll(variation.exceptions());
        });
    origins.putAll(organisation.origins());
    tenants.forEach(
        file -> origins.put(PolicySource.approversId(file.tenant().id()), file.approversAt()));
    connectors.stream()
        .flatMap(file -> file.reaches().stream())
        .forEach(one -> origins.put(PolicySource.reachId(one.reach()), one.at()));
    return new PolicySource(
        release,
        policies,
        organisation.guardrailAnswers(),
        organisation.asks(),
        origins,
        variations.policies(),
        exceptions);
  }

  private Release release(RemitFile organisation, Variations variations, WorkspaceFiles files) {
    return new Release(
        files.version(),
        organisation.organisation(),
        byKey(tenants, file -> file.tenant().id(), TenantFile::tenant),
        byKey(agents, AgentClass::id, agent -> agent),
        organisation.orchestrators(),
        byKey(
            taskClasses,
            file -> file.taskClass().name(),
            file -> variations.in(file.taskClass()).and(organisation.limits())),
        byKey(tools(), Tool::name, tool -> tool),
        byKey(connectors, file -> file.spec().id(), ConnectorFile::spec),
        new ConnectorId(organisation.ticketConnector()),
        new People(
            organisation.groups(),
            byKey(tenants, file -> file.tenant().id(), TenantFile::approvers),
            organisation.persons(),
            organisation.work(),
            organisation.keyModels(),
            organisation.notes().map(NotesSection::terms)),
        Set.of(),
        organisation.oversight(),
        organisation.peers(),
        surroundings(organisation));
  }

  private Surroundings surroundings(RemitFile organisation) {
    return new Surroundings(
        connectors.stream()
            .flatMap(file -> file.reaches().stream())
            .map(ReachKeys.Declared::reach)
            .toList(),
        organisation.own(),
        organisation.delegationDepth(),
        tenants.stream()
            .flatMap(file -> file.witnessed().stream().map(w -> Map.entry(file.tenant().id(), w)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  private List<TaskClass> classes() {
    return taskClasses.stream().map(TaskClassFile::taskClass).toList();
  }

  private List<Tool> tools() {
    return connectors.stream().flatMap(file -> file.tools().stream()).toList();
  }

  private static <T, K, V> Map<K, V> byKey(
      List<T> items,
      java.util.function.Function<T, K> key,
      java.util.function.Function<T, V> value) {
    var map = new HashMap<K, V>();
    items.forEach(item -> map.put(key.apply(item), value.apply(item)));
    return map;
  }
}

package dev.remit.workspace;

import dev.remit.policy.Diagnostic;
import dev.remit.policy.Origin;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What a workspace declares and what it refers to: every reference must meet a declaration. */
final class Names {
  /** What can be declared. */
  enum Kind {
    TENANT("tenant", "add tenants/%s.yaml"),
    CONNECTOR("connector", "add connectors/%s.yaml"),
    TOOL("tool", "declare the operation in its connector's file"),
    TASK_CLASS("task class", "add tasks/%s.yaml"),
    AGENT("agent", "add agents/%s.yaml"),
    ORCHESTRATOR("orchestrator", "declare it in remit.yaml"),
    TARGET_KIND("kind of target", "declare it in a connector's `inventory`"),
    WORKLOAD_ISSUER("issuer of workloads", "list it in remit.yaml"),
    PEOPLE_ISSUER("issuer of people", "list it in remit.yaml"),
    OWNER("person or group", "declare it under `people` in remit.yaml"),
    GROUP("group", "declare it under `people.groups` in remit.yaml"),
    PERSON("person", "declare one under `people.persons` in remit.yaml, or write ISSUER/SUBJECT");

    private final String words;
    private final String hint;

    Kind(String words, String hint) {
      this.words = words;
      this.hint = hint;
    }
  }

  private record Reference(Kind kind, String name, Origin at) {}

  private final Map<Kind, Map<String, Origin>> declared = new EnumMap<>(Kind.class);
  private final List<Reference> references = new ArrayList<>();
  private final Consumer<Diagnostic> problems;

  Names(Consumer<Diagnostic> problems) {
    this.problems = problems;
    for (Kind kind : Kind.values()) {
      declared.put(kind, new HashMap<>());
    }
  }

  private Map<String, Origin> of(Kind kind) {
    return declared.computeIfAbsent(kind, k -> new HashMap<>());
  }

  /** Declares a name once. */
  void declare(Kind kind, String name, Origin at) {
    var first = of(kind).putIfAbsent(name, at);
    if (first != null) {
      problems.accept(
          new Diagnostic(
              at.file(),
              at.line(),
              kind.words + " `" + name + "` is already declared at " + first));
    }
  }

  /** A name that must be declared somewhere. */
  void refer(Kind kind, String name, Origin at) {
    references.add(new Reference(kind, name, at));
  }

  /** Tells every reference that met nothing. */
  void resolve() {
    for (var reference : references) {
      if (!of(reference.kind()).containsKey(reference.name())) {
        problems.accept(
            new Diagnostic(
                reference.at().file(),
                reference.at().line(),
                "no "
                    + reference.kind().words
                    + " is named `"
                    + reference.name()
                    + "`; "
                    + reference.kind().hint.replace("%s", reference.name())));
      }
    }
  }
}

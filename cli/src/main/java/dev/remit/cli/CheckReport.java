package dev.remit.cli;

import dev.remit.core.value.Value;
import dev.remit.policy.Diagnostic;
import dev.remit.policy.lint.Lint;
import dev.remit.policy.reach.Findings;
import dev.remit.policy.reach.OwnList;
import dev.remit.workspace.LoadedWorkspace;
import dev.remit.workspace.scenario.MutationRun;
import dev.remit.workspace.scenario.MutationRun.Change;
import dev.remit.workspace.scenario.ScenarioRun;
import dev.remit.workspace.scenario.ScenarioRun.Result;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What {@code remit check} says of a workspace that can be read.
 *
 * @param changes what was done to policies, and who noticed; empty unless that was asked for
 * @param errors authority that nobody accepted, and functions that must be separate
 * @param warnings what is allowed and probably a mistake
 */
record CheckReport(
    LoadedWorkspace workspace,
    List<Result> results,
    List<Change> changes,
    List<Diagnostic> errors,
    List<Diagnostic> warnings) {
  private static final int MOST_APPROVERS = 10;

  /** Tries the scenarios; policies are broken only where all scenarios hold. */
  static CheckReport of(LoadedWorkspace workspace, boolean mutate, LocalDate today) {
    var run = new ScenarioRun(workspace.release(), workspace.scenarios());
    var results = run.on(workspace.policies());
    boolean isSound = results.stream().allMatch(Result::holds);
    var changes =
        mutate && isSound ? new MutationRun(run).on(workspace.policies()) : List.<Change>of();
    var findings = Findings.of(workspace.policies(), today);
    var warnings = new ArrayList<>(Lint.of(workspace.policies()));
    warnings.addAll(findings.warnings());
    return new CheckReport(
        workspace, results, changes, findings.errors(), warnings.stream().sorted().toList());
  }

  /** Whether every scenario holds and nothing is an error. An unguarded rule is a warning. */
  boolean holds() {
    return errors.isEmpty() && results.stream().allMatch(Result::holds);
  }

  private List<Result> failures() {
    return results.stream().filter(result -> !result.holds()).toList();
  }

  private List<Change> unguarded() {
    return changes.stream().filter(change -> !change.isGuarded()).toList();
  }

  private List<String> declared() {
    return workspace.release().declaredOnly().stream().map(Object::toString).sorted().toList();
  }

  /** For people; failures first, each with its place. */
  List<String> lines(String folder) {
    var lines = new ArrayList<String>();
    failures().forEach(failed -> lines.addAll(failure(folder, failed)));
    errors.forEach(each -> lines.add(folder + each.text()));
    warnings.forEach(each -> lines.add(folder + warning(each).text()));
    unguarded().forEach(change -> lines.add(warning(folder, change)));
    changes.stream().filter(Change::isGuarded).forEach(change -> lines.add(noticed(change)));
    if (holds()) {
      lines.add(inOrder());
    }
    if (!declared().isEmpty()) {
      lines.add("declared only, nothing is sent: " + String.join(", ", declared()));
    }
    var own = OwnList.of(workspace.release());
    if (!own.targets().isEmpty()) {
      lines.add("no call touches: " + String.join(", ", own.targets()));
    }
    lines.add("no call touches the groups: " + String.join(", ", groups(own)));
    lines.add(
        "scenarios: " + (results.size() - failures().size()) + " of " + results.size() + " hold");
    if (!changes.isEmpty()) {
      lines.add(
          "mutation: %d changes of %d policies, %d that no scenario notices"
              .formatted(
                  changes.size(), workspace.policies().policies().size(), unguarded().size()));
    }
    return lines;
  }

  private static List<String> groups(OwnList own) {
    return Stream.concat(
            own.groups().stream(),
            own.approvers().size() > MOST_APPROVERS
                ? Stream.of(own.approvers().size() + " of clients' approvers")
                : own.approvers().stream())
        .toList();
  }

  private String inOrder() {
    var release = workspace.release();
    return "in order: %d tenants, %d agent classes, %d task classes, %d tools; version %s"
        .formatted(
            release.tenants().size(),
            release.agentClasses().size(),
            release.taskClasses().size(),
            release.tools().size(),
            release.version());
  }

  private static List<String> failure(String folder, Result failed) {
    var one = failed.of();
    return List.of(
        folder + one.origin() + ": scenario `" + one.scenario() + "`: " + one.name(),
        "  expected: " + one.then().words(),
        "  got:      " + failed.words() + decided(failed));
  }

  private static String decided(Result failed) {
    return failed.determining().isEmpty()
        ? ""
        : " (decided by " + String.join(", ", failed.determining()) + ")";
  }

  private static Diagnostic warning(Diagnostic each) {
    return new Diagnostic(each.file(), each.line(), "warning: " + each.message());
  }

  private static String warning(String folder, Change change) {
    return folder
        + change.policy().origin()
        + ": warning: `"
        + change.policy().id()
        + "` "
        + change.what()
        + ": no scenario notices; add a case";
  }

  private static String noticed(Change change) {
    var first = change.noticedBy().getFirst();
    int others = change.noticedBy().size() - 1;
    return "`"
        + change.policy().id()
        + "` "
        + change.what()
        + ": noticed by "
        + first.scenario()
        + "/"
        + first.name()
        + (others == 0 ? "" : " and " + others + " more");
  }

  /** For programs. */
  Value value() {
    var value =
        Value.object(
            "ok", holds(),
            "version", workspace.version().value(),
            "diagnostics", array(errors.stream().map(CheckReport::value)),
            "warnings", array(warnings.stream().map(CheckReport::value)),
            "declaredOnly", Value.texts(declared()),
            "own", ReachReport.own(OwnList.of(workspace.release())),
            "scenarios",
                Value.object(
                    "cases", results.size(),
                    "hold", results.size() - failures().size(),
                    "failures", array(failures().stream().map(CheckReport::value))));
    return changes.isEmpty()
        ? value
        : value.with("mutations", array(changes.stream().map(CheckReport::value)));
  }

  private static Value array(Stream<Value> items) {
    return new Value.Array(items.toList());
  }

  static Value value(Diagnostic diagnostic) {
    return Value.object(
        "file", diagnostic.file(),
        "line", diagnostic.line(),
        "message", diagnostic.message());
  }

  private static Value value(Result failed) {
    var one = failed.of();
    return Value.object(
        "file", one.origin().file(),
        "line", one.origin().line(),
        "scenario", one.scenario(),
        "case", one.name(),
        "expected", one.then().words(),
        "got", failed.words(),
        "determining", Value.texts(failed.determining()));
  }

  private static Value value(Change change) {
    return Value.object(
        "policy", change.policy().id(),
        "file", change.policy().origin().file(),
        "line", change.policy().origin().line(),
        "change", change.what(),
        "noticedBy",
            Value.texts(
                change.noticedBy().stream()
                    .map(one -> one.scenario() + "/" + one.name())
                    .toList()));
  }
}

package dev.remit.workspace;

import dev.remit.core.release.VersionId;
import dev.remit.policy.Diagnostic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads workspaces.
 *
 * <p>Promises: the same files give the same release and the same version, from a folder or from the
 * store; any problem refuses the whole; nothing outside the folder is read.
 */
public final class Workspaces {
  private final Optional<Set<String>> catalogue;

  /** Reads without a catalogue: references to frameworks are checked by form only. */
  public Workspaces() {
    this(Optional.empty());
  }

  /**
   * Reads with a catalogue.
   *
   * @param catalogue every known reference such as {@code nist-csf-2.0/PR.AA-05}; others are errors
   */
  public Workspaces(Optional<Set<String>> catalogue) {
    this.catalogue = catalogue.map(Set::copyOf);
  }

  /** Reads a folder. */
  public WorkspaceResult read(Path folder) {
    var problems = new ArrayList<Diagnostic>();
    var files = WorkspaceFolder.read(folder, problems);
    return problems.isEmpty() ? load(files) : new WorkspaceResult.Refused(problems);
  }

  /**
   * The version that a folder is, told from its bytes alone; none where they cannot all be read.
   */
  public Optional<VersionId> version(Path folder) {
    var problems = new ArrayList<Diagnostic>();
    var files = WorkspaceFolder.read(folder, problems);
    return problems.isEmpty() ? Optional.of(files.version()) : Optional.empty();
  }

  /** Reads files as they were stored, by path. */
  public WorkspaceResult load(Map<String, byte[]> files) {
    return load(new WorkspaceFiles(files));
  }

  /** Reads files. */
  public WorkspaceResult load(WorkspaceFiles files) {
    List<Diagnostic> problems = new ArrayList<>();
    var draft = new Draft(problems, catalogue);
    new FileRouter(draft, problems).route(files);
    return draft.finish(files);
  }
}

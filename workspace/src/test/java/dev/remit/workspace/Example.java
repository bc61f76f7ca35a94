package dev.remit.workspace;

import dev.remit.policy.Diagnostic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The example workspace, whole or with something changed. */
final class Example {
  static final Path FOLDER =
      Path.of(System.getProperty("remit.root", "..")).resolve("examples/msp");

  private Example() {}

  static LoadedWorkspace loaded() {
    return switch (new Workspaces().read(FOLDER)) {
      case WorkspaceResult.Loaded(LoadedWorkspace workspace) -> workspace;
      case WorkspaceResult.Refused refused -> throw new AssertionError(refused.text());
    };
  }

  static Map<String, byte[]> files() throws IOException {
    var problems = new ArrayList<Diagnostic>();
    var files = WorkspaceFolder.read(FOLDER, problems).files();
    if (!problems.isEmpty()) {
      throw new AssertionError(problems.toString());
    }
    return files;
  }

  /** The example with one text of one file replaced, where it stands first. */
  static List<Diagnostic> changed(String file, String find, String replacement) throws IOException {
    var text = new String(files().getOrDefault(file, new byte[0]), StandardCharsets.UTF_8);
    int at = text.indexOf(find);
    if (at < 0) {
      throw new AssertionError("`" + find + "` is not in " + file);
    }
    return with(file, text.substring(0, at) + replacement + text.substring(at + find.length()));
  }

  /** The example with one file more, or with other content. */
  static List<Diagnostic> with(String file, String text) throws IOException {
    var files = new TreeMap<>(files());
    files.put(file, text.getBytes(StandardCharsets.UTF_8));
    return problems(files);
  }

  static List<Diagnostic> without(String... paths) throws IOException {
    var files = new TreeMap<>(files());
    files.keySet().removeAll(Arrays.asList(paths));
    return problems(files);
  }

  static List<Diagnostic> problems(Map<String, byte[]> files) {
    return switch (new Workspaces().load(files)) {
      case WorkspaceResult.Loaded loaded -> List.of();
      case WorkspaceResult.Refused(List<Diagnostic> diagnostics) -> diagnostics;
    };
  }
}

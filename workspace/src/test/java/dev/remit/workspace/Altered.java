package dev.remit.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.remit.policy.Diagnostic;
import dev.remit.policy.reach.Findings;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The example with several edits, which must still load. */
final class Altered {
  static final LocalDate TODAY = LocalDate.of(2026, 11, 26);
  private final Map<String, byte[]> files;

  Altered() throws IOException {
    files = new TreeMap<>(Example.files());
  }

  private String text(String file) {
    return new String(files.getOrDefault(file, new byte[0]), UTF_8);
  }

  /** One text, which stands there, becomes another everywhere in a file. */
  Altered edit(String file, String find, String replacement) {
    if (!text(file).contains(find)) {
      throw new AssertionError("`" + find + "` is not in " + file);
    }
    files.put(file, text(file).replace(find, replacement).getBytes(UTF_8));
    return this;
  }

  /** More at the end of a file. */
  Altered append(String file, String more) {
    files.put(file, (text(file) + more).getBytes(UTF_8));
    return this;
  }

  /** Everything between two texts, and the first of them, is gone. */
  Altered cut(String file, String from, String to) {
    var text = text(file);
    int start = text.indexOf(from);
    int end = text.indexOf(to, start);
    if (start < 0 || end < 0) {
      throw new AssertionError("nothing to cut in " + file);
    }
    files.put(file, (text.substring(0, start) + text.substring(end)).getBytes(UTF_8));
    return this;
  }

  LoadedWorkspace loaded() {
    return switch (new Workspaces().load(files)) {
      case WorkspaceResult.Loaded(LoadedWorkspace workspace) -> workspace;
      case WorkspaceResult.Refused refused -> throw new AssertionError(refused.text());
    };
  }

  List<Diagnostic> problems() {
    return Example.problems(files);
  }

  Findings findings(LocalDate today) {
    return Findings.of(loaded().policies(), today);
  }

  List<String> errors() {
    return findings(TODAY).errors().stream().map(Diagnostic::text).toList();
  }

  List<String> warnings() {
    return findings(TODAY).warnings().stream().map(Diagnostic::text).toList();
  }
}

package dev.remit.workspace;

import dev.remit.policy.CedarFile;
import dev.remit.policy.Diagnostic;
import dev.remit.policy.Layer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Brings each file to what reads it, by its path; a path that nothing reads is an error. */
final class FileRouter {
  private static final Pattern PATH =
      Pattern.compile("(?:[a-z0-9][a-z0-9-]*/){0,2}[a-z0-9][a-z0-9-]*\\.(?:yaml|cedar)");
  private static final Set<String> IGNORED = Set.of("README.md", "LICENSE");
  private final Draft draft;
  private final List<Diagnostic> problems;

  FileRouter(Draft draft, List<Diagnostic> problems) {
    this.draft = draft;
    this.problems = problems;
  }

  void route(WorkspaceFiles files) {
    var all = files.files();
    if (all.size() > WorkspaceFolder.FILES_AT_MOST) {
      problem(".", "more than " + WorkspaceFolder.FILES_AT_MOST + " files");
      return;
    }
    if (!all.containsKey(RemitFile.NAME)) {
      problem(RemitFile.NAME, "the file is missing; a workspace begins with it");
    }
    all.forEach((path, bytes) -> {
      if (!IGNORED.contains(path)) {
        route(path, bytes);
      }
    });
  }

  private void route(String path, byte[] bytes) {
    if (!PATH.matcher(path).matches()) {
      problem(path, "no part of a workspace; use lower-case names and .yaml or .cedar");
      return;
    }
    if (bytes.length > WorkspaceFolder.BYTES_AT_MOST) {
      problem(path, "larger than " + WorkspaceFolder.BYTES_AT_MOST + " bytes; split it");
      return;
    }
    text(path, bytes).ifPresent(text -> dispatch(path, text));
  }

  private Optional<String> text(String path, byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      problem(path, "not valid utf-8");
      return Optional.empty();
    }
  }

  private void dispatch(String path, String text) {
    int slash = path.indexOf('/');
    String folder = slash < 0 ? "" : path.substring(0, slash);
    String rest = path.substring(slash + 1);
    String name = rest.replaceAll("\\.(?:yaml|cedar)$", "");
    boolean isYaml = path.endsWith(".yaml");
    if (folder.equals("policies") && !isYaml) {
      cedar(path, name, text);
      return;
    }
    var reader =
        isYaml && !name.contains("/")
            ? draft.reader(folder, name)
            : Optional.<Draft.FileReader>empty();
    if (reader.isEmpty()) {
      problem(path, "not read by this version; remove it");
      return;
    }
    YamlReader.read(path, text, problems::add)
        .ifPresent(members -> {
          String unfit = YamlNode.problem(members);
          if (unfit.isEmpty()) {
            reader.get().read(new Section(path, members, problems::add), name);
          } else {
            problem(path, unfit);
          }
        });
  }

  private void cedar(String path, String name, String text) {
    if (!YamlReader.isPlain(path, text, problems::add)) {
      return;
    }
    if (name.startsWith("tenants/")) {
      draft.tenantPolicy(path, name.substring("tenants/".length()), text);
    } else if (name.contains("/")) {
      problem(path, "policies are in policies/ and policies/tenants/");
    } else {
      var layer = name.equals("guardrails") ? Layer.GUARDRAIL : Layer.BASELINE;
      draft.policy(CedarFile.of(path, layer, text));
    }
  }

  private void problem(String path, String message) {
    problems.add(new Diagnostic(path, 0, message));
  }
}

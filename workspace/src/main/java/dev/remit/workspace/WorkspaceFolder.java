package dev.remit.workspace;

import dev.remit.policy.Diagnostic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a folder: regular files only, no symbolic links, at most so many and so large. Names that
 * begin with a dot are not part of a workspace.
 */
final class WorkspaceFolder {
  static final int FILES_AT_MOST = 30_000;
  static final int BYTES_AT_MOST = 256 * 1024;
  private static final int DEPTH_AT_MOST = 4;
  private final Map<String, byte[]> files = new HashMap<>();
  private final List<Diagnostic> problems;

  private WorkspaceFolder(List<Diagnostic> problems) {
    this.problems = problems;
  }

  static WorkspaceFiles read(Path root, List<Diagnostic> problems) {
    if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
      problems.add(new Diagnostic(".", 0, "`" + root + "` is no folder; name a workspace"));
      return new WorkspaceFiles(Map.of());
    }
    var folder = new WorkspaceFolder(problems);
    try {
      folder.list(root, "", 0);
    } catch (IOException e) {
      throw new UncheckedIOException("the workspace cannot be read", e);
    }
    return new WorkspaceFiles(folder.files);
  }

  private void list(Path folder, String prefix, int depth) throws IOException {
    try (var entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (!name.startsWith(".")) {
          add(entry, prefix + name, depth);
        }
      }
    }
  }

  private void add(Path entry, String path, int depth) throws IOException {
    if (Files.isSymbolicLink(entry)) {
      problems.add(new Diagnostic(path, 0, "a symbolic link; put the file itself here"));
    } else if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
      if (depth >= DEPTH_AT_MOST) {
        problems.add(new Diagnostic(path, 0, "folders are nested too deep"));
      } else {
        list(entry, path + "/", depth + 1);
      }
    } else if (!Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
      problems.add(new Diagnostic(path, 0, "not a regular file; remove it"));
    } else if (files.size() >= FILES_AT_MOST) {
      problems.add(new Diagnostic(".", 0, "more than " + FILES_AT_MOST + " files"));
    } else {
      content(entry, path);
    }
  }

  private void content(Path entry, String path) throws IOException {
    byte[] bytes;
    try (var in = Files.newInputStream(entry, LinkOption.NOFOLLOW_LINKS)) {
      bytes = in.readNBytes(BYTES_AT_MOST + 1);
    }
    files.put(path, bytes);
  }
}

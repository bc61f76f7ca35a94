package dev.remit.workspace;

import dev.remit.core.call.Sha256;
import dev.remit.core.release.VersionId;
import dev.remit.core.value.Value;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of a workspace by path, whether they came from a folder or from the store.
 *
 * <p>Equal files have equal versions, wherever they are.
 */
public final class WorkspaceFiles {
  private final SortedMap<String, byte[]> files = new TreeMap<>();

  /** Takes a copy of the map; the arrays must not be changed afterwards. */
  public WorkspaceFiles(Map<String, byte[]> files) {
    this.files.putAll(files);
  }

  /** Path and content, sorted by path. */
  public SortedMap<String, byte[]> files() {
    return new TreeMap<>(files);
  }

  /** The digest over all sorted pairs of path and SHA-256. */
  public VersionId version() {
    var digests = new TreeMap<String, Value>();
    files.forEach((path, bytes) -> digests.put(path, Value.of(Sha256.of(bytes))));
    return new VersionId(Sha256.of(new Value.Obj(digests)));
  }
}

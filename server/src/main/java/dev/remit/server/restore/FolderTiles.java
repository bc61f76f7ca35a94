package dev.remit.server.restore;

import dev.remit.core.value.InvalidValueException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** {@link TileFiles} in a folder; paths are made here, from numbers, so none leads out of it. */
record FolderTiles(Path folder) implements TileFiles {

  @Override
  public Optional<byte[]> read(String path) {
    var file = folder.resolve(path);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (var in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LIMIT_BYTES + 1);
      if (bytes.length > LIMIT_BYTES) {
        throw new InvalidValueException("`" + file + "` is larger than any file of a log");
      }
      return Optional.of(bytes);
    } catch (IOException e) {
      throw new InvalidValueException("`" + file + "` cannot be read");
    }
  }
}

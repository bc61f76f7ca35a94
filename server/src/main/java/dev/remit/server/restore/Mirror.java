package dev.remit.server.restore;

import dev.remit.core.value.InvalidValueException;
import dev.remit.postgres.PostgresTail;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A log that somebody outside kept: a pack that a client exported, a folder of tiles, or whoever
 * serves tiles (C2SP tlog-tiles). None is believed for anything but what a checkpoint proves.
 */
interface Mirror extends PostgresTail.Source {

  /** Its checkpoint as a signed note. */
  byte[] checkpoint();

  /**
   * The mirror at this place.
   *
   * @throws InvalidValueException when there is none
   */
  static Mirror at(String place) {
    if (place.matches("https?://.*")) {
      return new TileMirror(HttpTiles.at(place));
    }
    var path = Path.of(place);
    if (Files.isDirectory(path)) {
      return new TileMirror(new FolderTiles(path));
    }
    if (Files.isRegularFile(path)) {
      return new PackMirror(path);
    }
    throw new InvalidValueException(
        "`" + place + "` is no mirror: name a pack, a folder of tiles or an `https` address");
  }
}

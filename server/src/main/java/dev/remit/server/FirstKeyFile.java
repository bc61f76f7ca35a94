package dev.remit.server;

import dev.remit.web.people.FirstKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** The one-time code for a first key in the data folder, mode 0600. */
record FirstKeyFile(DataFolder data) implements FirstKeys.Place {

  private static final String NAME = "first-key";

  @Override
  public String put(String text) {
    data.write(NAME, text);
    return data.root().resolve(NAME).toString();
  }

  @Override
  public void clear() {
    try {
      Files.deleteIfExists(data.root().resolve(NAME));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove `" + NAME + "` in the data folder", e);
    }
  }
}

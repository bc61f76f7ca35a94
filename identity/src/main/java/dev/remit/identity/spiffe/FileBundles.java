package dev.remit.identity.spiffe;

import dev.remit.core.value.InvalidValueException;
import dev.remit.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A bundle in a file of its owner, in the form of a bundle endpoint. The file is looked at every
 * few seconds: replace it by a rename, so that half of it is never read.
 */
public final class FileBundles implements BundleSource {

  private static final int MOST_BYTES = 1024 * 1024;
  private static final Duration LOOK = Duration.ofSeconds(5);

  private final Path file;

  /** Reads this file. */
  public FileBundles(Path file) {
    this.file = file;
  }

  @Override
  public Fetched fetch() {
    try (var in = Files.newInputStream(file)) {
      var bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        return new Away("the file is larger than " + MOST_BYTES + " bytes");
      }
      return new Found(BundleReader.read(Json.parseObject(bytes)));
    } catch (IOException e) {
      return new Away("the file cannot be read");
    } catch (InvalidValueException e) {
      return new Away("the file is no bundle: " + e.getMessage());
    }
  }

  @Override
  public Duration pause(Bundle bundle) {
    return LOOK;
  }

  @Override
  public boolean isRemote() {
    return false;
  }
}

package dev.remit.cli.process;

import dev.remit.core.call.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The file in which the virtual machine keeps a part's loaded classes, so that its next start is
 * quick.
 *
 * <p>Its name says for which jars and which JDK it is: an archive of others is of no use, and the
 * virtual machine would neither use nor replace it.
 */
final class ClassArchive {

  private ClassArchive() {}

  /** The archive for what the part is made of now; those of earlier builds are removed. */
  static Path of(Path cache, String part, Path target) throws IOException {
    Path current = cache.resolve(part + "-" + fingerprint(target) + ".jsa").toAbsolutePath();
    if (Files.isDirectory(cache)) {
      try (var older = Files.newDirectoryStream(cache, part + "*.jsa")) {
        for (Path archive : older) {
          if (!archive.toAbsolutePath().equals(current)) {
            Files.deleteIfExists(archive);
          }
        }
      }
    }
    return current;
  }

  private static String fingerprint(Path target) throws IOException {
    var words = new StringBuilder(Runtime.version().toString()).append(target.toAbsolutePath());
    List<Path> files = new ArrayList<>();
    for (Path folder : List.of(target, target.resolve("lib"))) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> listed = Files.list(folder)) {
          listed.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(files::add);
        }
      }
    }
    for (Path file : files) {
      words.append(file).append(Files.getLastModifiedTime(file).toMillis());
    }
    byte[] digest = Sha256.raw(words.toString().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest, 0, 6);
  }
}

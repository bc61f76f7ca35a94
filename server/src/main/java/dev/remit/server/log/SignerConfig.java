package dev.remit.server.log;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who signs the logs, as the server's own configuration says: {@code "log": {"signer": {"command":
 * ["WORD", ...]}}}. Without it the key lies in the data folder.
 */
public final class SignerConfig {

  private SignerConfig() {}

  /** The words of the command; none where the key lies in the data folder. */
  public static List<String> read(Optional<Path> config) {
    return config.map(SignerConfig::words).orElse(List.of());
  }

  private static List<String> words(Path config) {
    Value.Obj file;
    try {
      file = Json.parseObject(Files.readAllBytes(config));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read `" + config + "`", e);
    }
    var signer = file.object("log").orElse(Value.Obj.EMPTY).get("signer");
    if (signer.isEmpty()) {
      return List.of();
    }
    var words = new ArrayList<String>();
    if (signer.get() instanceof Value.Obj object) {
      for (var item : object.items("command")) {
        if (item instanceof Value.Text(String word)) {
          words.add(word);
        }
      }
    }
    if (words.isEmpty()) {
      throw new InvalidValueException(
          "the log's `signer` has a `command`: a list of words, the program first");
    }
    return List.copyOf(words);
  }
}

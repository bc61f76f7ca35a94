package dev.remit.connectors.ssh;

import dev.remit.connectors.common.Pointer;
import dev.remit.connectors.common.Selection;
import dev.remit.connectors.common.Settings;
import dev.remit.core.call.Tool;
import dev.remit.core.identity.Grade;
import dev.remit.core.value.InvalidValueException;
import java.util.Optional;
import java.util.Set;

/**
 * One catalogued command.
 *
 * @param done exit codes that say it was done
 * @param rejected exit codes that say the host refused it
 * @param failed exit codes that say it certainly did not happen
 * @param bytes how much it may print
 */
record SshOperation(
    Tool tool,
    CommandTemplate command,
    boolean isJson,
    int bytes,
    Set<String> done,
    Set<String> rejected,
    Set<String> failed,
    Selection selection,
    Optional<Pointer> owner) {
  private static final int BYTES = 64 * 1024;

  static SshOperation of(Tool tool, Set<String> programs) {
    var settings = new Settings("tool `" + tool.name() + "`", tool.settings());
    if (tool.targets().size() != 1
        || !tool.targets().getFirst().connector().equals(tool.connector())) {
      throw new InvalidValueException(settings.where() + ": a command has one host as its target");
    }
    var exit = settings.optionalPart("exit");
    return new SshOperation(
        tool,
        CommandTemplate.of(settings.part("command"), programs),
        settings.optionalText("output").filter("json"::equals).isPresent(),
        settings.integer("bytes", BYTES, 1, 4 * 1024 * 1024),
        exit.map(part -> Set.copyOf(part.texts("done")))
            .filter(s -> !s.isEmpty())
            .orElse(Set.of("0")),
        exit.map(part -> Set.copyOf(part.texts("rejected"))).orElse(Set.of()),
        exit.map(part -> Set.copyOf(part.texts("failed"))).orElse(Set.of()),
        Selection.of(settings),
        settings.optionalPointer("owner"));
  }

  boolean isReading() {
    return tool.effect() == Grade.OBSERVE;
  }
}

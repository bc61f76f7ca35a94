package dev.remit.cli;

import dev.remit.core.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code remit doctor}. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Checks the JDK, the data folder's modes, the server and its posture.")
final class DoctorCommand implements Callable<Integer> {

  @Mixin private ServerOptions server = new ServerOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  private final List<Value> checks = new ArrayList<>();
  private boolean isIll;

  @Override
  public Integer call() {
    int java = Runtime.version().feature();
    check("jdk", java >= 25, "Java " + java, "install a JDK 25 or newer");
    folder();
    server();
    var out = spec.commandLine().getOut();
    if (server.isJson()) {
      Output.json(out, new Value.Array(checks));
    } else {
      Output.table(out, checks, "nothing to check", "check", "result", "detail");
    }
    return isIll ? CommandException.REFUSED : 0;
  }

  private void folder() {
    Path path = server.folder().path();
    if (!Files.isDirectory(path)) {
      check("data folder", false, "`" + path + "` is not there", "start with `remit up`");
      return;
    }
    for (Path file : List.of(path, path.resolve("server.json"))) {
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        continue;
      }
      String modes = modes(file);
      boolean isPrivate = modes.isEmpty() || modes.endsWith("------");
      check("mode of " + file, isPrivate, modes, "run `chmod go-rwx " + file + "`");
    }
  }

  private static String modes(Path file) {
    try {
      Set<PosixFilePermission> modes = Files.getPosixFilePermissions(file);
      return PosixFilePermissions.toString(modes);
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }

  private void server() {
    try {
      var people = server.people();
      var posture = people.get("/v1/posture");
      check("server", true, Output.text(server.folder().server(), "people"), "");
      posture
          .members()
          .forEach((name, value) -> check("posture: " + name, true, Output.words(value), ""));
    } catch (CommandException e) {
      check("server", false, String.valueOf(e.getMessage()), "");
    }
  }

  private void check(String name, boolean isWell, String found, String advice) {
    isIll = isIll || !isWell;
    String detail = isWell || advice.isEmpty() ? found : found + ": " + advice;
    checks.add(Value.object("check", name, "result", isWell ? "ok" : "not ok", "detail", detail));
  }
}

package dev.remit.cli;

import dev.remit.core.value.Value;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code remit people}: what the owner of the machine does for people. */
@Command(
    name = "people",
    mixinStandardHelpOptions = true,
    description = "Opens the way for people's first keys, and notes who is gone.")
final class PeopleCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what: `remit people first-key` or `remit people gone`");
  }

  @Command(
      name = "first-key",
      mixinStandardHelpOptions = true,
      description = {
        "Opens a one-time code for a first key: the first administrator's, or a client's first.",
        "The code lies in a file of the data folder for ten minutes; see docs/operating/people.md."
      })
  int firstKey(
      @Mixin ServerOptions server,
      @Option(names = "--tenant", description = "the client; left out for the administrator's")
          @Nullable String tenant) {
    var body =
        Optional.ofNullable(tenant)
            .map(name -> Value.object("tenant", name))
            .orElse(Value.Obj.EMPTY);
    var opened = server.people().post("/v1/first-key", body);
    var out = spec.commandLine().getOut();
    if (server.isJson()) {
      Output.json(out, opened);
    } else {
      out.println(
          "the code for the first key of "
              + opened.text("organisation").orElse("?")
              + " is in "
              + opened.text("file").orElse("?")
              + " for ten minutes");
    }
    return 0;
  }

  @Command(
      name = "gone",
      mixinStandardHelpOptions = true,
      description = {
        "Notes that a person is gone for good: agents that the person owns are suspended.",
        "Keys of the person are removed in the console."
      })
  int gone(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "PERSON", description = "ISSUER/SUBJECT") String person,
      @Option(names = "--reason", paramLabel = "R", required = true, description = "why, in words")
          String reason) {
    var noted =
        server
            .people()
            .post("/v1/people/gone", Value.object("person", person, "reason", reason.strip()));
    var out = spec.commandLine().getOut();
    if (server.isJson()) {
      Output.json(out, noted);
    } else {
      out.println("noted: " + Output.printable(person) + " is gone");
    }
    return 0;
  }
}

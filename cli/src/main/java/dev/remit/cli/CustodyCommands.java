package dev.remit.cli;

import dev.remit.cli.people.PeopleApi;
import dev.remit.core.value.Value;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code remit evidence holds}, {@code hold}, {@code release} and {@code erase}: what is kept of a
 * tenant's evidence beside its log. They act for the person who signed in.
 */
final class CustodyCommands {

  private CustodyCommands() {}

  @Command(
      name = "holds",
      mixinStandardHelpOptions = true,
      description = "Lists the legal holds in force at a tenant.")
  static final class Holds implements Callable<Integer> {
    @Mixin private PersonOptions person = new PersonOptions();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      var holds = person.people().get(holdsOf(person)).items("holds");
      var out = spec.commandLine().getOut();
      if (person.isJson()) {
        Output.json(out, new Value.Array(holds));
      } else {
        Output.table(out, holds, "no hold is in force", "hold", "by", "at", "reason");
      }
      return 0;
    }
  }

  @Command(
      name = "hold",
      mixinStandardHelpOptions = true,
      description = {
        "Orders a legal hold: nothing of this tenant is erased while it is in force.",
        "It is in force at once; `remit evidence release` asks that it ends."
      })
  static final class Hold implements Callable<Integer> {
    @Mixin private PersonOptions person = new PersonOptions();
    @Mixin private Reason reason = new Reason();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      var answer = person.people().post(holdsOf(person), reason.body());
      var out = spec.commandLine().getOut();
      if (person.isJson()) {
        Output.json(out, answer);
      } else {
        out.println("hold " + Output.text(answer, "hold") + " is in force");
      }
      return 0;
    }
  }

  @Command(
      name = "release",
      mixinStandardHelpOptions = true,
      description = {
        "Asks that a legal hold ends.",
        "One of the client's approvers and one of the MSP's administrators answer in the console."
      })
  static final class Release implements Callable<Integer> {
    @Mixin private PersonOptions person = new PersonOptions();
    @Mixin private Reason reason = new Reason();

    @Parameters(paramLabel = "HOLD", description = "its name, as `remit evidence holds` lists it")
    private String hold = "";

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      var path = holdsOf(person) + "/" + name(hold, "hold", "`remit evidence holds`") + "/lift";
      return asked(spec, person, person.people().post(path, reason.body()));
    }
  }

  @Command(
      name = "erase",
      mixinStandardHelpOptions = true,
      description = {
        "Asks that the body of one entry be erased, with the salt that ties it to the log.",
        "One of the client's approvers and one of the MSP's administrators answer in the console."
      })
  static final class Erase implements Callable<Integer> {
    @Mixin private PersonOptions person = new PersonOptions();
    @Mixin private Reason reason = new Reason();

    @Parameters(paramLabel = "ENTRY", description = "its `id`, as `remit trail --json` shows it")
    private String entry = "";

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      var path =
          "/v1/evidence/"
              + PeopleApi.encode(person.tenant())
              + "/entries/"
              + name(entry, "entry", "`remit trail --json`")
              + "/erase";
      return asked(spec, person, person.people().post(path, reason.body()));
    }
  }

  /** Why it is done. */
  static final class Reason {
    @Option(names = "--reason", paramLabel = "R", required = true, description = "why, in words")
    private String reason = "";

    Value.Obj body() {
      if (reason.isBlank()) {
        throw CommandException.usage("say why with `--reason`");
      }
      return Value.object("reason", reason.strip());
    }
  }

  private static String holdsOf(PersonOptions person) {
    return "/v1/holds/" + PeopleApi.encode(person.tenant());
  }

  private static String name(String text, String what, String lister) {
    if (!text.matches("[A-Za-z0-9_-]{1,128}")) {
      throw CommandException.usage(
          "`" + Output.printable(text) + "` is no " + what + ": " + lister + " lists them");
    }
    return text;
  }

  private static int asked(CommandSpec spec, PersonOptions person, Value.Obj answer) {
    PrintWriter out = spec.commandLine().getOut();
    if (person.isJson()) {
      Output.json(out, answer);
    } else {
      out.println(
          "people are asked: "
              + Output.text(answer, "waitsFor")
              + " is in the inbox of those who answer, and `remit approvals` lists it");
    }
    return 0;
  }
}

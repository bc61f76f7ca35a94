package dev.remit.cli;

import dev.remit.cli.people.PeopleApi;
import dev.remit.cli.signin.SessionFile;
import dev.remit.core.value.Value;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code remit logout}. */
@Command(
    name = "logout",
    mixinStandardHelpOptions = true,
    description = "Ends this command line's session, at the server and here.")
final class LogoutCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    var file = SessionFile.ofUser();
    var session = file.find();
    file.forget();
    if (session.isEmpty()) {
      spec.commandLine().getOut().println("nobody was signed in here");
      return 0;
    }
    new PeopleApi(session.get().url(), session.get().token()).post("/v1/cli/end", Value.Obj.EMPTY);
    spec.commandLine().getOut().println("signed out");
    return 0;
  }
}

package dev.remit.cli;

import dev.remit.cli.people.DataFolder;
import dev.remit.cli.signin.Browser;
import dev.remit.cli.signin.SessionFile;
import dev.remit.cli.signin.SignIn;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code remit login}: lets this command line act for a person who agrees in a browser. */
@Command(
    name = "login",
    mixinStandardHelpOptions = true,
    description = {
      "Signs this command line in as you: you agree in your browser, at the console.",
      "It may then read, hold and make your own calls for an hour, and never answers a request."
    })
final class LoginCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "where the console is; else that of the server on the data folder")
  private String url = "";

  @Option(names = "--data", paramLabel = "DIR", defaultValue = DataFolder.DEFAULT)
  private Path data = Path.of(DataFolder.DEFAULT);

  @Option(names = "--no-browser", description = "only print the address to open")
  private boolean isBrowserLeftAlone;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    var session = new SignIn(new SecureRandom(), PATIENCE).at(site(), this::open);
    var file = SessionFile.ofUser();
    boolean isInKeyring = file.keep(session);
    var commandLine = spec.commandLine();
    commandLine
        .getOut()
        .println(
            "signed in as " + Output.printable(session.person()) + " until " + session.endsAt());
    if (!isInKeyring) {
      commandLine
          .getErr()
          .println(
              "remit: this system has no keyring that answers, so the token lies in `"
                  + file.path()
                  + "`, readable by you alone; `remit logout` removes it");
    }
    return 0;
  }

  private String site() {
    if (url.isEmpty()) {
      return new DataFolder(data)
          .server()
          .text("site")
          .orElseThrow(() -> CommandException.usage("say where the console is with `--url`"));
    }
    boolean isSafe =
        url.matches("https://[A-Za-z0-9.-]+(:[0-9]{1,5})?/?")
            || url.matches("http://(localhost|127\\.0\\.0\\.1)(:[0-9]{1,5})?/?");
    if (!isSafe) {
      throw CommandException.usage(
          "`" + Output.printable(url) + "` is no console: name https://HOST without a path");
    }
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  private void open(String address) {
    if (isBrowserLeftAlone) {
      spec.commandLine().getErr().println("agree in your browser at\n  " + address);
      spec.commandLine().getErr().flush();
    } else {
      Browser.open(spec.commandLine(), "agree in your browser at", address);
    }
  }
}

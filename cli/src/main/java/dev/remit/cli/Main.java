package dev.remit.cli;

import dev.remit.core.value.InvalidValueException;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The entry of the {@code remit} command.
 *
 * <p>Promises: exit code 0 done, 1 refused or not verified, 2 wrong usage or invalid input, 3
 * something else is broken; an error is one lower-case line on standard error that says what to do.
 */
public final class Main {

  private Main() {}

  /** Runs and exits. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The command with its handlers; tests and the demo give it writers of their own. */
  public static CommandLine commandLine() {
    return new CommandLine(new Remit())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(100)
        .setUsageHelpAutoWidth(false)
        .setParameterExceptionHandler(Main::wrongUsage)
        .setExecutionExceptionHandler(Main::failed);
  }

  private static int wrongUsage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String help = "see `" + command.getCommandSpec().qualifiedName() + " --help`";
    String words = e.getMessage() == null ? "wrong usage" : lower(firstLine(e.getMessage()));
    PrintWriter err = command.getErr();
    err.println("remit: " + words + "; " + help);
    if (e instanceof UnmatchedArgumentException unmatched) {
      UnmatchedArgumentException.printSuggestions(unmatched, err);
    }
    return CommandException.USAGE;
  }

  private static int failed(Exception e, CommandLine command, ParseResult parsed) {
    return switch (e) {
      case CommandException known ->
          said(command, known.exitCode(), String.valueOf(known.getMessage()));
      case InvalidValueException invalid ->
          said(command, CommandException.USAGE, String.valueOf(invalid.getMessage()));
      case Exception other -> {
        if (System.getenv("REMIT_DEBUG") != null) {
          other.printStackTrace(command.getErr());
        }
        yield said(
            command,
            CommandException.BROKEN,
            "something is broken; set REMIT_DEBUG=1 and run it again to see where");
      }
    };
  }

  private static int said(CommandLine command, int exitCode, String message) {
    command.getErr().println("remit: " + message);
    return exitCode;
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("wrong usage");
  }

  /** The library's messages begin with a capital letter and quote with `'`; ours do not. */
  private static String lower(String message) {
    String first = message.substring(0, 1).toLowerCase(Locale.ROOT);
    return (first + message.substring(1)).replace('\'', '`');
  }
}

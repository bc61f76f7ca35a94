package dev.remit.cli.signin;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;

/** Opens an address for a person, and says which one in any case. */
public final class Browser {

  private Browser() {}

  /** Prints the address under these words and opens it where there is a browser. */
  public static void open(CommandLine commandLine, String words, String address) {
    commandLine.getErr().println(words + "\n  " + address);
    commandLine.getErr().flush();
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    var opener =
        os.startsWith("mac")
            ? List.of("open", address)
            : os.startsWith("windows")
                ? List.of("rundll32", "url.dll,FileProtocolHandler", address)
                : List.of("xdg-open", address);
    try {
      new ProcessBuilder(opener)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      // The address is printed: the person opens it.
    }
  }
}

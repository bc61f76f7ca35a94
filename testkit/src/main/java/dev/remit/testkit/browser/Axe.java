package dev.remit.testkit.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.remit.core.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * axe-core from npm, run inside a page: the rules of WCAG 2.0, 2.1 and 2.2 at levels A and AA.
 *
 * <p>Without npm the test is skipped with a word, and fails where CI=true.
 */
public final class Axe {

  private static final String VERSION = "4.14.1";

  private static final String RUN =
      """
      return window.axe.run(document, {
        resultTypes: ['violations'],
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      }).then((found) => found.violations.map((violation) =>
        violation.id + ': ' + violation.help + ' at '
          + violation.nodes.map((node) => node.target.join(' ') + ' ('
              + (node.any.concat(node.all)[0] || {message: ''}).message + ')').join('; ')));
      """;

  private final String source;

  private Axe(String source) {
    this.source = source;
  }

  /** Installs it into a folder of the build, once. */
  public static Axe install(Path folder) {
    var script = folder.resolve("node_modules/axe-core/axe.min.js");
    String problem = Files.exists(script) ? "" : installed(folder);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(problem).isEmpty();
    }
    assumeTrue(problem.isEmpty(), problem + "; pages are not looked at by axe-core");
    try {
      return new Axe(Files.readString(script));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What does not hold on the page that the browser shows, one line each. */
  public List<String> violations(Browser browser) {
    var found = new ArrayList<String>();
    browser.run(source + "; window.axe = axe; return true;");
    if (browser.run(RUN, "") instanceof Value.Array(List<Value> items)) {
      items.forEach(item -> found.add(((Value.Text) item).value()));
    }
    return found;
  }

  private static String installed(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("package.json"), "{\"private\":true}");
      var process =
          new ProcessBuilder(
                  "npm",
                  "install",
                  "--no-package-lock",
                  "--no-audit",
                  "--no-fund",
                  "axe-core@" + VERSION)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean isDone = process.waitFor(180, TimeUnit.SECONDS) && process.exitValue() == 0;
      return isDone ? "" : "npm could not install axe-core: " + said;
    } catch (IOException e) {
      return "npm is not there";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

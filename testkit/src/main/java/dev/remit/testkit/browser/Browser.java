package dev.remit.testkit.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.remit.core.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/**
 * One Chromium window.
 *
 * <p>Looking for an element waits for it, at most ten seconds; nothing here sleeps.
 */
public final class Browser implements AutoCloseable {

  private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

  private final Driver driver;
  private final String session;

  private Browser(Driver driver, String session) {
    this.driver = driver;
    this.session = session;
  }

  /** Starts one; without Chromium the test is skipped with a word, and fails where CI=true. */
  public static Browser start() {
    var program = Driver.find();
    if ("true".equals(System.getenv("CI"))) {
      assertThat(program).as("install chromium and chromium-driver").isPresent();
    }
    assumeTrue(program.isPresent(), "no chromedriver here; nothing is tested in a browser");
    var driver = Driver.start(program.orElseThrow());
    var options =
        Value.object(
            "args",
            List.of(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--hide-scrollbars",
                "--force-device-scale-factor=1",
                "--lang=en"));
    var wanted =
        Value.object(
            "browserName",
            "chrome",
            "goog:chromeOptions",
            options,
            "goog:loggingPrefs",
            Value.object("browser", "ALL"),
            "webauthn:virtualAuthenticators",
            true,
            "timeouts",
            Value.object("implicit", 10_000, "script", 60_000));
    var made =
        (Value.Obj)
            driver.send(
                "POST",
                "/session",
                Value.object("capabilities", Value.object("alwaysMatch", wanted)));
    return new Browser(driver, made.text("sessionId").orElseThrow());
  }

  /** Loads a page and waits until it is there. */
  public Browser open(String url) {
    post("url", Value.object("url", url));
    return this;
  }

  /** The address of the page. */
  public String url() {
    return ((Value.Text) get("url")).value();
  }

  /** What a script returns; it may wait by returning a promise. */
  public Value run(String script, Object... arguments) {
    return post("execute/sync", Value.object("script", script, "args", List.of(arguments)));
  }

  /** The text of the first element that fits. */
  public String text(String css) {
    return ((Value.Text) get("element/" + element(css) + "/text")).value();
  }

  /** Waits for an element. */
  public Browser await(String css) {
    element(css);
    return this;
  }

  /** Whether it is there now. */
  public boolean has(String css) {
    return run("return document.querySelector(arguments[0]) !== null", css).equals(Value.of(true));
  }

  /** Clicks the first element that fits. */
  public Browser click(String css) {
    post("element/" + element(css) + "/click", Value.Obj.EMPTY);
    return this;
  }

  /** Types into the first element that fits. */
  public Browser type(String css, String text) {
    post("element/" + element(css) + "/value", Value.object("text", text));
    return this;
  }

  /** Presses keys one after the other, wherever the focus is. */
  public Browser press(String... keys) {
    var actions = new java.util.ArrayList<Value>();
    for (var key : keys) {
      actions.add(Value.object("type", "keyDown", "value", key));
      actions.add(Value.object("type", "keyUp", "value", key));
    }
    var keyboard =
        Value.object("type", "key", "id", "keyboard", "actions", new Value.Array(actions));
    post("actions", Value.object("actions", List.of(keyboard)));
    return this;
  }

  /** Makes the page this large. */
  public Browser size(int width, int height, boolean isPhone) {
    return cdp(
        "Emulation.setDeviceMetricsOverride",
        Value.object("width", width, "height", height, "deviceScaleFactor", 1, "mobile", isPhone));
  }

  /** What the system of the reader prefers: {@code light} or {@code dark}. */
  public Browser prefers(String scheme) {
    var feature = Value.object("name", "prefers-color-scheme", "value", scheme);
    return cdp("Emulation.setEmulatedMedia", Value.object("features", List.of(feature)));
  }

  /** Forgets every cookie. */
  public Browser forget() {
    return cdp("Network.clearBrowserCookies", Value.Obj.EMPTY);
  }

  /** A command of the DevTools protocol. */
  public Browser cdp(String command, Value.Obj parameters) {
    post("goog/cdp/execute", Value.object("cmd", command, "params", parameters));
    return this;
  }

  /**
   * Adds an authenticator that verifies its user and says yes (Web Authentication Level 2, section
   * 11).
   *
   * @return its name, for {@link #removeAuthenticator}
   */
  public String addAuthenticator() {
    var made =
        post(
            "webauthn/authenticator",
            Value.object(
                "protocol", "ctap2",
                "transport", "internal",
                "hasResidentKey", true,
                "hasUserVerification", true,
                "isUserConsenting", true,
                "isUserVerified", true));
    return ((Value.Text) made).value();
  }

  /** Takes an authenticator away. */
  public void removeAuthenticator(String name) {
    driver.send("DELETE", path("webauthn/authenticator/" + name), Value.Obj.EMPTY);
  }

  /** What the browser wrote to its console since the last call. */
  public List<String> complaints() {
    var entries = (Value.Array) post("se/log", Value.object("type", "browser"));
    return entries.items().stream()
        .map(entry -> ((Value.Obj) entry).text("message").orElse(""))
        .toList();
  }

  /** A picture of the whole page as PNG. */
  public void picture(Path file) {
    var reply =
        (Value.Obj)
            post(
                "goog/cdp/execute",
                Value.object(
                    "cmd",
                    "Page.captureScreenshot",
                    "params",
                    Value.object("format", "png", "captureBeyondViewport", true)));
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, Base64.getDecoder().decode(reply.text("data").orElseThrow()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      driver.send("DELETE", "/session/" + session, Value.Obj.EMPTY);
    } finally {
      driver.close();
    }
  }

  private String element(String css) {
    try {
      var found = post("element", Value.object("using", "css selector", "value", css));
      return ((Value.Obj) found).text(ELEMENT).orElseThrow();
    } catch (AssertionError e) {
      var shown = run("return location.href + '\\n' + document.body.innerText.slice(0, 3000)");
      throw new AssertionError("no `" + css + "` on " + shown, e);
    }
  }

  private Value get(String command) {
    return driver.send("GET", path(command), Value.Obj.EMPTY);
  }

  private Value post(String command, Value.Obj body) {
    return driver.send("POST", path(command), body);
  }

  private String path(String command) {
    return "/session/" + session + "/" + command;
  }
}

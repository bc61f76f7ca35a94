package dev.remit.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.identity.Person;
import dev.remit.core.register.AgentState;
import dev.remit.core.value.Value;
import dev.remit.testkit.browser.Axe;
import dev.remit.testkit.browser.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every page in a real Chromium: light, dark, and on a phone. Pictures are in {@code
 * target/console}; with {@code -Dremit.pictures=true} in {@code docs/console} too.
 */
class ConsoleGalleryTest {

  private static final Path ROOT = Path.of(System.getProperty("remit.root", "..")).toAbsolutePath();
  private static final Path PICTURES = ROOT.resolve("web/target/console");
  private static final int LARGEST_PAGE = 150_000;

  private static final Map<String, String> PAGES = new LinkedHashMap<>();

  static {
    PAGES.put("inbox", "/console/inbox");
    PAGES.put("card", "/console/card/harbor-dental/p-restart-1");
    PAGES.put("card-diff", "/console/card/harbor-dental/p-article-1");
    PAGES.put("card-hostile", "/console/card/harbor-dental/p-script-1");
    PAGES.put("card-plan", "/console/card/harbor-dental/p-plan-1");
    PAGES.put("card-not-yours", "/console/card/harbor-dental/p-restart-1-o");
    PAGES.put("tasks", "/console/tasks/harbor-dental");
    PAGES.put("trail", "/console/trail/harbor-dental");
    PAGES.put("call", "/console/call/harbor-dental/call-5d20");
    PAGES.put("oversight", "/console/oversight/harbor-dental");
    PAGES.put("autonomy", "/console/autonomy/harbor-dental");
    PAGES.put("agents", "/console/agents");
    PAGES.put("tenants", "/console/tenants");
    PAGES.put("posture", "/console/posture");
    PAGES.put("fatigue", "/console/fatigue");
    PAGES.put("standing", "/console/standing/harbor-dental");
    PAGES.put("keys", "/console/keys");
    PAGES.put("not-found", "/console/call/harbor-dental/nothing");
  }

  /** Pages of people who operate, apart from an approver's. */
  private static final Map<String, String> WORK = new LinkedHashMap<>();

  static {
    WORK.put("task", "/console/task/harbor-dental/task-8f31c2");
    WORK.put("task-own", "/console/task/harbor-dental/task-1");
    WORK.put("task-hold", "/console/task/harbor-dental/task-8f31c2/turn/hold");
    WORK.put("own-call", "/console/task/harbor-dental/task-1/call/rmm_restart_service");
    WORK.put("own-call-waits", "/console/task/harbor-dental/task-1/waits/proposal-1");
    WORK.put("agents-own", "/console/agents");
    WORK.put("agent-suspend", "/console/agents/service-desk/turn/suspend");
    WORK.put("open-task", "/console/open/harbor-dental");
    WORK.put("unknown", "/console/unknown");
    WORK.put(
        "cli",
        "/signin/cli/49152/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/a-state-of-22-characters");
  }

  private static ConsoleRig rig;
  private static Browser browser;
  private static Axe axe;

  @BeforeAll
  static void start() {
    rig = new ConsoleRig();
    browser = Browser.start();
    axe = Axe.install(ROOT.resolve("web/target/axe"));
    rig.giveKeys(Team.APPROVER);
    rig.desk.agents.state = AgentState.ACTIVE;
    rig.desk.agents.owner = Team.OPERATOR.id();
    rig.desk.agents.objections = List.of();
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    rig.close();
  }

  @Test
  void pagesHoldToWcagInLight() {
    signIn(Team.APPROVER);
    browser.size(1280, 800, false).prefers("light");
    assertThat(problems("light")).isEmpty();
  }

  @Test
  void pagesHoldToWcagInDark() {
    signIn(Team.APPROVER);
    browser.size(1280, 800, false).prefers("dark");
    assertThat(problems("dark")).isEmpty();
  }

  @Test
  void pagesHoldToWcagOnAPhone() {
    signIn(Team.APPROVER);
    browser.size(390, 844, true).prefers("light");
    assertThat(problems("phone")).isEmpty();
  }

  @Test
  void pagesOfWorkHoldToWcagInLightAndDarkAndOnAPhone() {
    signIn(Team.OPERATOR);
    var found = new ArrayList<String>();
    browser.size(1280, 800, false).prefers("light");
    WORK.forEach((name, path) -> found.addAll(look(name + "-light", path)));
    browser.prefers("dark");
    WORK.forEach((name, path) -> found.addAll(look(name + "-dark", path)));
    browser.size(390, 844, true).prefers("light");
    WORK.forEach((name, path) -> found.addAll(look(name + "-phone", path)));
    assertThat(found).isEmpty();
  }

  @Test
  void emptyPagesSayWhatToDo() {
    signIn(Team.NOBODY);
    browser.size(1280, 800, false).prefers("light");
    var found = new ArrayList<String>();
    for (var page : List.of("inbox", "tenants", "agents", "keys")) {
      found.addAll(look("empty-" + page, "/console/" + page));
      assertThat(browser.has(".empty h2")).as(page).isTrue();
    }
    assertThat(found).isEmpty();
  }

  @Test
  void theSignInPageNamesNoClient() {
    browser.forget().size(1280, 800, false).prefers("light");
    assertThat(look("sign-in", "/signin")).isEmpty();
    assertThat(browser.text(".door"))
        .contains("Example MSP")
        .doesNotContainIgnoringCase("harbor")
        .doesNotContainIgnoringCase("summit");
    browser.size(390, 844, true);
    assertThat(look("sign-in-phone", "/signin")).isEmpty();
  }

  @Test
  void thePageOfKeyboardShortcutsIsADialog() {
    signIn(Team.APPROVER);
    browser.size(1280, 800, false).prefers("light").open(rig.origin() + "/console/inbox");
    browser.await(".top").press("?").await("dialog[open]");
    assertThat(axe.violations(browser)).isEmpty();
    browser.picture(PICTURES.resolve("shortcuts.png"));
  }

  @Test
  void noPageIsHeavierThanItsLimit() {
    signIn(Team.APPROVER);
    for (var page : PAGES.entrySet()) {
      browser.cdp("Network.clearBrowserCache", Value.Obj.EMPTY);
      browser.open(rig.origin() + page.getValue()).await("main");
      var bytes =
          browser.run(
              "return performance.getEntriesByType('resource').concat("
                  + "performance.getEntriesByType('navigation'))"
                  + ".reduce((sum, one) => sum + one.encodedBodySize, 0)");
      assertThat(((Value.Int) bytes).value())
          .as(page.getKey())
          .isBetween(60_000L, (long) LARGEST_PAGE);
    }
  }

  private static List<String> problems(String suffix) {
    var found = new ArrayList<String>();
    PAGES.forEach((name, path) -> found.addAll(look(name + "-" + suffix, path)));
    return found;
  }

  /** Loads a page, takes its picture, and says what is wrong with it. */
  private static List<String> look(String name, String path) {
    browser.complaints();
    browser.open(rig.origin() + path).await("main");
    picture(name);
    var found = new ArrayList<String>();
    for (var violation : axe.violations(browser)) {
      found.add(name + ": " + violation);
    }
    var width = browser.run("return document.documentElement.scrollWidth - window.innerWidth");
    if (((Value.Int) width).value() > 0) {
      found.add(name + ": scrolls sideways by " + width);
    }
    browser.complaints().stream()
        .filter(line -> !line.contains("404 (Not Found)"))
        .forEach(line -> found.add(name + ": " + line));
    return found;
  }

  private static void picture(String name) {
    var file = PICTURES.resolve(name + ".png");
    browser.picture(file);
    if (Boolean.getBoolean("remit.pictures")) {
      try {
        var kept = ROOT.resolve("docs/console").resolve(name + ".png");
        Files.createDirectories(kept.getParent());
        Files.copy(file, kept, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  private static void signIn(Person person) {
    browser.forget().open(rig.origin() + "/signin").await("main");
    signIn(browser, rig, person);
  }

  /** Gives the browser a session. */
  static void signIn(Browser browser, ConsoleRig rig, Person person) {
    browser.cdp(
        "Network.setCookie",
        Value.object(
            "name",
            "__Host-remit",
            "value",
            rig.session(person),
            "url",
            rig.origin() + "/",
            "path",
            "/",
            "secure",
            true,
            "httpOnly",
            true));
  }
}

package dev.remit.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.register.AgentState;
import dev.remit.core.value.Value;
import dev.remit.testkit.browser.Axe;
import dev.remit.testkit.browser.Browser;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The console in a real Chromium without a mouse, and what its scripts do. */
class ConsoleKeyboardTest {

  private static final String TAB = "\uE004";
  private static final String ENTER = "\uE007";
  private static final String ESCAPE = "\uE00C";
  private static final Path ROOT = Path.of(System.getProperty("remit.root", "..")).toAbsolutePath();

  private static ConsoleRig rig;
  private static Browser browser;

  @BeforeAll
  static void start() {
    rig = new ConsoleRig();
    browser = Browser.start();
    rig.giveKeys(Team.APPROVER);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    rig.close();
  }

  @BeforeEach
  void signIn() {
    browser.forget().size(1280, 800, false).prefers("light").open(rig.origin() + "/signin");
    ConsoleGalleryTest.signIn(browser, rig, Team.APPROVER);
    open("/console/inbox");
  }

  @Test
  void jAndKMoveAndEnterOpens() {
    browser.press("j");
    assertThat(focus()).isEqualTo("card-harbor-dental-p-article-1");
    browser.press("j", "j");
    assertThat(focus()).isEqualTo("card-harbor-dental-p-restart-1");
    browser.press("k");
    assertThat(focus()).isEqualTo("card-harbor-dental-p-script-1");
    browser.press(ENTER).await(".card-head");
    assertThat(browser.url()).endsWith("/console/card/harbor-dental/p-script-1");
  }

  @Test
  void aTaskIsHeldAndACallIsMadeWithoutAMouse() {
    ConsoleGalleryTest.signIn(browser, rig, Team.OPERATOR);
    open("/console/task/harbor-dental/task-1/turn/hold");
    browser.click("#reason").press("o", "d", "d", ENTER, TAB, ENTER).await(".card-head");
    assertThat(browser.url()).endsWith("/console/task/harbor-dental/task-1");
    open("/console/task/harbor-dental/task-1/call/rmm_restart_service");
    browser.click("#a-device").press("1", ENTER).await("#told");
    assertThat(browser.text("main"))
        .contains("succeeded")
        .contains("the service <b>runs</b> again");
  }

  @Test
  void gAndALetterGoToAPage() {
    browser.press("g", "p").await("[aria-current=page][href='/console/posture']");
    browser.press("g", "t").await("[aria-current=page][href='/console/tasks']");
    browser.press("g", "i").await("[aria-current=page][href='/console/inbox']");
  }

  @Test
  void singleKeysCanBeTurnedOffAndDoNothingWhileTyping() {
    open("/console/card/harbor-dental/p-restart-1");
    browser.click("#reason").press("g", "p", "j");
    assertThat(browser.run("return document.getElementById('reason').value"))
        .isEqualTo(Value.of("gpj"));
    open("/console/inbox");
    browser.press("?").await("dialog[open]").click("[data-shortcuts-off]").press(ESCAPE);
    browser.press("j");
    assertThat(focus()).doesNotStartWith("card-");
    browser.run("localStorage.clear()");
  }

  @Test
  void everythingOnACardIsReachedWithTheTabulator() {
    open("/console/card/harbor-dental/p-restart-1");
    boolean hasSkip = false;
    boolean hasApprove = false;
    boolean hasRefuse = false;
    for (int i = 0; i < 30; i++) {
      browser.press(TAB);
      String text =
          ((Value.Text) browser.run("return document.activeElement.innerText || ''")).value();
      hasSkip |= text.contains("Skip to content");
      hasApprove |= text.contains("Approve with passkey");
      hasRefuse |= text.contains("Refuse");
    }
    assertThat(hasSkip && hasApprove && hasRefuse).isTrue();
  }

  @Test
  void noSingleKeyAnswers() {
    open("/console/card/harbor-dental/p-restart-1");
    for (char key = 'a'; key <= 'z'; key++) {
      if (key != 'g') {
        browser.press(String.valueOf(key));
      }
    }
    assertThat(browser.url()).endsWith("/console/card/harbor-dental/p-restart-1");
    assertThat(browser.text("#live")).contains("0 of 1");
  }

  @Test
  void anEffectIsTickedAndCertifiedWithoutAMouse() {
    ConsoleGalleryTest.signIn(browser, rig, Team.OVERSEER);
    open("/console/oversight/harbor-dental");
    assertThat(certified()).contains("Tick the effects");
    tabTo("document.activeElement.name === 'call'");
    browser.press(" ");
    var name = browser.addAuthenticator();
    assertThat(certified()).contains("your passkey did not sign");
    browser.removeAuthenticator(name);
    assertThat(browser.has("input[name=call]:checked")).isTrue();
    assertThat(rig.desk.overseeing.done).isEmpty();
  }

  @Test
  void anOwnerCertifiesAnAgentAndSuspendsItWithoutAMouse() {
    rig.desk.agents.state = AgentState.ACTIVE;
    rig.desk.agents.owner = Team.OVERSEER.id();
    ConsoleGalleryTest.signIn(browser, rig, Team.OVERSEER);
    open("/console/agents");
    var name = browser.addAuthenticator();
    tabTo("document.activeElement.closest('form[data-certify-agent]') !== null");
    browser.press(ENTER).await("form[data-certify-agent] .error:not(:empty)");
    assertThat(browser.text("form[data-certify-agent] .error"))
        .contains("your passkey did not sign");
    browser.removeAuthenticator(name);
    assertThat(rig.desk.agents.done).isEmpty();
    tabTo("(document.activeElement.href || '').endsWith('/service-desk/turn/suspend')");
    browser.press(ENTER).await("#reason");
    browser.click("#reason").press("o", "d", "d", ENTER, TAB, ENTER).await("#agent-service-desk");
    assertThat(rig.desk.agents.done).containsExactly("suspend service-desk by staff/olga");
  }

  /** What the page says after the button to certify was reached and pressed by keys. */
  private static String certified() {
    tabTo("document.activeElement.value === 'certify'");
    browser.press(ENTER).await("#certify-error:not(:empty)");
    return browser.text("#certify-error");
  }

  private static void tabTo(String condition) {
    browser.run("document.activeElement.blur()");
    for (int i = 0; i < 60; i++) {
      browser.press(TAB);
      if (browser.run("return " + condition).equals(Value.of(true))) {
        return;
      }
    }
    throw new AssertionError("no tabulator leads there: " + condition);
  }

  @Test
  void theThemeIsToggledAndKept() {
    browser.click("[data-theme-toggle]").await("html[data-theme=dark]");
    open("/console/agents");
    assertThat(browser.has("html[data-theme=dark]")).isTrue();
    browser.click("[data-theme-toggle]").await("html[data-theme=light]");
  }

  @Test
  void aRefusalWithoutAReasonIsNotSent() {
    open("/console/card/harbor-dental/p-restart-1");
    browser.click("#answer .danger").await("#reason[aria-invalid=true]");
    assertThat(browser.text("#answer-error")).contains("Say why");
  }

  @Test
  void aKeyThatIsNotThereSignsNothingAndThePageSaysSo() {
    var name = browser.addAuthenticator();
    open("/console/card/harbor-dental/p-restart-1");
    browser.click("#answer .primary").await("#answer-error:not(:empty)");
    assertThat(browser.text("#answer-error")).contains("nothing was sent");
    browser.removeAuthenticator(name);
  }

  @Test
  void listsLookAgainByThemselves() {
    browser.run("htmx.trigger('#list', 'x'); document.querySelector('#list').dataset.old = 'yes'");
    rig.estate.cards.removeIf(card -> card.id().value().equals("p-restart-2"));
    browser.run(
        "return htmx.ajax('GET', '/console/inbox/list', {target: '#list', swap: 'outerHTML'})");
    browser.await("#list:not([data-old])");
    assertThat(browser.text("#mine")).contains("4");
    assertThat(browser.complaints()).noneMatch(line -> line.contains("Security Policy"));
  }

  @Test
  void aScriptInACardDoesNotRun() {
    open("/console/card/harbor-dental/p-script-1");
    assertThat(browser.text("main")).contains("<script>alert('x')</script>");
    assertThat(browser.run("return document.querySelectorAll('main script').length"))
        .isEqualTo(Value.of(0));
  }

  @Test
  void theLooksAtPagesFindWhatIsWrong() {
    var axe = Axe.install(ROOT.resolve("web/target/axe"));
    browser.run(
        "document.documentElement.removeAttribute('lang');"
            + "document.querySelector('.cover').textContent = ''");
    assertThat(axe.violations(browser)).hasSizeGreaterThanOrEqualTo(2);
    browser.run(
        "const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
            + "document.body.append(s)");
    assertThat(browser.run("return window.ran || 0")).isEqualTo(Value.of(0));
    assertThat(browser.complaints()).anyMatch(line -> line.contains("Content Security Policy"));
  }

  private static void open(String path) {
    browser.open(rig.origin() + path).await("main");
  }

  private static String focus() {
    return ((Value.Text) browser.run("return document.activeElement.id || ''")).value();
  }
}

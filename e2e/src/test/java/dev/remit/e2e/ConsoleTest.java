package dev.remit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.value.Value;
import dev.remit.testkit.browser.Axe;
import dev.remit.testkit.browser.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * People in a real Chromium at the real server: they sign in at the lab's issuers, register keys
 * with a virtual authenticator and answer what an agent waits for. The steps build on each other.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleTest {

  private static final int DOMAIN_CONTROLLER = 1010;

  private static Estate estate;
  private static Browser browser;
  private static Axe axe;
  private static String site;
  private static String task = "";
  private static Agent.Result waiting = new Agent.Result(0, Value.Obj.EMPTY);

  @BeforeAll
  static void start() {
    browser = Browser.start();
    axe = Axe.install(Home.TARGET.resolve("axe"));
    estate = Estate.shared().withServer("console");
    site = estate.server().peopleUrl().replace("127.0.0.1", "localhost");
    for (var issuer : List.of("staff", "harbor-dental", "northwind-legal", "summit-freight")) {
      estate
          .lab()
          .post(
              "/v1/people/redirects",
              Value.object("redirectUri", site + "/signin/callback/" + issuer));
    }
    browser.size(1280, 800, false).addAuthenticator();
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (estate != null) {
      estate.server().close();
    }
  }

  @Test
  @Order(1)
  void theFirstAdministratorRegistersAKeyWithTheCodeOfTheMachine() {
    signIn("Example MSP", "staff", "Ada Lindqvist");
    assertThat(browser.url()).endsWith("/console/inbox");
    var code = code(Value.Obj.EMPTY);
    browser.open(site + "/console/keys").type("#label", "ada's laptop").type("#code", code);
    browser.click("#register button").await(".badge.ok");
    assertThat(browser.text(".cards")).contains("ada's laptop", "counts");
    check("keys");
  }

  @Test
  @Order(2)
  void aTechniciansKeyWaitsForTheAdministratorsAnswer() {
    signIn("Example MSP", "staff", technician());
    browser.open(site + "/console/inbox");
    assertThat(browser.text("#list")).contains("You have no passkey");
    browser.open(site + "/console/keys").type("#label", "desk key").click("#register button");
    browser.await("#say:not(:empty)");
    assertThat(browser.text("#say")).contains("somebody else has to answer first");

    signIn("Example MSP", "staff", "Ada Lindqvist");
    browser.open(site + "/console/inbox").click(".cover").await("#answer");
    check("key-card");
    browser.click("#answer .primary").await("#live[data-state]:not([data-state=OPEN])");
    assertThat(browser.text("#live")).contains("1 of 1");

    signIn("Example MSP", "staff", technician());
    browser.open(site + "/console/keys");
    assertThat(browser.text(".cards")).contains("desk key", "counts");
  }

  @Test
  @Order(3)
  void aClientsFirstApproverRegistersAKeyWithACodeForThatClient() {
    signIn("Harbor Dental", "harbor-dental", approver());
    var code = code(Value.object("tenant", Estate.HARBOR));
    browser.open(site + "/console/keys").type("#label", "front desk").type("#code", code);
    browser.click("#register button").await(".badge.ok");
    assertThat(browser.text(".cards")).contains("front desk");
  }

  @Test
  @Order(4)
  void anAgentsCallWaitsInBothInboxes() {
    var agent = estate.agent(Estate.CHANGE);
    var ticket = estate.lab().ticket(1, DOMAIN_CONTROLLER);
    task = agent.open("restart-service", ticket, Calls.device(DOMAIN_CONTROLLER));
    waiting = agent.call(Calls.RESTART, Calls.restart(task, DOMAIN_CONTROLLER));
    assertThat(handle()).isNotEmpty();

    signIn("Example MSP", "staff", technician());
    browser.open(site + "/console/inbox");
    assertThat(browser.text("#list")).contains("Waiting for you", "Harbor Dental", "0 of 2");
    check("inbox");
    browser.click(".cover").await("#answer");
    assertThat(browser.text("main"))
        .contains("domain-controller", "Spooler", "proven", "high risk".substring(5))
        .contains("written by the agent", "msp.senior-technicians", "tenant.approvers");
    check("card");
  }

  @Test
  @Order(5)
  void oneAnswerOfEachSideReleasesExactlyThatCallOnce() {
    long before = estate.lab().effects(DOMAIN_CONTROLLER);
    browser.click("#answer .primary").await(".given");
    assertThat(browser.text("#live")).contains("1 of 1", "0 of 1", "approved");
    assertThat(resume().outcome()).isNotEqualTo("succeeded");

    signIn("Harbor Dental", "harbor-dental", approver());
    browser.open(site + "/console/inbox").click(".cover").await("#answer");
    check("card-of-client");
    browser.click("#answer .primary").await("#live[data-state]:not([data-state=OPEN])");
    assertThat(resume().outcome()).isEqualTo("succeeded");
    assertThat(resume().outcome()).isEqualTo("succeeded");
    assertThat(estate.lab().effects(DOMAIN_CONTROLLER)).isEqualTo(before + 1);
  }

  @Test
  @Order(6)
  void thePathOfTheCallIsOnOneScreen() {
    browser.open(site + "/console/trail/harbor-dental").await("tbody th a");
    check("trail");
    browser.click("tbody th a").await(".path");
    assertThat(browser.text(".path"))
        .contains("Request", "Decision", "needs approval", "Proposal", "Answer", "approved")
        .contains("Lease", "Read-back", "Outcome", "succeeded");
    check("call");
  }

  @Test
  @Order(7)
  void aClientsPersonFindsNothingOfAnotherClient() {
    for (var page : List.of("inbox", "agents", "tenants", "posture", "keys", "tasks", "trail")) {
      browser.open(site + "/console/" + page).await("main");
      assertThat(browser.text("body").toLowerCase(java.util.Locale.ROOT))
          .as(page)
          .doesNotContain("northwind", "summit");
    }
    browser.open(site + "/console/trail/northwind-legal").await("main");
    assertThat(browser.text("main")).contains("There is nothing here for you");
  }

  @Test
  @Order(8)
  void aRefusalNeedsAReasonAndEndsTheRequest() {
    var agent = estate.agent(Estate.CHANGE);
    var ticket = estate.lab().ticket(1, DOMAIN_CONTROLLER);
    task = agent.open("restart-service", ticket, Calls.device(DOMAIN_CONTROLLER));
    waiting = agent.call(Calls.RESTART, Calls.restart(task, DOMAIN_CONTROLLER));
    browser.open(site + "/console/inbox").click(".cover").await("#answer");
    browser.click("#answer .danger").await("#reason[aria-invalid=true]");
    browser.type("#reason", "not during opening hours").click("#answer .danger");
    browser.await("#live[data-state=REFUSED]");
    assertThat(browser.text("#live")).contains("refused", "not during opening hours");
    long before = estate.lab().effects(DOMAIN_CONTROLLER);
    assertThat(resume().outcome()).isEqualTo("refused");
    assertThat(estate.lab().effects(DOMAIN_CONTROLLER)).isEqualTo(before);
  }

  @Test
  @Order(9)
  void pagesHoldToWcagWithWhatReallyHappened() {
    signIn("Example MSP", "staff", "Ada Lindqvist");
    for (var page : List.of("agents", "tenants", "posture", "tasks", "trail", "keys")) {
      browser.open(site + "/console/" + page).await("main");
      check(page);
    }
  }

  @Test
  @Order(10)
  void signingOutEndsTheSession() {
    browser.click("form[action='/signout'] button").await(".doors");
    browser.open(site + "/console/inbox").await(".doors");
    assertThat(browser.url()).contains("/signin");
  }

  private static Agent.Result resume() {
    return estate.agent(Estate.CHANGE).call("remit_continue", Value.object("handle", handle()));
  }

  private static String handle() {
    return waiting
        .result()
        .object("_meta")
        .flatMap(meta -> meta.text("dev.remit/handle"))
        .orElse("");
  }

  /** Opens a one-time code as the machine's owner and reads it from the data folder. */
  private static String code(Value.Obj wanted) {
    var answer = estate.server().peoplePost("/v1/first-key", wanted);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    try {
      var lines = Files.readAllLines(estate.server().data().resolve("first-key"));
      return lines.getLast().strip();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Goes the whole way in the browser: our page, the issuer's form, back. */
  private static void signIn(String organisation, String issuer, String name) {
    browser.open(site + "/signin").forget().open(site + "/signin").await(".door");
    browser.open(site + "/signin/start/" + issuer).await("form button");
    browser.run(
        "[...document.querySelectorAll('button[name=person]')]"
            + ".find((one) => one.textContent.includes(arguments[0])).click()",
        name);
    browser.await("main");
    assertThat(browser.has(".top")).as(browser.url() + " " + browser.text("body")).isTrue();
    assertThat(browser.text(".who")).as(organisation).contains(name);
  }

  private static String technician() {
    return people("msp", "senior-technicians").getFirst();
  }

  /** Not the first one, who opens the lab's tickets and so answers for none of them. */
  private static String approver() {
    return people("harbor-dental", "it-approvers").get(1);
  }

  /** Names of the accounts of a group, as the lab tells them. */
  private static List<String> people(String organisation, String group) {
    var people = (Value.Obj) estate.lab().state("people");
    return people.items(organisation).stream()
        .map(account -> (Value.Obj) account)
        .filter(account -> account.items("groups").contains(Value.of(group)))
        .map(account -> account.text("name").orElseThrow())
        .toList();
  }

  private static void check(String name) {
    var found = new ArrayList<String>();
    axe.violations(browser).forEach(violation -> found.add(name + ": " + violation));
    browser.complaints().stream()
        .filter(line -> line.contains("Content Security Policy") || line.contains("TypeError"))
        .forEach(line -> found.add(name + ": " + line));
    assertThat(found).isEmpty();
    browser.picture(Home.TARGET.resolve("console").resolve(name + ".png"));
  }
}

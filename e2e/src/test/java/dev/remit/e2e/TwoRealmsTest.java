package dev.remit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.lease.Broker.Gone;
import dev.remit.core.lease.Broker.Made;
import dev.remit.core.lease.Broker.NotMade;
import dev.remit.core.value.Value;
import dev.remit.testkit.browser.Browser;
import dev.remit.testkit.people.Keycloak;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * People of two organisations in a real Chromium: they sign in on the pages of a real Keycloak,
 * each in their own realm, and answer together what an agent waits for. The steps build on each
 * other.
 */
@Tag("keycloak")
@EnabledIfSystemProperty(named = "remit.keycloak", matches = ".+")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoRealmsTest {

  private static final int DOMAIN_CONTROLLER = 1010;
  private static final String STAFF = "staff";
  private static final Pattern ACTION = Pattern.compile("<form[^>]*action=\"([^\"]+)\"");

  private static Estate estate;
  private static Keycloak keycloak;
  private static Browser browser;
  private static String site;

  @BeforeAll
  static void start() {
    browser = Browser.start();
    keycloak = Keycloak.in(Path.of(System.getProperty("remit.keycloak")));
    estate = Estate.shared().withPeopleOf(keycloak, "two-realms");
    site = estate.server().site();
    keycloak.start(site + "/signin/callback/");
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
    if (keycloak != null) {
      keycloak.close();
    }
  }

  @Test
  @Order(1)
  void peopleOfBothRealmsSignInAndRegisterKeys() {
    signIn(STAFF, "ada");
    register("ada's laptop", code(Value.Obj.EMPTY)).await(".badge.ok");

    signIn(STAFF, "ann");
    browser.open(site + "/console/keys").type("#label", "desk key").click("#register button");
    browser.await("#say:not(:empty)");
    assertThat(browser.text("#say")).contains("somebody else has to answer first");

    signIn(STAFF, "ada");
    browser.open(site + "/console/inbox").click(".cover").await("#answer");
    browser.click("#answer .primary").await("#live[data-state]:not([data-state=OPEN])");

    signIn(Estate.HARBOR, "ann");
    register("front desk", code(Value.object("tenant", Estate.HARBOR))).await(".badge.ok");
  }

  @Test
  @Order(2)
  void oneOfEachRealmAnswersAndTheCallIsMadeOnce() {
    var agent = estate.agent(Estate.CHANGE);
    var ticket = estate.lab().ticket(1, DOMAIN_CONTROLLER);
    var task = agent.open("restart-service", ticket, Calls.device(DOMAIN_CONTROLLER));
    var waiting = agent.call(Calls.RESTART, Calls.restart(task, DOMAIN_CONTROLLER));
    var handle =
        Value.object(
            "handle",
            waiting
                .result()
                .object("_meta")
                .flatMap(meta -> meta.text("dev.remit/handle"))
                .orElseThrow());
    long before = estate.lab().effects(DOMAIN_CONTROLLER);

    signIn(STAFF, "ann");
    browser.open(site + "/console/inbox").click(".cover").await("#answer");
    browser.click("#answer .primary").await(".given");
    assertThat(agent.call("remit_continue", handle).outcome()).isNotEqualTo("succeeded");

    signIn(Estate.HARBOR, "ann");
    browser.open(site + "/console/inbox").click(".cover").await("#answer");
    browser.click("#answer .primary").await("#live[data-state]:not([data-state=OPEN])");
    assertThat(agent.call("remit_continue", handle).outcome()).isEqualTo("succeeded");
    assertThat(agent.call("remit_continue", handle).outcome()).isEqualTo("succeeded");
    assertThat(estate.lab().effects(DOMAIN_CONTROLLER)).isEqualTo(before + 1);
  }

  @Test
  @Order(3)
  void anAccountOfOneRealmIsNobodyWhereTheOtherIsAsked() {
    var code = codeOfStaff();
    for (var vouching : List.of(Keycloak.MSP, Keycloak.HARBOR)) {
      fresh(Estate.HARBOR);
      var state = parameter(browser.url(), "state");
      browser.open(
          site
              + "/signin/callback/"
              + Estate.HARBOR
              + "?code="
              + code
              + "&state="
              + state
              + "&iss="
              + keycloak.issuer(vouching));
      assertThat(browser.has(".top")).as(browser.text("body")).isFalse();
      browser.open(site + "/console/inbox").await(".doors");
      assertThat(browser.url()).contains("/signin");
    }
  }

  @Test
  @Order(4)
  void aWrongPasswordSignsNobodyIn() {
    fresh(Estate.HARBOR).type("#username", "ada").type("#password", Keycloak.PASSWORD);
    browser.click("#kc-login").await("#username");
    assertThat(browser.url()).startsWith(keycloak.issuer(Keycloak.HARBOR));
    browser.open(site + "/console/inbox").await(".doors");
  }

  @Test
  @Order(5)
  void aTokenOfARealmIsLeasedRevokedAndReadBack() {
    try (var vendor = new VendorRealm(keycloak, Keycloak.SECRET)) {
      var lease = vendor.lease("openid", Duration.ofMinutes(30));
      var token = ((Made) vendor.issue(lease)).credential();
      assertThat(vendor.works(token)).isTrue();
      assertThat(vendor.revoke(lease, token)).isInstanceOf(Gone.class);
      assertThat(vendor.works(token)).isFalse();
      assertThat(vendor.revoke(lease, token)).isInstanceOf(Gone.class);
      assertThat(vendor.issue(vendor.lease("no-such-scope", Duration.ofMinutes(30))))
          .isInstanceOf(NotMade.class);
      assertThat(vendor.issue(vendor.lease("openid", Duration.ofSeconds(10))))
          .as("a token that would outlive its lease")
          .isInstanceOf(NotMade.class);
    }
    try (var vendor = new VendorRealm(keycloak, "another secret")) {
      assertThat(vendor.issue(vendor.lease("openid", Duration.ofMinutes(30))))
          .isInstanceOf(NotMade.class);
    }
  }

  /** The code with which the MSP's realm sends its `ann` back; it never reaches the server. */
  private static String codeOfStaff() {
    var address =
        keycloak.issuer(Keycloak.MSP)
            + "/protocol/openid-connect/auth?response_type=code&scope=openid&client_id="
            + Keycloak.CLIENT
            + "&redirect_uri="
            + encoded(site + "/signin/callback/" + STAFF)
            + "&state=s&nonce=n&code_challenge_method=S256&code_challenge="
            + "c".repeat(43);
    try (var http = HttpClient.newHttpClient()) {
      var asked = HttpRequest.newBuilder(URI.create(address)).GET().build();
      var page = http.send(asked, HttpResponse.BodyHandlers.ofString());
      var action = ACTION.matcher(page.body());
      assertThat(action.find()).as(page.body()).isTrue();
      // By hand: they are for secure pages only, and browsers take this machine for one.
      var cookies =
          page.headers().allValues("set-cookie").stream()
              .map(cookie -> cookie.split(";", 2)[0])
              .collect(Collectors.joining("; "));
      var login =
          HttpRequest.newBuilder(URI.create(action.group(1).replace("&amp;", "&")))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .header("Cookie", cookies)
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      "username=ann&password=" + encoded(Keycloak.PASSWORD)))
              .build();
      var back = http.send(login, HttpResponse.BodyHandlers.discarding());
      return parameter(back.headers().firstValue("location").orElseThrow(), "code");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String parameter(String address, String name) {
    for (var pair : address.substring(address.indexOf('?') + 1).split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return pair.substring(name.length() + 1);
      }
    }
    throw new AssertionError("no `" + name + "` in " + address);
  }

  private static Browser register(String label, String code) {
    browser.open(site + "/console/keys").type("#label", label).type("#code", code);
    return browser.click("#register button");
  }

  /** The login page of an issuer, for somebody whom no realm remembers. */
  private static Browser fresh(String issuer) {
    browser.open(site + "/signin").forget();
    return browser.open(site + "/signin/start/" + issuer).await("#username");
  }

  private static void login(String account) {
    browser.type("#username", account).type("#password", Keycloak.PASSWORD).click("#kc-login");
  }

  /** The whole way: our page, the realm's own login page, back. */
  private static void signIn(String issuer, String account) {
    fresh(issuer);
    login(account);
    browser.await(".top");
    assertThat(browser.url()).startsWith(site + "/console/");
  }

  /** Opens a one-time code as the machine's owner and reads it from the data folder. */
  private static String code(Value.Obj wanted) {
    var answer = estate.server().peoplePost("/v1/first-key", wanted);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    try {
      return Files.readAllLines(estate.server().data().resolve("first-key")).getLast().strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

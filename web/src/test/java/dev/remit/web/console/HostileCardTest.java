package dev.remit.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.Card;
import dev.remit.core.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What agents, tickets and vendors write stays text on a page, and all of it is there. */
class HostileCardTest {

  private static final Pages PAGES = new Pages();
  private static final Assets ASSETS = new Assets();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "\"><svg onload=alert(1)>",
        "' autofocus onfocus=alert(1) x='",
        "</textarea><script>alert(1)</script>",
        "</dd></dl></section><form action=//evil.example>",
        "javascript:alert(1)",
        "{{constructor.constructor('alert(1)')()}}",
        "<!--",
        "]]>",
        "<base href=//evil.example>",
        "<meta http-equiv=refresh content=0;url=//evil.example>",
        "<a hx-get=/console/keys hx-trigger=load>x</a>"
      })
  void markupAnywhereInACardStaysText(String hostile) {
    String page = page(everywhere(hostile));
    assertThat(skeleton(page)).isEqualTo(skeleton(page(everywhere("harmless words"))));
  }

  @Test
  void aPageHoldsNoScriptOfItsOwnAndNoHandler() {
    for (var tag : skeleton(page(Sample.restart()))) {
      assertThat(tag).doesNotContain(" on", " style", " srcdoc");
    }
    assertThat(page(Sample.restart())).doesNotContain("<script>", "<style", "javascript:");
  }

  @Test
  void aMebibyteOfArgumentsIsShownWhole() {
    String mebibyte = "line of a script with <b>markup</b> &amp; more\n".repeat(23_000);
    var card =
        Sample.with(Sample.restart(), Value.object("script", mebibyte), Optional.of("please"));
    String page = page(card);
    assertThat(count(page, "line of a script with &lt;b&gt;markup")).isEqualTo(23_000);
    assertThat(page).contains("value long").contains("characters, 23,001 lines");
  }

  @Test
  void charactersThatCannotBeSeenAreCountedAtTheTop() {
    String page = page(Sample.hostile());
    assertThat(page)
        .contains("holds characters that cannot be seen")
        .contains("U+202E right-to-left override", "U+200B zero width space", "×");
    assertThat(page.indexOf("holds characters")).isLessThan(page.indexOf("What will happen"));
    assertThat(page).doesNotContain("\u202E", "\u200B", "\u2066");
  }

  @Test
  void aCardWithoutThemDoesNotWarn() {
    assertThat(page(Sample.restart())).doesNotContain("cannot be seen");
  }

  @Test
  void whatTheAgentWroteIsMarkedAsSuch() {
    String page = page(Sample.restart());
    assertThat(page).contains("written by the agent", "claimed by the agent", "from the ticket");
    assertThat(page).contains("nobody checked it");
  }

  @Test
  void everythingADecisionNeedsIsOnTheCard() {
    assertThat(page(Sample.restart()))
        .contains("Harbor Dental", "proven", "production", "high risk")
        .contains("HD-DC01", "domain-controller", "your answer is bound to it")
        .contains("rmm_restart_service", "wait_seconds", "90")
        .contains("Why you are asked", "restart-service/domain-controllers")
        .contains("T-4711", "Nobody can open the patient list", "r.meyer (front desk)")
        .contains("service-desk/harbor-dental/production/change", "service-managers")
        .contains("J. Okafor", "Example MSP", "checked: the second controller is up")
        .contains("msp.senior-technicians", "1 of 1", "tenant.approvers", "0 of 1")
        .contains("28 min left")
        .contains(Sample.DIGEST);
  }

  @Test
  void aReplacedTextIsADifference() {
    String page = page(Sample.article());
    assertThat(page)
        .contains("class=\"removed\"", "class=\"added\"")
        .contains("3. Ask the service desk for the driver.", "4. Print a test page.")
        .contains("+3 lines", "−2 lines");
  }

  @Test
  void whoMayNotAnswerIsToldWhyAndGetsNoButton() {
    String page = page(Sample.forOthers(Sample.restart()));
    assertThat(page).contains("you requested this yourself").doesNotContain("data-grant");
  }

  @Test
  void onlyEqualRequestsAreOfferedTogether() {
    var card = Sample.restart();
    assertThat(CardView.isEqual(card, Sample.named(card, "other"))).isTrue();
    assertThat(CardView.isEqual(card, card)).isFalse();
    var other = Sample.named(card, "other");
    assertThat(
            CardView.isEqual(
                card, Sample.with(other, Value.object("device", "1043"), card.prompt())))
        .isFalse();
    assertThat(CardView.isEqual(card, Sample.named(Sample.article(), "x"))).isFalse();
  }

  @Test
  void aPersonWhoMustBeSeenAgainCannotGrantYet() {
    var view =
        new CardView(Sample.hostile(), "x", List.of(), Optional.empty(), Sample.NOW)
            .signedInAgain("staff");
    String page = render(view);
    assertThat(page)
        .contains("/signin/start/staff?again=1&amp;return=/console/card/harbor-dental/p-script-1")
        .doesNotContain("value=\"GRANT\"")
        .contains("value=\"REFUSE\"");
  }

  private static Card.Step step(String text) {
    return new Card.Step(
        text,
        "destructive",
        true,
        Value.object("name", text),
        Optional.empty(),
        List.of(new Card.Target(text, text, Value.object(text, text))),
        List.of(text));
  }

  @Test
  void eachStepOfAPlanIsShownWholeAndMarkupInItStaysText() {
    String last = "x".repeat(20_000) + "the-end";
    String page = page(everywhere("plain", List.of(step("<script>a()</script>"), step(last))));
    assertThat(page).contains("Step 1 of 2", "Step 2 of 2", "the-end").doesNotContain("<script>a");
    assertThat(count(page, last)).isGreaterThanOrEqualTo(3);
    assertThat(page).contains("data-withdraw=\"/v1/approvals/harbor-dental/p-restart-1/withdraw\"");
    var hidden =
        new CardView(
            everywhere("plain", List.of(step("a\u202eb"))),
            "x",
            List.of(),
            Optional.empty(),
            Sample.NOW);
    assertThat(hidden.hidden()).containsKey("U+202E right-to-left override");
  }

  private static Card everywhere(String text) {
    return everywhere(text, List.of());
  }

  private static Card everywhere(String text, List<Card.Step> steps) {
    var card = Sample.restart();
    return new Card(
        card.id(),
        card.tenant(),
        text,
        text,
        card.state(),
        text,
        text,
        text,
        text,
        Value.object("name", text, text, text),
        Optional.of(new Card.Diff(text, text, text + "\n" + text)),
        List.of(new Card.Target(text, text, Value.object(text, text))),
        List.of(text),
        text,
        text,
        text,
        text,
        text,
        text,
        Optional.of(text),
        List.of(new Card.Need(text, 1, 0)),
        List.of(
            new Card.Given(
                text, text, dev.remit.core.approval.Verdict.REFUSE, text, card.askedAt())),
        card.askedAt(),
        card.answerBy(),
        Optional.empty(),
        true,
        Optional.of(text),
        card.grantChallenge(),
        card.refuseChallenge(),
        card.keys(),
        steps,
        true);
  }

  private static String page(Card card) {
    return render(new CardView(card, card.action(), List.of(), Optional.empty(), Sample.NOW));
  }

  private static String render(CardView view) {
    var reader = new Frame.Reader("R. Reader", "Harbor Dental", "token");
    var frame =
        new Frame(view.title(), Optional.of(Place.INBOX), Optional.of(reader), "auto", ASSETS);
    return new String(PAGES.render("card", frame, view), StandardCharsets.UTF_8);
  }

  private static int count(String page, String part) {
    return page.split(java.util.regex.Pattern.quote(part), -1).length - 1;
  }

  /** All tags in order with the names of their attributes, as a browser would take them. */
  private static List<String> skeleton(String page) {
    var found = new java.util.ArrayList<String>();
    var tag =
        java.util.regex.Pattern.compile(
                "</?[a-zA-Z!][^<>\"']*(?:\"[^\"]*\"[^<>\"']*|'[^']*'[^<>\"']*)*>")
            .matcher(page);
    while (tag.find()) {
      found.add(tag.group().replaceAll("=(\"[^\"]*\"|'[^']*')", ""));
    }
    return found;
  }
}

package dev.remit.web.console;

import dev.remit.core.approval.Card;
import dev.remit.core.approval.Proposal;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A card with what its page works out: words for times, the difference, what cannot be seen.
 *
 * @param title the tool's own title where the active version knows it, else the action
 * @param again where to sign in again before granting; empty where that is not needed
 * @param equals other open proposals that ask for the very same thing
 */
public record CardView(
    Card card, String title, List<Card> equals, Optional<String> again, Instant now) {

  public CardView {
    equals = List.copyOf(equals);
  }

  /** Where its page is. */
  public static String path(Card card) {
    return "/console/card/" + card.tenant().value() + "/" + card.id().value();
  }

  /** Where its page is. */
  public String path() {
    return path(card);
  }

  /** A name for its row, unique on a page. */
  public String anchor() {
    return "card-" + card.tenant().value() + "-" + card.id().value();
  }

  /** The same for a reader whom this issuer has to see again before granting. */
  CardView signedInAgain(String issuer) {
    String path = "/signin/start/" + issuer + "?again=1&return=" + path();
    return new CardView(card, title, equals, Optional.of(path), now);
  }

  /** Where its JSON takes the answer. */
  public String answerPath() {
    return answerPath(card);
  }

  /** Where it is taken back. */
  public String withdrawPath() {
    return path(card).replace("/console/card/", "/v1/approvals/") + "/withdraw";
  }

  /** The steps of a plan, numbered from 1; empty for all else. */
  public List<StepView> steps() {
    return java.util.stream.IntStream.range(0, card.steps().size())
        .mapToObj(i -> new StepView(i + 1, card.steps().get(i)))
        .toList();
  }

  /** Where a card's JSON takes the answer. */
  public static String answerPath(Card card) {
    return "/v1/approvals/" + card.tenant().value() + "/" + card.id().value() + "/answer";
  }

  /** Whether it still waits. */
  public boolean isOpen() {
    return card.state() == Proposal.State.OPEN;
  }

  /** The class of the agent that asks, for a line; the card itself names the whole. */
  public String agentClass() {
    int end = card.agent().indexOf('/');
    return end < 0 ? card.agent() : card.agent().substring(0, end);
  }

  /** Whether an agent's call waits; else it is about people or policy themselves. */
  public boolean isCall() {
    return card.kind().equals("call");
  }

  /** Who stands behind it, as far as that is told. */
  public List<CallView.Fact> origin() {
    return java.util.stream.Stream.of(
            new CallView.Fact("Requester", card.openedBy(), false),
            new CallView.Fact("Agent", card.agent(), false),
            new CallView.Fact("Agent's owner", card.agentOwner(), false),
            new CallView.Fact("Task", card.task(), true))
        .filter(fact -> !fact.text().isBlank())
        .toList();
  }

  /** What it would touch, in a line; empty where it touches no record. */
  public String targets() {
    return card.targets().isEmpty()
        ? ""
        : String.join(", ", card.targets().stream().map(CardView::name).toList());
  }

  /** A target by its name where its record has one. */
  public static String name(Card.Target target) {
    return target
        .attributes()
        .text("name")
        .or(() -> target.attributes().text("hostname"))
        .map(name -> name + " (" + target.kind() + " " + target.id() + ")")
        .orElse(target.kind() + " " + target.id());
  }

  /** The arguments; the one that is shown as a difference is left to it. */
  public List<Arguments.Row> arguments() {
    return Arguments.rows(card.arguments()).stream()
        .filter(row -> card.diff().isEmpty() || !row.name().equals(card.diff().get().argument()))
        .toList();
  }

  /** Old and new text, line by line. */
  public Diff diff() {
    return card.diff().map(diff -> Diff.of(diff.before(), diff.after())).orElse(Diff.of("", ""));
  }

  /** How many answers are there, of how many. */
  public int given() {
    return card.needs().stream().mapToInt(need -> Math.min(need.given(), need.wanted())).sum();
  }

  /** How many answers are wanted. */
  public int wanted() {
    return card.needs().stream().mapToInt(Card.Need::wanted).sum();
  }

  /** The characters of this card that cannot be seen, by name, and how often. */
  public Map<String, Integer> hidden() {
    var texts = new ArrayList<String>();
    texts.addAll(Arguments.texts(card.arguments()));
    card.diff().ifPresent(diff -> texts.addAll(List.of(diff.before(), diff.after())));
    card.prompt().ifPresent(texts::add);
    for (var step : card.steps()) {
      texts.add(step.action());
      texts.addAll(step.changes());
      texts.addAll(Arguments.texts(step.arguments()));
      step.targets().forEach(target -> texts.add(target.id()));
      step.targets().forEach(target -> texts.addAll(Arguments.texts(target.attributes())));
    }
    card.targets().forEach(target -> texts.addAll(Arguments.texts(target.attributes())));
    card.targets().forEach(target -> texts.add(target.id()));
    texts.addAll(List.of(card.ticket(), card.ticketSubject(), card.openedBy(), card.action()));
    return Visible.census(texts);
  }

  /** Whether a reader may be offered to answer both at once: all but their names is the same. */
  public static boolean isEqual(Card one, Card other) {
    return !one.id().equals(other.id()) && what(one).equals(what(other));
  }

  private static List<Object> what(Card card) {
    return List.of(
        card.tenant(),
        card.environment(),
        card.kind(),
        card.action(),
        card.risk(),
        (Value) card.arguments(),
        card.diff(),
        card.targets(),
        card.steps(),
        card.why(),
        card.agent(),
        card.needs().stream().map(need -> need.group() + need.wanted()).toList());
  }
}

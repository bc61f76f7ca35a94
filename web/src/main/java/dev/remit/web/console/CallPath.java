package dev.remit.web.console;

import dev.remit.core.value.Value;
import dev.remit.web.console.CallView.Fact;
import dev.remit.web.console.CallView.Step;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the steps of a call out of its entries, in the order in which they happened; an entry of a
 * kind that is not known here is shown as it is, never left out.
 */
final class CallPath {

  private static final Set<String> CODE =
      Set.of(
          "arguments",
          "digest",
          "pin",
          "lease",
          "principal",
          "result",
          "proposal",
          "handle",
          "version",
          "key",
          "instance",
          "targets",
          "callDigest");

  /** Fields that a step shows by itself, or that only programs read. */
  private static final Set<String> SHOWN =
      Set.of("decision", "outcome", "clientData", "authenticatorData", "signature", "agentHeard");

  private final List<Step> steps = new ArrayList<>();

  private CallPath() {}

  static CallView of(Tenancy tenancy, String call, List<Leaf> leaves) {
    var path = new CallPath();
    var first =
        leaves.stream()
            .filter(leaf -> !leaf.field("tool").isEmpty())
            .findFirst()
            .orElse(leaves.getFirst());
    path.request(first);
    leaves.forEach(path::add);
    boolean isOver = leaves.stream().anyMatch(CallPath::isEnd);
    boolean isSent = leaves.stream().anyMatch(leaf -> leaf.kind().equals("intent"));
    if (!isOver && !isSent) {
      path.unreached("Lease", "keys", "no credential was made yet");
    }
    if (!isOver) {
      path.unreached("Outcome", "question", "nothing has come of it yet");
    }
    return new CallView(
        tenancy,
        call,
        title(first),
        last(leaves, "decision").map(Badge::word),
        last(leaves, "outcome").map(Badge::word),
        path.steps);
  }

  static Badge verdict(String word) {
    return switch (word) {
      case "grant" -> new Badge("approved", "check", "ok");
      case "refuse" -> new Badge("refused", "cross", "stop");
      default -> Badge.word(word);
    };
  }

  /** What a call is called: its tool, or that Remit read something for itself. */
  static String title(Leaf leaf) {
    if (!leaf.field("tool").isEmpty()) {
      return leaf.field("tool");
    }
    return leaf.field("agent").equals("remit") ? "a read of Remit's own" : leaf.kind();
  }

  private static boolean isEnd(Leaf leaf) {
    return leaf.kind().equals("outcome")
        || leaf.kind().equals("refusal")
        || leaf.kind().equals("proposal-ended");
  }

  private static Optional<String> last(List<Leaf> leaves, String field) {
    return leaves.stream()
        .map(leaf -> leaf.field(field))
        .filter(word -> !word.isEmpty())
        .reduce((earlier, later) -> later);
  }

  /** Whose call it is: an agent, or a person. */
  static String worker(Leaf leaf) {
    return leaf.field("agent").isEmpty() ? leaf.field("person") : leaf.field("agent");
  }

  private void request(Leaf leaf) {
    var facts = new ArrayList<Fact>();
    for (var name : List.of("agent", "person", "instance", "bound", "taskClass", "ticket")) {
      fact(facts, name, leaf.field(name));
    }
    fact(facts, "targets", leaf.targets());
    leaf.body()
        .object("arguments")
        .ifPresent(sent ->
            Arguments.rows(sent)
                .forEach(row -> facts.add(new Fact("argument " + row.name(), row.text(), true))));
    String said = worker(leaf) + " asked for " + title(leaf);
    add(
        "Request",
        leaf.field("person").isEmpty() ? "robot" : "person",
        said,
        Optional.empty(),
        leaf,
        facts);
  }

  private void add(Leaf leaf) {
    switch (leaf.kind()) {
      case "decision", "refusal" -> decision(leaf);
      case "proposed" ->
          add(
              "Proposal",
              "inbox",
              "asked " + list(leaf, "from") + ", until " + time(leaf.field("answerBy")),
              Optional.empty(),
              leaf,
              some(leaf, "answerBy", "from", "proposal", "handle"));
      case "proposal-read" ->
          add(
              "Read",
              "eye",
              leaf.field("person") + " read the card",
              Optional.empty(),
              leaf,
              List.of());
      case "answered" ->
          add(
              "Answer",
              "person",
              leaf.field("person") + " of " + leaf.field("organisation") + ", signed by a passkey",
              Optional.of(verdict(leaf.field("verdict"))),
              leaf,
              some(leaf, "reason", "groups", "key"));
      case "proposal-granted", "proposal-ended" -> resolution(leaf);
      case "certified", "objected" ->
          add(
              "Oversight",
              "oversight",
              leaf.field("person")
                  + (leaf.kind().equals("certified")
                      ? " found this in order, signed by a passkey"
                      : " objected to this, signed by a passkey"),
              Optional.of(
                  leaf.kind().equals("certified")
                      ? new Badge("certified", "check", "ok")
                      : new Badge("objected", "cross", "stop")),
              leaf,
              some(leaf, "reason", "outcomeDigest", "signedCalls", "key"));
      case "intent" -> intent(leaf);
      case "outcome" -> outcome(leaf);
      default -> add(sentence(leaf.kind()), "dot", "", Optional.empty(), leaf, all(leaf));
    }
  }

  private void decision(Leaf leaf) {
    String reason = leaf.field("reason");
    add(
        "Decision",
        "scale",
        (reason.isEmpty() ? "by " : reason + ", by ") + list(leaf, "determining"),
        Optional.of(leaf.field("decision")).filter(word -> !word.isEmpty()).map(Badge::word),
        leaf,
        some(leaf, "determining", "reason", "version"));
  }

  private void resolution(Leaf leaf) {
    boolean isGranted = leaf.kind().equals("proposal-granted");
    String state = isGranted ? "granted" : leaf.field("state");
    add(
        "Resolution of the proposal",
        "inbox",
        isGranted ? "all answers that were wanted are there" : "the proposal is closed",
        Optional.of(state).filter(word -> !word.isEmpty()).map(Badge::word),
        leaf,
        some(leaf, "useBy", "reason", "why"));
  }

  private void intent(Leaf leaf) {
    add(
        "Decision before the effect",
        "scale",
        "on facts read again, by " + list(leaf, "determining"),
        Optional.of(leaf.field("decision")).filter(word -> !word.isEmpty()).map(Badge::word),
        leaf,
        some(leaf, "determining", "version", "targets"));
    add(
        "Lease",
        "keys",
        "a credential for this effect alone: "
            + leaf.field("principal")
            + ", until "
            + time(leaf.field("leaseEnd")),
        Optional.empty(),
        leaf,
        some(leaf, "principal", "lease", "leaseEnd", "sendBy"));
  }

  private void outcome(Leaf leaf) {
    boolean isGone =
        leaf.fields()
            .object("lease")
            .flatMap(lease -> lease.get("gone"))
            .equals(Optional.of(Value.of(true)));
    if (!leaf.body().isEmpty()) {
      var facts = new ArrayList<Fact>();
      leaf.body().members().forEach((name, value) -> fact(facts, name, Arguments.brief(value)));
      add(
          "Read-back",
          "eye",
          "what the target said around the effect",
          Optional.empty(),
          leaf,
          facts);
    }
    add(
        "Outcome",
        "target",
        isGone ? "the credential was proven gone" : leaf.field("detail"),
        Optional.of(leaf.field("outcome")).filter(word -> !word.isEmpty()).map(Badge::word),
        leaf,
        some(leaf, "detail", "reason", "lease", "result"));
  }

  private void add(
      String name, String icon, String said, Optional<Badge> badge, Leaf leaf, List<Fact> facts) {
    steps.add(new Step(name, icon, said, badge, Optional.of(leaf.at()), leaf.place(), facts));
  }

  private void unreached(String name, String icon, String said) {
    steps.add(new Step(name, icon, said, Optional.empty(), Optional.empty(), "", List.of()));
  }

  /** The items of a list in a line; {@code no rule} where there is none. */
  private static String list(Leaf leaf, String name) {
    var items = leaf.fields().items(name).stream().map(Arguments::brief).toList();
    return items.isEmpty() ? "no rule" : String.join(" and ", items);
  }

  private static List<Fact> some(Leaf leaf, String... names) {
    var facts = new ArrayList<Fact>();
    for (var name : names) {
      fact(facts, name, name.equals("targets") ? leaf.targets() : text(leaf, name));
    }
    return facts;
  }

  private static String text(Leaf leaf, String name) {
    return leaf.fields().items(name).isEmpty() ? leaf.field(name) : list(leaf, name);
  }

  private static List<Fact> all(Leaf leaf) {
    var facts = new ArrayList<Fact>();
    leaf.fields().members().keySet().stream()
        .filter(name -> !SHOWN.contains(name))
        .forEach(name -> fact(facts, name, leaf.field(name)));
    return facts;
  }

  private static void fact(List<Fact> facts, String name, String text) {
    if (!text.isEmpty()) {
      facts.add(new Fact(spaced(name), time(text), CODE.contains(name)));
    }
  }

  /** An instant as a reader says it; any other text as it is. */
  private static String time(String text) {
    try {
      return text.length() < 40 && text.endsWith("Z") ? Moments.full(Instant.parse(text)) : text;
    } catch (DateTimeException e) {
      return text;
    }
  }

  /** {@code leaseEnd} as {@code lease end}. */
  private static String spaced(String name) {
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(java.util.Locale.ROOT);
  }

  private static String sentence(String kind) {
    String words = kind.replace('-', ' ');
    return words.isEmpty() ? "Entry" : Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}

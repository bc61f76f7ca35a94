package dev.remit.cli;

import dev.remit.core.release.Surroundings.Acceptance;
import dev.remit.core.value.Value;
import dev.remit.policy.CompiledPolicies;
import dev.remit.policy.Origin;
import dev.remit.policy.PolicySource;
import dev.remit.policy.reach.Authority;
import dev.remit.policy.reach.Held;
import dev.remit.policy.reach.Inherited;
import dev.remit.policy.reach.OwnList;
import dev.remit.policy.reach.ReachSvg;
import dev.remit.policy.reach.Way;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What {@code remit reach} says of agents on a day. */
record ReachReport(CompiledPolicies policies, List<Authority> authorities, LocalDate today) {

  /** Whether somebody accepts all that is inherited. */
  boolean isAccepted() {
    return authorities.stream().flatMap(one -> one.inherited().stream()).noneMatch(this::isOpen);
  }

  private boolean isOpen(Inherited inherited) {
    var standing = inherited.standing(today);
    return standing.equals("open") || standing.equals("ended");
  }

  String svg(String title) {
    return ReachSvg.of(title, policies.source().release(), authorities, today);
  }

  /** For people. */
  List<String> lines(String folder) {
    var lines = new ArrayList<String>();
    var said = new TreeMap<String, String>();
    authorities.forEach(one -> agent(one, folder, lines, said));
    if (!said.isEmpty()) {
      lines.add("Answers and refusals:");
      said.forEach((id, words) -> lines.add("  " + id + ": " + words));
      lines.add("");
    }
    own(lines);
    return lines.stream().map(Output::printable).toList();
  }

  private void agent(
      Authority authority, String folder, List<String> lines, Map<String, String> said) {
    lines.add(authority.agent().text());
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("TASK CLASS", "TOOL", "EFFECT", "HOW IT GOES"));
    for (var held : authority.tools()) {
      rows.add(
          List.of(held.taskClass(), held.tool().name(), held.tool().effect().text(), words(held)));
      remember(held, said);
    }
    lines.addAll(rows.size() == 1 ? List.of("  no tools") : table(rows));
    for (var inherited : authority.inherited()) {
      lines.add("  inherits: " + inherited.words() + ": " + standing(inherited, folder));
    }
    lines.add("");
  }

  private static List<String> table(List<List<String>> rows) {
    int[] widths = new int[rows.getFirst().size()];
    for (var row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream()
        .map(row -> {
          var line = new StringBuilder("  ");
          for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
          }
          return line.toString().stripTrailing();
        })
        .toList();
  }

  private static void remember(Held held, Map<String, String> said) {
    for (var way : List.of(held.start(), held.ceiling())) {
      way.answers().forEach(one -> said.put(one.policy(), one.words()));
      way.refusals().forEach(one -> said.put(one.policy(), one.words()));
    }
  }

  private static String words(Held held) {
    var start = words(held.start());
    var later =
        held.risesTo() == held.startsAt() || held.ceiling().equals(held.start())
            ? ""
            : "; at " + held.risesTo().text() + ": " + words(held.ceiling());
    return start + later + (held.isDeclared() ? " (declared only)" : "");
  }

  private static String words(Way way) {
    return switch (way.how()) {
      case ALONE -> "alone";
      case PARTLY -> "alone, or after " + ids(way.answers(), false);
      case ASKS -> "after " + ids(way.answers(), true);
      case NEVER -> "never" + (way.refusals().isEmpty() ? "" : ": " + ids(way.refusals(), true));
    };
  }

  private static String ids(List<Way.Said> said, boolean isAlways) {
    return String.join(
        ", ",
        said.stream().map(one -> one.policy() + (isAlways && !one.isAlways() ? "?" : "")).toList());
  }

  private Origin at(Inherited inherited) {
    var reach = inherited.reach();
    return policies
        .source()
        .origins()
        .getOrDefault(
            PolicySource.reachId(reach), new Origin("connectors/" + reach.from() + ".yaml", 1));
  }

  private String standing(Inherited inherited, String folder) {
    var place = " (" + folder + at(inherited) + ")";
    var accepted = inherited.reach().accepted();
    return switch (inherited.standing(today)) {
      case "own" -> "has a tool of its own there";
      case "accepted" ->
          "accepted by "
              + accepted.map(Acceptance::owner).orElse("")
              + " until "
              + accepted.map(one -> one.until().toString()).orElse("")
              + place;
      case "ended" ->
          "NOT ACCEPTED: the acceptance ended on "
              + accepted.map(one -> one.until().toString()).orElse("")
              + place;
      default -> "NOT ACCEPTED by anybody" + place;
    };
  }

  private void own(List<String> lines) {
    var own = OwnList.of(policies.source().release());
    lines.add("No call touches:");
    own.targets().forEach(target -> lines.add("  record " + target));
    lines.add("  groups " + String.join(", ", own.groups()));
    if (!own.approvers().isEmpty()) {
      lines.add("  approvers " + String.join(", ", own.approvers()));
    }
  }

  /** For programs. */
  Value value() {
    List<Value> agents = authorities.stream().map(this::value).toList();
    return Value.object(
        "version", policies.source().release().version().value(),
        "accepted", isAccepted(),
        "agents", new Value.Array(agents),
        "own", own(OwnList.of(policies.source().release())));
  }

  static Value own(OwnList own) {
    return Value.object(
        "targets", Value.texts(own.targets()),
        "groups", Value.texts(own.groups()),
        "approvers", Value.texts(own.approvers()));
  }

  private Value value(Authority authority) {
    List<Value> tools = authority.tools().stream().map(ReachReport::value).toList();
    List<Value> inherited = authority.inherited().stream().map(this::value).toList();
    return Value.object(
        "agent", authority.agent().text(),
        "tools", new Value.Array(tools),
        "inherited", new Value.Array(inherited));
  }

  private static Value value(Held held) {
    return Value.object(
        "taskClass", held.taskClass(),
        "tool", held.tool().name(),
        "connector", held.tool().connector().value(),
        "effect", held.tool().effect().text(),
        "declaredOnly", held.isDeclared(),
        "start", value(held.startsAt().text(), held.start()),
        "ceiling", value(held.risesTo().text(), held.ceiling()));
  }

  private static Value value(String autonomy, Way way) {
    return Value.object(
        "autonomy", autonomy,
        "how", way.how().text(),
        "answers", said(way.answers()),
        "refusals", said(way.refusals()));
  }

  private static Value said(List<Way.Said> said) {
    List<Value> all =
        said.stream()
            .map(one ->
                (Value)
                    Value.object(
                        "policy", one.policy(), "always", one.isAlways(), "words", one.words()))
            .toList();
    return new Value.Array(all);
  }

  private Value value(Inherited inherited) {
    var reach = inherited.reach();
    List<Value> chain =
        inherited.chain().stream()
            .map(step ->
                (Value)
                    Value.object(
                        "tool", step.tool(),
                        "connector", step.reach().to().value(),
                        "effect", step.reach().effect().text()))
            .toList();
    var value =
        Value.object(
            "connector", reach.to().value(),
            "effect", reach.effect().text(),
            "standing", inherited.standing(today),
            "file", at(inherited).file(),
            "line", at(inherited).line(),
            "chain", new Value.Array(chain));
    return reach
        .accepted()
        .map(accepted ->
            value.with(
                "accepted",
                Value.object(
                    "owner", accepted.owner(),
                    "why", accepted.why(),
                    "until", accepted.until().toString())))
        .orElse(value);
  }
}

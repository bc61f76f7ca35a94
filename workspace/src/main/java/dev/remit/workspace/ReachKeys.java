package dev.remit.workspace;

import dev.remit.core.identity.Grade;
import dev.remit.core.release.Surroundings.Acceptance;
import dev.remit.core.release.Surroundings.Reach;
import dev.remit.core.target.ConnectorId;
import dev.remit.policy.Origin;
import dev.remit.workspace.Names.Kind;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code reaches} of a connector's file: other systems that its operations reach. */
final class ReachKeys {
  private static final Form CONNECTOR = Form.matching("a connector", "x", "[a-z][a-z0-9]{0,30}");
  private static final Form EFFECT = Form.oneOf("observe", "low", "high", "destructive");
  private static final Form OPERATION =
      Form.matching("an operation of this connector", "x", "[a-z][a-z0-9_]{0,60}");
  private static final Form DAY =
      new Form("a day in quotes such as \"2027-03-31\"", "2000-01-01", ReachKeys::isDay);

  /** A declaration with its place. */
  record Declared(Reach reach, Origin at) {}

  private ReachKeys() {}

  private static boolean isDay(String text) {
    try {
      return text.length() == 10 && LocalDate.parse(text).getYear() >= 2000;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** All of them; operations are those that the file declares. */
  static List<Declared> read(
      Section connector, ConnectorId from, Set<String> operations, Names names) {
    var all = new ArrayList<Declared>();
    for (var one : connector.optionalSections("reaches")) {
      all.add(new Declared(reach(one, from, all.size() + 1, operations, names), one.origin()));
    }
    return all;
  }

  private static Reach reach(
      Section one, ConnectorId from, int number, Set<String> operations, Names names) {
    var to = one.text("connector", CONNECTOR);
    names.refer(Kind.CONNECTOR, to, one.origin("connector"));
    if (to.equals(from.value())) {
      one.problem("connector", "`" + to + "` is this connector; name another system");
    }
    var effect = Grade.parse(one.text("effect", EFFECT));
    var through = one.texts("through", OPERATION);
    through.stream()
        .filter(operation -> !operations.contains(operation.text()))
        .forEach(operation ->
            one.problem(
                operation.origin(),
                "`" + operation.text() + "` is no operation of this connector; name one of it"));
    var accepted = one.optionalSection("accepted").map(section -> acceptance(section, names));
    one.close();
    return new Reach(
        from,
        number,
        new ConnectorId(to),
        effect,
        through.stream().map(Section.Located::text).collect(Collectors.toSet()),
        accepted);
  }

  private static Acceptance acceptance(Section section, Names names) {
    var owner = section.text("owner", Form.SLUG);
    names.refer(Kind.OWNER, owner, section.origin("owner"));
    var acceptance =
        new Acceptance(
            owner, section.text("why", Form.WORDS), LocalDate.parse(section.text("until", DAY)));
    section.close();
    return acceptance;
  }
}

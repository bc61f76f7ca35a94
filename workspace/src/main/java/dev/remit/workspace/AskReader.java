package dev.remit.workspace;

import dev.remit.core.task.TaskClass.AskRule;
import dev.remit.policy.Origin;
import dev.remit.policy.PolicySource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Rules that ask, as a task class or a tenant's variation of one writes them. */
final class AskReader {
  static final Form CONDITION =
      new Form("a cedar expression", "true", text -> !text.isBlank() && text.length() <= 4_096);
  private static final Form SPAN =
      Form.matching("a number of days or hours such as 30d", "1d", "[1-9][0-9]{0,3}[dh]");

  private final Names names;
  private final Map<String, Origin> origins;
  private final Map<String, Duration> exceptions;

  /** Puts where rules are written, and for how long exceptions may lift them, into these maps. */
  AskReader(Names names, Map<String, Origin> origins, Map<String, Duration> exceptions) {
    this.names = names;
    this.origins = origins;
    this.exceptions = exceptions;
  }

  /** The rules of {@code ask}; their ids begin with this prefix. */
  List<AskRule> read(Section section, String prefix) {
    var rules = new ArrayList<AskRule>();
    var ids = new HashSet<String>();
    int number = 0;
    for (var one : section.optionalSections("ask")) {
      number++;
      var id = prefix + "." + one.optionalText("id", Form.SLUG).orElse(Integer.toString(number));
      if (!ids.add(id)) {
        one.problem("id", "rule `" + id + "` is there twice");
      }
      var condition = one.text("if", CONDITION);
      var asking = Asking.read(one, names);
      exception(one, id);
      one.close();
      origins.put(PolicySource.askId(id), one.origin("if"));
      rules.add(
          new AskRule(id, condition, asking.from(), asking.answerWithin(), asking.useWithin()));
    }
    return rules;
  }

  private void exception(Section rule, String id) {
    rule.optionalSection("exception")
        .ifPresent(exception -> {
          exceptions.put(id, Durations.parse(exception.text("at-most", SPAN)));
          exception.close();
        });
  }
}

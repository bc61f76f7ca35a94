package dev.remit.workspace;

import dev.remit.core.task.TaskClass.Answers;
import dev.remit.workspace.Names.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Whom a rule asks, and for how long: {@code from}, {@code answer-within}, {@code use-within}. */
record Asking(List<Answers> from, Duration answerWithin, Duration useWithin) {
  private static final Pattern PATTERN =
      Pattern.compile("([1-9]) of (msp\\.[a-z0-9-]{1,63}|tenant\\.approvers)");
  static final Form FROM =
      new Form(
          "such as `1 of msp.senior-technicians` or `1 of tenant.approvers`",
          "1 of tenant.approvers",
          text -> PATTERN.matcher(text).matches());

  static Asking read(Section section, Names names) {
    var from = new ArrayList<Answers>();
    for (var located : section.texts("from", FROM)) {
      var matcher = PATTERN.matcher(located.text());
      if (matcher.matches()) {
        String group = matcher.group(2);
        if (group.startsWith("msp.")) {
          names.refer(Kind.GROUP, group.substring("msp.".length()), located.origin());
        }
        from.add(new Answers(Integer.parseInt(matcher.group(1)), group));
      }
    }
    return new Asking(from, section.duration("answer-within"), section.duration("use-within"));
  }
}

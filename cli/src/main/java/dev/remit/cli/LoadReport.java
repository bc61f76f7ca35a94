package dev.remit.cli;

import dev.remit.core.value.Value;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** How much is asked of people, as a terminal shows it. */
final class LoadReport {

  private LoadReport() {}

  static void print(PrintWriter out, Value.Obj load) {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("requests", "requests made");
    lines.put("collapsed", "times the same was asked again while it waited");
    lines.put("answers", "answers given");
    lines.put("grants", "of them grants");
    lines.put("quickGrants", "of those within 5 s of opening the card");
    lines.put("medianSecondsReading", "s from opening a card to the answer, in the middle");
    lines.put("medianSecondsToAnswer", "s from asking to the answer, in the middle");
    lines.put("identical", "answers to what the same person had answered before");
    lines.put("endings", "tasks ended by refusals");
    lines.forEach((name, words) -> out.printf("%8s  %s%n", Output.text(load, name), words));
    out.println();
    Output.table(out, load.items("open"), "nothing waits", "tenant", "group", "open", "cap");
    out.println();
    Output.table(
        out, load.items("perPerson"), "nobody answered anything", "person", "hour", "answers");
  }
}

package dev.remit.cli.demo;

import dev.remit.cli.demo.Act.Played;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Acts on standard output: readable, or one JSON array and nothing else. */
final class Report {

  private final PrintWriter out;
  private final boolean isJson;
  private final List<Played> played = new ArrayList<>();

  Report(PrintWriter out, boolean isJson) {
    this.out = out;
    this.isJson = isJson;
  }

  /** Tells people what they are about to see. */
  void begin() {
    if (!isJson) {
      out.println("The agents use the official MCP Java SDK, which speaks revision 2025-11-25.");
      out.println("Each act shows what happened, and below it what the agent heard.");
    }
  }

  /** Tells an act as soon as it was played. */
  void tell(Played act) {
    played.add(act);
    if (isJson) {
      return;
    }
    out.printf("%s %2d  %s%n", act.agrees() ? "ok      " : "NOT SO  ", played.size(), act.title());
    if (act.agrees()) {
      out.printf("             %s%n", act.actual());
    } else {
      out.printf("             expected  %s%n", act.expected());
      out.printf("             happened  %s%n", act.actual());
    }
    out.printf("             %s%n", act.detail());
    out.flush();
  }

  /** Ends the report; true when every act ended as it should and there was one. */
  boolean end() {
    long agreeing = played.stream().filter(Played::agrees).count();
    if (isJson) {
      List<Value> acts = new ArrayList<>();
      played.forEach(act -> acts.add(value(act)));
      out.println(Json.text(new Value.Array(acts)));
    } else {
      out.printf("%d of %d acts ended as they should%n", agreeing, played.size());
    }
    out.flush();
    return !played.isEmpty() && agreeing == played.size();
  }

  private static Value value(Played act) {
    return Value.object(
        "name", act.name(),
        "expected", act.expected(),
        "actual", act.actual(),
        "detail", act.detail());
  }
}

package dev.remit.cli.demo;

import dev.remit.cli.Main;
import dev.remit.cli.demo.Act.Happened;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** Acts on what a workspace says, before anything of it is in force. */
final class Checks {

  private Checks() {}

  static List<Act> all() {
    return List.of(
        new Act(
            "check-finds-a-hole",
            "Domain controllers fell off a list: valid, and `remit check` finds the hole",
            "exit 1; valid; on a domain controller both sides are asked: expected ask, got permit",
            Checks::hole));
  }

  private static Happened hole(Stage stage) {
    var folder = stage.scratch("hole-workspace");
    HoleWorkspace.write(stage.example(), folder);
    var out = new StringWriter();
    int exit =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .execute("check", folder.toString(), "--json");
    var told = Json.parseObject(out.toString());
    var failures =
        LabControl.objects(
            new Value.Array(
                told.object("scenarios").map(tried -> tried.items("failures")).orElse(List.of())));
    var first = failures.isEmpty() ? Value.Obj.EMPTY : failures.getFirst();
    return new Happened(
        "exit %d; %s; %s: expected %s, got %s"
            .formatted(
                exit,
                told.items("diagnostics").isEmpty() ? "valid" : "not valid",
                first.text("case").orElse("no case"),
                word(first, "expected"),
                word(first, "got")),
        "%s:%d; scenarios that fail %d of %d"
            .formatted(
                first.text("file").orElse("no file"),
                first.integer("line").orElse(0L),
                failures.size(),
                told.object("scenarios").flatMap(tried -> tried.integer("cases")).orElse(0L)));
  }

  private static String word(Value.Obj failure, String name) {
    return failure.text(name).orElse("nothing").split("[ (]", 2)[0];
  }
}

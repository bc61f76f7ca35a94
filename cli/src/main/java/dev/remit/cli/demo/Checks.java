package dev.remit.cli.demo;

import dev.remit.cli.Main;
import dev.remit.cli.demo.Act.Happened;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Acts on what a workspace says, before anything of it is in force. */
final class Checks {

  private static final String AGENT = "security-desk/harbor-dental/production/change";

  private Checks() {}

  static List<Act> all() {
    return List.of(
        new Act(
            "check-finds-a-hole",
            "Domain controllers fell off a list: valid, and `remit check` finds the hole",
            "exit 1; valid; on a domain controller both sides are asked: expected ask, got permit",
            Checks::hole),
        new Act(
            "reach-shows-inheritance",
            "Scripts run on devices: `remit reach` shows what that gives, and that nobody accepted",
            "exit 1; nobody accepted scripts_run_script -> rmm (high); accepted 2",
            Checks::reach));
  }

  private static Happened hole(Stage stage) {
    var folder = stage.scratch("hole-workspace");
    HoleWorkspace.write(stage.example(), folder);
    var out = new StringWriter();
    int exit = run(out, "check", folder.toString(), "--json");
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

  private static Happened reach(Stage stage) {
    var folder = stage.scratch("reach-workspace");
    HoleWorkspace.writeUnaccepted(stage.example(), folder);
    var out = new StringWriter();
    int exit = run(out, "reach", AGENT, folder.toString(), "--json");
    var agents =
        LabControl.objects(new Value.Array(Json.parseObject(out.toString()).items("agents")));
    var all =
        agents.stream()
            .flatMap(
                agent -> LabControl.objects(new Value.Array(agent.items("inherited"))).stream())
            .toList();
    var open = all.stream().filter(Checks::isOpen).toList();
    return new Happened(
        "exit %d; nobody accepted %s; accepted %d"
            .formatted(
                exit,
                open.stream().map(Checks::way).collect(Collectors.joining(", ")),
                all.size() - open.size()),
        open.stream()
            .map(one -> one.text("file").orElse("") + ":" + one.integer("line").orElse(0L))
            .collect(Collectors.joining(", ")));
  }

  private static boolean isOpen(Value.Obj inherited) {
    return inherited.text("standing").equals(Optional.of("open"));
  }

  private static String way(Value.Obj inherited) {
    return "%s -> %s (%s)"
        .formatted(
            LabControl.objects(new Value.Array(inherited.items("chain"))).stream()
                .map(step -> step.text("tool").orElse("?"))
                .collect(Collectors.joining(" -> ")),
            inherited.text("connector").orElse("?"),
            inherited.text("effect").orElse("?"));
  }

  private static int run(StringWriter out, String... arguments) {
    return Main.commandLine().setOut(new PrintWriter(out)).execute(arguments);
  }

  private static String word(Value.Obj failure, String name) {
    return failure.text(name).orElse("nothing").split("[ (]", 2)[0];
  }
}

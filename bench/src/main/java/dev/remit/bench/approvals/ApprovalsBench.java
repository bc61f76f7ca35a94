package dev.remit.bench.approvals;

import dev.remit.bench.BenchException;
import dev.remit.bench.call.Agent;
import dev.remit.bench.call.BenchWorkspace;
import dev.remit.bench.call.Governor;
import dev.remit.bench.call.Lab;
import dev.remit.bench.load.McpClient;
import dev.remit.bench.load.Samples;
import dev.remit.bench.load.Shown;
import dev.remit.bench.upstream.Tool;
import dev.remit.cli.demo.Desk;
import dev.remit.cli.people.DataFolder;
import dev.remit.cli.process.Installation;
import dev.remit.core.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What people and agents wait for: the inbox and a card while ten thousand proposals are open, and
 * a granted call from the last answer to the vendor.
 */
public final class ApprovalsBench {

  /** The health check of the listener that pages come from. */
  static final String FLOOR = "floor";

  private static final int OPEN = 10_000;
  private static final int WARM_UP = 60;
  private static final int ROUNDS = 300;
  private static final int GRANTS = 40;
  private static final String TENANT = "harbor-dental";
  private static final String ASKING = "looked-at-health";

  private final Installation installation;
  private final Consumer<String> progress;

  public ApprovalsBench(Installation installation, Consumer<String> progress) {
    this.installation = installation;
    this.progress = progress;
  }

  /** Starts everything, measures, stops everything. */
  public ApprovalsFigures run() {
    Path folder = installation.root().resolve("bench/target/approvals");
    Path workspace = folder.resolve("workspace");
    write(workspace);
    progress.accept("starting the lab, the vendor and the server");
    try (var vendor = Vendor.start();
        var lab = Lab.start(installation, folder.resolve("lab"));
        var governor =
            Governor.start(
                installation, folder.resolve("data"), workspace, lab.file(), vendor.uri(), 1)) {
      return measure(folder.resolve("data"), lab, governor, vendor);
    } catch (IOException e) {
      throw BenchException.broken("the agent's connection broke: " + e.getMessage());
    }
  }

  /** The workspace of the other benchmark, with a task class that asks a person. */
  private void write(Path workspace) {
    BenchWorkspace.write(installation.root().resolve("examples/msp"), workspace);
    try {
      var plain = Files.readString(workspace.resolve("tasks/read-health.yaml")).strip();
      Files.writeString(
          workspace.resolve("tasks/" + ASKING + ".yaml"),
          plain.replace("task: read-health", "task: " + ASKING)
              + """

              ask:
                - id: look
                  if: "true"
                  from: [1 of msp.senior-technicians]
                  answer-within: 30m
                  use-within: 10m
              """);
      Path agent = workspace.resolve("agents/service-desk.yaml");
      Files.writeString(
          agent,
          Files.readString(agent).replace("task-classes: [", "task-classes: [" + ASKING + ", "));
    } catch (IOException e) {
      throw BenchException.broken("cannot write the workspace to `" + workspace + "`");
    }
  }

  private ApprovalsFigures measure(Path data, Lab lab, Governor governor, Vendor vendor)
      throws IOException {
    Shown reader = lab.agent("service-desk." + TENANT + ".production.observe");
    progress.accept("signing people in and registering their keys");
    var person = Staff.technician(lab, new DataFolder(data));

    var bare = new Samples();
    new Agent(governor.mcp(), reader).openTask("read-health", "5001", "rmm/device/1001");
    unasked(governor, reader, vendor, new Samples(), WARM_UP);
    unasked(governor, reader, vendor, bare, ROUNDS);
    close(governor, reader);

    new Agent(governor.mcp(), reader).openTask(ASKING, "5001", "rmm/device/1001");
    var granted = new GrantedCalls(governor.mcp(), reader, person, vendor);
    progress.accept("granting calls, the agent waiting");
    granted.run(TENANT, GRANTS / 4, new Samples(), new Samples());
    var start = new Samples();
    var told = new Samples();
    granted.run(TENANT, GRANTS, start, told);

    String card;
    try (var agent = granted.client()) {
      card = granted.ask(agent);
    }
    progress.accept("making " + OPEN + " open proposals");
    ManyProposals.copy(data, card, OPEN);
    progress.accept("timing pages");
    var pages = pages(person, card);
    var weights = Weights.of(person, paths(card));
    return new ApprovalsFigures(OPEN, pages, start, told, bare, weights);
  }

  private static void unasked(
      Governor governor, Shown reader, Vendor vendor, Samples into, int rounds) throws IOException {
    try (var agent = McpClient.open(governor.mcp(), Optional.of(reader))) {
      for (int i = 0; i < rounds; i++) {
        long sent = System.nanoTime();
        agent.mustCall(GrantedCalls.TOOL, Value.object("device", "1001"), Tool.SIGN);
        into.add(vendor.nextCall(Duration.ofSeconds(5)) - sent);
      }
    }
  }

  private static void close(Governor governor, Shown reader) throws IOException {
    try (var agent = McpClient.open(governor.mcp(), Optional.of(reader))) {
      String open = agent.call("remit_task_status", Value.Obj.EMPTY).replace("\\\"", "\"");
      int at = open.indexOf("\"task\":\"") + "\"task\":\"".length();
      agent.call(
          "remit_close_task",
          Value.object("task", open.substring(at, open.indexOf('"', at)), "state", "done"));
    }
  }

  private static Map<String, String> paths(String card) {
    var paths = new LinkedHashMap<String, String>();
    paths.put("inbox", "/console/inbox");
    paths.put("card", "/console/card/" + TENANT + "/" + card);
    paths.put("tasks", "/console/tasks/" + TENANT);
    paths.put("trail", "/console/trail/" + TENANT);
    paths.put("agents", "/console/agents");
    paths.put("tenants", "/console/tenants");
    paths.put("posture", "/console/posture");
    paths.put("fatigue", "/console/fatigue");
    return paths;
  }

  private static Map<String, Samples> pages(Desk person, String card) {
    var timed = new LinkedHashMap<String, String>();
    timed.put(FLOOR, "/health/live");
    timed.put("inbox", "/console/inbox");
    timed.put("inbox json", "/v1/approvals?limit=100");
    timed.put("card", "/console/card/" + TENANT + "/" + card);
    timed.put("card json", "/v1/approvals/" + TENANT + "/" + card);
    timed.put("fatigue", "/console/fatigue");
    var samples = new LinkedHashMap<String, Samples>();
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      for (var page : timed.entrySet()) {
        long sent = System.nanoTime();
        int status = person.page(page.getValue()).statusCode();
        long took = System.nanoTime() - sent;
        if (status != 200) {
          throw BenchException.broken("`" + page.getValue() + "` answered " + status);
        }
        if (round >= 0) {
          samples.computeIfAbsent(page.getKey(), name -> new Samples()).add(took);
        }
      }
    }
    return samples;
  }
}

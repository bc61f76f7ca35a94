package dev.remit.cli.demo;

import dev.remit.cli.demo.Act.Happened;
import dev.remit.core.value.Value;
import java.util.List;

/** Acts that end things: a task, an agent. */
final class Endings {

  private Endings() {}

  static List<Act> all() {
    return List.of(
        new Act(
            "task-ends",
            "The tasks end: their handles are dead and no credential is left",
            "next call refused; credentials left 0",
            Endings::taskEnds),
        new Act(
            "kill",
            "An operator kills the agent: its next call is refused",
            "before answered; after refused killed",
            Endings::kill));
  }

  private static Happened taskEnds(Stage stage) {
    Agent changer = stage.agent(Words.CHANGER);
    Agent observer = stage.agent(Words.OBSERVER);
    changer.closeTask(stage.noted("restart task"));
    observer.closeTask(stage.noted("read task"));
    Answer answer =
        observer.call(Words.HEALTH_TOOL, stage.noted("read task"), Reads.device(Words.WORKSTATION));
    int left = Patience.until(() -> tenantLeases(stage), count -> count == 0);
    return new Happened(
        "next call %s; credentials left %d"
            .formatted(answer.isError() ? "refused" : "answered", left),
        "agent heard: " + answer.excerpt());
  }

  private static int tenantLeases(Stage stage) {
    return (int)
        LabControl.objects(new Value.Array(stage.people().get("/v1/leases").items("leases")))
            .stream()
            .filter(lease -> lease.text("tenant").orElse("").equals(Stage.TENANT))
            .count();
  }

  private static Happened kill(Stage stage) {
    Agent agent = stage.agent(Words.CHANGER);
    String ticket =
        stage.lab().openTicket(Words.HARBOR, Words.WORKSTATION, "It prints again slowly");
    String task = agent.openTask(Words.RESTART, ticket, Words.target(Words.WORKSTATION));
    var arguments = Reads.device(Words.WORKSTATION);
    Answer before = agent.call(Words.SERVICES_TOOL, task, arguments);
    stage
        .people()
        .post(
            "/v1/kill",
            Value.object("scope", "agent:" + Words.CHANGER_ID, "reason", "the demo's last act"));
    Answer after = agent.call(Words.SERVICES_TOOL, task, arguments);
    return new Happened(
        "before %s; after %s".formatted(before.heard(), after.heard()), stage.trail(task).line());
  }
}

package dev.remit.cli.demo;

import dev.remit.cli.demo.Act.Happened;
import dev.remit.core.value.Value;
import java.util.List;

/** An act in which a person goes on where an agent should not. */
final class OwnWork {

  private static final int DEVICE = Words.TAKEN_WORKSTATION;

  private OwnWork() {}

  static List<Act> all() {
    return List.of(
        new Act(
            "person-takes-over",
            "A person takes the task from the agent and makes the call themselves",
            "agent refused no-task; person's call succeeded; requests at the vendor 1; evidence"
                + " names a person and no agent; credential gone",
            OwnWork::takenOver));
  }

  private static Happened takenOver(Stage stage) {
    Agent agent = stage.agent(Words.CHANGER);
    Desk person = stage.cast().worker();
    String ticket = stage.lab().openTicket(Words.HARBOR, DEVICE, "It prints blank pages");
    String task = agent.openTask(Words.RESTART, ticket, Words.target(DEVICE));
    long before = stage.lab().effects(DEVICE);
    String own = person.takeOver(Stage.TENANT, task, "the client is on the phone");
    Answer refused = agent.call(Words.RESTART_TOOL, task, Effects.service(DEVICE));
    Value.Obj told = person.call(Stage.TENANT, own, Words.RESTART_TOOL, Effects.service(DEVICE));
    Trail trail = stage.trail(own);
    long requests = stage.lab().effects(DEVICE) - before;
    var intent = trail.last("intent").orElse(Value.Obj.EMPTY);
    return new Happened(
        "agent %s; person's call %s; requests at the vendor %d; evidence names %s and %s; credential %s"
            .formatted(
                refused.heard(),
                told.text("outcome").orElse("did not run"),
                requests,
                intent.get("person").isPresent() ? "a person" : "nobody",
                intent.get("agent").isPresent() ? "an agent" : "no agent",
                trail.isCredentialGone() ? "gone" : "not proven gone"),
        "their own task " + own + "; " + trail.line());
  }
}

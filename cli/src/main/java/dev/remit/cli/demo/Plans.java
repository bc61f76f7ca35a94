package dev.remit.cli.demo;

import dev.remit.cli.demo.Act.Happened;
import dev.remit.core.value.Value;
import java.util.List;
import java.util.stream.Collectors;

/** An act in which people answer several calls as one. */
final class Plans {

  private static final int DEVICE = Words.DOMAIN_CONTROLLER;

  private Plans() {}

  static List<Act> all() {
    return List.of(
        new Act(
            "plan",
            "A plan of two calls is approved once and carried out step by step",
            "waits; the card shows 2 steps; open after one answer; granted after two; answered;"
                + " made maintenance, mute; once more made nothing",
            Plans::carriedOut));
  }

  private static Happened carriedOut(Stage stage) {
    Agent agent = stage.agent(Words.CHANGER);
    String ticket = stage.lab().openTicket(Words.HARBOR, DEVICE, "There is work on it tonight");
    String task = agent.openTask(Words.QUIET, ticket, "monitoring/watch/" + DEVICE);
    long before = stage.lab().blindness(DEVICE).size();
    Answer waits = agent.propose(task, List.of(maintenance(), mute()));
    String handle = Approved.handle(waits);
    int shown = stage.cast().technician().card(Stage.TENANT, handle).items("steps").size();
    String one = stage.cast().technician().answer(Stage.TENANT, handle, "grant");
    String two = stage.cast().approver().answer(Stage.TENANT, handle, "grant");
    Answer done = agent.resume(handle);
    String made = made(stage, before);
    agent.resume(handle);
    String again = made.equals(made(stage, before)) ? "nothing" : made(stage, before);
    agent.closeTask(task);
    return new Happened(
        "%s; the card shows %d steps; %s after one answer; %s after two; %s; made %s; once more made %s"
            .formatted(Approved.heard(waits), shown, one, two, done.heard(), made, again),
        "agent heard: " + done.excerpt() + "; " + stage.trail(task).line());
  }

  /** What the monitoring system was told since, in its order. */
  private static String made(Stage stage, long before) {
    return stage.lab().blindness(DEVICE).stream()
        .skip(before)
        .map(words -> words.split(" ", 2)[0])
        .collect(Collectors.joining(", "));
  }

  private static Value.Obj maintenance() {
    return step(
        Words.MAINTENANCE_TOOL,
        Value.object(
            "watch",
            Integer.toString(DEVICE),
            "monitors",
            "all",
            "starts_in_minutes",
            60,
            "minutes",
            30,
            "reason",
            "the work that the ticket names"));
  }

  private static Value.Obj mute() {
    return step(
        Words.MUTE_TOOL,
        Value.object(
            "watch",
            Integer.toString(DEVICE),
            "monitors",
            "operational",
            "minutes",
            15,
            "reason",
            "the work is prepared"));
  }

  private static Value.Obj step(String tool, Value.Obj arguments) {
    return Value.object("tool", tool, "arguments", arguments);
  }
}

package dev.remit.cli.demo;

import dev.remit.cli.demo.Act.Happened;
import dev.remit.core.value.Value;
import java.util.List;

/** Acts that change something, or would. */
final class Effects {

  private Effects() {}

  /** Acts that are quick, one after the other. */
  static List<Act> quick() {
    return List.of(
        new Act(
            "restart-service",
            "A hung service is restarted on one workstation",
            "before STOP_PENDING; outcome succeeded; service RUNNING; credential gone",
            Effects::restart),
        new Act(
            "device-moves",
            "The device moves to another client between decision and effect",
            "refused target-not-available; requests at the vendor 0; evidence says tenant-mismatch",
            Effects::deviceMoves));
  }

  /** Acts that wait for a time to pass; they touch different devices. */
  static List<Act> slow() {
    return List.of(
        new Act(
            "restart-on-domain-controller",
            "A restart on the domain controller waits for people, and nobody answers",
            "waits for people; then expired; requests at the vendor 0",
            Effects::domainController),
        new Act(
            "vendor-hangs",
            "The vendor takes the request and never answers",
            "outcome unknown; credential gone",
            Effects::vendorHangs),
        new Act(
            "vendor-queues",
            "The vendor queues a job, here a scan for patches, past its deadline",
            "not succeeded; job CANCELLED; credential gone",
            Effects::vendorQueues));
  }

  static Value.Obj service(int device) {
    return Value.object("device", Integer.toString(device), "service", Words.SPOOLER);
  }

  private static Happened restart(Stage stage) {
    Agent agent = stage.agent(Words.CHANGER);
    String before = stage.lab().serviceState(Words.WORKSTATION, Words.SPOOLER);
    String ticket =
        stage.lab().openTicket(Words.HARBOR, Words.WORKSTATION, "Nothing prints at reception");
    String task = agent.openTask(Words.RESTART, ticket, Words.target(Words.WORKSTATION));
    stage.note("restart task", task);
    Answer answer = agent.call(Words.RESTART_TOOL, task, service(Words.WORKSTATION));
    Trail trail = stage.trail(task);
    return new Happened(
        "before %s; outcome %s; service %s; credential %s"
            .formatted(
                before,
                trail.last("outcome", "outcome"),
                stage.lab().serviceState(Words.WORKSTATION, Words.SPOOLER),
                stage.lab().isLastTokenDead(Words.WORKSTATION) ? gone(trail) : "still works"),
        "agent heard: "
            + answer.excerpt()
            + "; principal "
            + trail.last("intent", "principal")
            + "; "
            + trail.line());
  }

  private static Happened domainController(Stage stage) {
    Agent agent = stage.agent(Words.CHANGER);
    long before = stage.lab().effects(Words.DOMAIN_CONTROLLER);
    String ticket =
        stage.lab().openTicket(Words.HARBOR, Words.DOMAIN_CONTROLLER, "Nobody can print");
    String task = agent.openTask(Words.RESTART, ticket, Words.target(Words.DOMAIN_CONTROLLER));
    Answer answer = agent.call(Words.RESTART_TOOL, task, service(Words.DOMAIN_CONTROLLER));
    boolean waits = answer.heard().equals("waiting") && stage.trail(task).count("proposed") == 1;
    String end =
        Patience.until(
            () -> stage.trail(task).last("proposal-ended", "state"),
            state -> !state.equals("none"));
    long requests = stage.lab().effects(Words.DOMAIN_CONTROLLER) - before;
    agent.closeTask(task);
    return new Happened(
        "%s; then %s; requests at the vendor %d"
            .formatted(waits ? "waits for people" : "does not wait", end, requests),
        "agent heard: " + answer.excerpt());
  }

  private static Happened deviceMoves(Stage stage) {
    Agent agent = stage.agent(Words.CHANGER);
    int device = Words.MOVING_WORKSTATION;
    String ticket = stage.lab().openTicket(Words.HARBOR, device, "The printer does nothing");
    String task = agent.openTask(Words.RESTART, ticket, Words.target(device));
    long before = stage.lab().effects(device);
    stage.lab().moveDeviceAfterToken(device, Words.NORTHWIND);
    Answer answer = agent.call(Words.RESTART_TOOL, task, service(device));
    long requests = stage.lab().effects(device) - before;
    stage.lab().clearTriggers();
    stage.lab().moveDevice(device, Words.HARBOR);
    Trail trail = stage.trail(task);
    agent.closeTask(task);
    return new Happened(
        "%s; requests at the vendor %d; evidence says %s"
            .formatted(answer.heard(), requests, trail.last("outcome", "reason")),
        "it moved right after the credential was made; " + trail.line());
  }

  private static Happened vendorHangs(Stage stage) {
    Agent agent = stage.agent(Words.CHANGER);
    int device = Words.HANGING_WORKSTATION;
    String ticket = stage.lab().openTicket(Words.HARBOR, device, "The print queue is stuck");
    String task = agent.openTask(Words.RESTART, ticket, Words.target(device));
    stage.lab().hang(Words.SERVICE_CONTROL, device);
    Answer answer = agent.call(Words.RESTART_TOOL, task, service(device));
    stage.lab().clearFaults();
    Trail trail = stage.trail(task);
    agent.closeTask(task);
    return new Happened(
        "outcome %s; credential %s".formatted(trail.last("outcome", "outcome"), gone(trail)),
        "agent heard: " + answer.excerpt() + "; " + trail.line());
  }

  private static Happened vendorQueues(Stage stage) {
    Agent agent = stage.agent(Words.CHANGER);
    int device = Words.SCANNED_WORKSTATION;
    String ticket = stage.lab().openTicket(Words.HARBOR, device, "Is it up to date?");
    String task = agent.openTask(Words.SCAN, ticket, Words.target(device));
    stage.lab().holdJobs();
    Answer answer = agent.call(Words.SCAN_TOOL, task, Reads.device(device));
    stage.lab().releaseJobs();
    Trail trail = stage.trail(task);
    String outcome = trail.last("outcome", "outcome");
    String job =
        stage.lab().jobs(device).stream()
            .flatMap(last -> last.text("jobStatus").stream())
            .reduce((first, last) -> last)
            .orElse("none");
    agent.closeTask(task);
    return new Happened(
        "%s; job %s; credential %s"
            .formatted(
                outcome.equals("succeeded") || outcome.equals("none") ? outcome : "not succeeded",
                job,
                gone(trail)),
        "outcome " + outcome + "; agent heard: " + answer.excerpt() + "; " + trail.line());
  }

  private static String gone(Trail trail) {
    return trail.isCredentialGone() ? "gone" : "not proven gone";
  }
}

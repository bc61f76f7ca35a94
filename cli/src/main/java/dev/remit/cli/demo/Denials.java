package dev.remit.cli.demo;

import dev.remit.cli.demo.Act.Happened;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.List;

/** Acts that are refused, all within the task of the workstation that was restarted. */
final class Denials {

  private Denials() {}

  static List<Act> all() {
    return List.of(
        new Act(
            "foreign-device",
            "A device of another client, named within the own tenant's task",
            "refused target-not-available; evidence says tenant-mismatch; requests at the vendor 0",
            stage -> target(stage, Words.FOREIGN_WORKSTATION)),
        new Act(
            "unknown-device",
            "A device that does not exist sounds the same",
            "refused target-not-available; evidence says target-unknown; requests at the vendor 0",
            stage -> target(stage, Words.UNKNOWN_DEVICE)),
        new Act(
            "list-of-devices",
            "A list of devices where one is allowed",
            "refused invalid arguments; intents 0",
            stage ->
                invalid(
                    stage,
                    Value.object(
                        "device",
                        List.of(
                            Integer.toString(Words.WORKSTATION),
                            Integer.toString(Words.DOMAIN_CONTROLLER)),
                        "service",
                        Words.SPOOLER))),
        new Act(
            "argument-outside-schema",
            "An argument that the tool's schema does not list",
            "refused invalid arguments; intents 0",
            stage ->
                invalid(stage, Effects.service(Words.WORKSTATION).with("force", Value.of(true)))),
        new Act(
            "bulk-selector",
            "All workstations at once are counted and refused; the one hypervisor is read",
            "refused limit-exceeded: 10 named, 5 at most; then answered about 1011",
            Denials::bulk),
        new Act(
            "duplicate-keys",
            "A request that names the device twice",
            "refused as no JSON; intents 0",
            Denials::duplicateKeys));
  }

  private static Happened target(Stage stage, int device) {
    Instant start = Instant.now();
    long before = stage.lab().effects(device);
    Agent agent = stage.agent(Words.CHANGER);
    Answer answer =
        agent.call(Words.RESTART_TOOL, stage.noted("restart task"), Effects.service(device));
    Trail trail = stage.trail(stage.noted("restart task"), start);
    return new Happened(
        "%s; evidence says %s; requests at the vendor %d"
            .formatted(
                answer.heard(),
                trail.last("refusal", "reason"),
                stage.lab().effects(device) - before),
        "agent heard: " + answer.excerpt() + "; " + trail.line());
  }

  private static Happened invalid(Stage stage, Value.Obj arguments) {
    Instant start = Instant.now();
    Agent agent = stage.agent(Words.CHANGER);
    Answer answer = agent.call(Words.RESTART_TOOL, stage.noted("restart task"), arguments);
    return new Happened(
        "%s; intents %d"
            .formatted(
                answer.heard(), stage.trail(stage.noted("restart task"), start).count("intent")),
        "agent heard: " + answer.excerpt());
  }

  private static Happened bulk(Stage stage) {
    Agent agent = stage.agent(Words.OBSERVER);
    String ticket = stage.lab().openTicket(Words.HARBOR, Words.HYPERVISOR, "Is everything well?");
    String task =
        agent.openTask(
            Words.READ_HEALTH,
            ticket,
            Words.target(Words.WORKSTATION),
            Words.target(Words.HYPERVISOR));
    Answer all = agent.call(Words.SURVEY_TOOL, task, ofRole("workstation"));
    Answer one = agent.call(Words.SURVEY_TOOL, task, ofRole("hypervisor"));
    String meant =
        one.text()
            .lines()
            .filter(line -> line.startsWith("selected targets: "))
            .map(line -> line.substring("selected targets: ".length()))
            .findFirst()
            .orElse("nobody knows what");
    agent.closeTask(task);
    return new Happened(
        "%s: %d named, %d at most; then %s about %s"
            .formatted(
                all.heard(),
                all.meta().integer("dev.remit/named").orElse(0L),
                all.meta().integer("dev.remit/atMost").orElse(0L),
                one.heard(),
                meant),
        "agent heard: " + all.excerpt());
  }

  private static Value.Obj ofRole(String role) {
    return Value.object("devices", Value.object("role", role));
  }

  private static Happened duplicateKeys(Stage stage) {
    Instant start = Instant.now();
    Agent agent = stage.agent(Words.CHANGER);
    String body =
        """
        {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"%s","arguments":\
        {"device":"%d","device":"%d","service":"%s","remit_task":"%s"}}}\
        """
            .formatted(
                Words.RESTART_TOOL,
                Words.WORKSTATION,
                Words.DOMAIN_CONTROLLER,
                Words.SPOOLER,
                stage.noted("restart task"));
    int code = stage.raw().errorCode(agent.shown(), body);
    return new Happened(
        "%s; intents %d"
            .formatted(
                code == -32700 ? "refused as no JSON" : "error " + code,
                stage.trail(stage.noted("restart task"), start).count("intent")),
        "sent as raw HTTP, because the SDK cannot send it; JSON-RPC error " + code);
  }
}

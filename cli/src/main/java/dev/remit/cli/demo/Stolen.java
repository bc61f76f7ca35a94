package dev.remit.cli.demo;

import dev.remit.cli.CommandException;
import dev.remit.cli.demo.Act.Happened;
import dev.remit.core.value.Value;
import dev.remit.identity.binding.DpopKey;
import java.security.SecureRandom;
import java.util.List;

/** An agent with a key of its own, and somebody who has its token alone. */
final class Stolen {

  private Stolen() {}

  static List<Act> all() {
    return List.of(
        new Act(
            "stolen-token",
            "A token that is bound to a key reads; whoever stole it without the key is refused",
            "with its key answered; without a proof 401 invalid_token; with another key 401"
                + " invalid_token; with a used proof 401 invalid_token; intents 1; requests at the"
                + " vendor 0",
            Stolen::token));
  }

  private static Happened token(Stage stage) {
    var random = new SecureRandom();
    var agent = stage.boundAgent(Words.CHANGER, DpopKey.generate(random));
    String ticket = stage.lab().openTicket(Words.HARBOR, Words.WORKSTATION, "What runs on it");
    String task = open(agent, ticket);
    var read = Reads.device(Words.WORKSTATION).with("remit_task", Value.of(task));
    long before = stage.lab().effects(Words.WORKSTATION);
    var answered = agent.call(Words.SERVICES_TOOL, read);

    var change = Effects.service(Words.WORKSTATION).with("remit_task", Value.of(task));
    var used = agent.callWithLastProof(Words.RESTART_TOOL, change);
    var bare = agent.callAsBearer(Words.RESTART_TOOL, change);
    var other = agent.callWith(DpopKey.generate(random), Words.RESTART_TOOL, change);

    long intents = stage.trail(task).count("intent");
    long reached = stage.lab().effects(Words.WORKSTATION) - before;
    agent.call("remit_close_task", Value.object("task", task, "state", "done"));
    return new Happened(
        ("with its key %s; without a proof %s; with another key %s; with a used proof %s;"
                + " intents %d; requests at the vendor %d")
            .formatted(
                answered.isAnswer() ? "answered" : "refused " + answered.heard(),
                bare.heard(),
                other.heard(),
                used.heard(),
                intents,
                reached),
        "the issuer bound the token by `cnf.jkt`; the server asked for "
            + (agent.hasNonce() ? "its nonce" : "no nonce"));
  }

  private static String open(BoundAgent agent, String ticket) {
    var opened =
        agent.call(
            "remit_open_task",
            Value.object(
                "taskClass",
                Words.RESTART,
                "ticket",
                ticket,
                "targets",
                List.of(Words.target(Words.WORKSTATION))));
    return opened
        .task()
        .orElseThrow(
            () -> CommandException.broken("the task could not be opened: " + opened.heard()));
  }
}

package dev.remit.cli.demo;

import dev.remit.cli.demo.Act.Happened;
import dev.remit.core.value.Value;
import java.util.List;

/** Acts that change nothing: a permitted read, and a database role that lives for a task. */
final class Reads {

  private Reads() {}

  static List<Act> all() {
    return List.of(
        new Act(
            "read-device-health",
            "The agent reads the health of one workstation",
            "answered; decision permit; outcome succeeded",
            Reads::health),
        new Act(
            "asset-query",
            "The agent queries the asset database with a role made for its task",
            "answered; outcome succeeded; role there while the task is open; role gone afterwards",
            Reads::assets));
  }

  private static Happened health(Stage stage) {
    Agent agent = stage.agent(Words.OBSERVER);
    String ticket = stage.lab().openTicket(Words.HARBOR, Words.WORKSTATION, "The computer is slow");
    String task = agent.openTask(Words.READ_HEALTH, ticket, Words.target(Words.WORKSTATION));
    Answer answer = agent.call(Words.HEALTH_TOOL, task, device(Words.WORKSTATION));
    Trail trail = stage.trail(task);
    stage.note("read task", task);
    return new Happened(
        "%s; decision %s; outcome %s"
            .formatted(
                answer.isError() ? "refused" : "answered",
                trail.last("intent", "decision"),
                trail.last("outcome", "outcome")),
        "MCP " + agent.revision() + "; agent heard: " + answer.excerpt() + "; " + trail.line());
  }

  private static Happened assets(Stage stage) {
    Agent agent = stage.agent(Words.CLERK);
    String ticket =
        stage
            .lab()
            .openTicket(Words.HARBOR, Words.WORKSTATION, "Which machines are out of warranty");
    String task = agent.openTask(Words.QUERY_ASSETS, ticket, Words.COLLECTION_TARGET);
    Answer answer =
        agent.call(
            Words.ASSETS_TOOL,
            task,
            Value.object("collection", Words.COLLECTION, "before", "2030-01-01"));
    Trail trail = stage.trail(task);
    String role = trail.last("intent", "principal");
    boolean wasThere = stage.assetRoles().loginRoles().contains(role);
    agent.closeTask(task);
    boolean isThere = stage.assetRoles().loginRoles().contains(role);
    return new Happened(
        "%s; outcome %s; role %s while the task is open; role %s afterwards"
            .formatted(
                answer.isError() ? "refused" : "answered",
                trail.last("outcome", "outcome"),
                wasThere ? "there" : "missing",
                isThere ? "still there" : "gone"),
        "PostgreSQL's pg_roles was asked for `" + role + "`; " + trail.line());
  }

  static Value.Obj device(int id) {
    return Value.object("device", Integer.toString(id));
  }
}

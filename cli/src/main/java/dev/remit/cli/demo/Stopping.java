package dev.remit.cli.demo;

import dev.remit.cli.CommandException;
import dev.remit.cli.demo.Act.Happened;
import dev.remit.cli.people.DataFolder;
import dev.remit.cli.process.Child;
import dev.remit.cli.process.Installation;
import dev.remit.cli.process.Part;
import dev.remit.cli.replica.Bundle;
import dev.remit.core.value.Value;
import dev.remit.identity.secret.BackupKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Acts in which people stop things: across two servers, and a client for itself. */
final class Stopping {

  private static final Duration START = Duration.ofMinutes(1);

  private Stopping() {}

  static List<Act> all() {
    return List.of(
        new Act(
            "kill-across-replicas",
            "A second server joins; a kill ordered at the first holds at the second",
            "at the second answered; killed at the first; at the second refused killed",
            Stopping::acrossReplicas),
        new Act(
            "client-stops",
            "The client's approver stops their own company, and no other",
            "before answered; another company refused; their own stopped; after refused killed",
            Stopping::clientStops));
  }

  private static Happened acrossReplicas(Stage stage) {
    var first = stage.data().path();
    var second = first.resolve("second");
    join(first, second);
    var part = Part.server(second, arguments(first), first.resolveSibling("second"));
    try (var server = Child.start(part, Installation.current(), line -> {})) {
      server.awaitReady(START);
      String machines = new DataFolder(second).server().text("machines").orElseThrow();
      Agent agent = stage.agentAt(machines, Words.OBSERVER);
      String ticket = stage.lab().openTicket(Words.HARBOR, Words.WORKSTATION, "It is slow again");
      String task = agent.openTask(Words.READ_HEALTH, ticket, Words.target(Words.WORKSTATION));
      var arguments = Reads.device(Words.WORKSTATION);
      Answer before = agent.call(Words.HEALTH_TOOL, task, arguments);
      stage
          .people()
          .post(
              "/v1/kill",
              Value.object(
                  "scope", "agent:" + Words.OBSERVER_ID, "reason", "the demo asks for it"));
      Answer after = agent.call(Words.HEALTH_TOOL, task, arguments);
      agent.close();
      return new Happened(
          "at the second %s; killed at the first; at the second %s"
              .formatted(before.heard(), after.heard()),
          "two servers, one database; " + stage.trail(task).line());
    }
  }

  /** As `remit replica bundle` and `join` do it. */
  private static void join(Path first, Path second) {
    var file = first.resolve("bundle");
    var key = first.resolve("bundle.key");
    BackupKey.create(key);
    Bundle.write(first, file, BackupKey.read(key));
    Bundle.join(file, BackupKey.read(key), second);
    Bundle.shareEmbedded(first, second);
  }

  private static List<String> arguments(Path first) {
    try {
      var port = Files.readString(first.resolve("postgres/port")).strip();
      return List.of(
          "--database",
          "postgresql://127.0.0.1:" + port + "/remit",
          "--lab",
          first.resolveSibling("lab").resolve("lab.json").toString(),
          "--connections-every",
          "86400",
          "--machines-port",
          "0",
          "--people-port",
          "0");
    } catch (IOException e) {
      throw CommandException.broken("cannot read where the database listens");
    }
  }

  private static Happened clientStops(Stage stage) {
    Agent agent = stage.agent(Words.CLERK);
    String ticket =
        stage.lab().openTicket(Words.HARBOR, Words.WORKSTATION, "Which warranties end this year");
    String task = agent.openTask(Words.QUERY_ASSETS, ticket, Words.COLLECTION_TARGET);
    var arguments = Value.object("collection", Words.COLLECTION, "before", "2030-01-01");
    Answer before = agent.call(Words.ASSETS_TOOL, task, arguments);
    var approver = stage.cast().approver();
    String foreign = approver.stop("northwind-legal", "not theirs");
    String own = approver.stop(Stage.TENANT, "the client wants to look first");
    Answer after = agent.call(Words.ASSETS_TOOL, task, arguments);
    return new Happened(
        "before %s; another company %s; their own %s; after %s"
            .formatted(before.heard(), foreign, own, after.heard()),
        "only the client lifts it; " + stage.trail(task).line());
  }
}

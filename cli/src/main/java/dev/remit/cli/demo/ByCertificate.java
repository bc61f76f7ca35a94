package dev.remit.cli.demo;

import dev.remit.cli.CommandException;
import dev.remit.cli.demo.Act.Happened;
import dev.remit.core.value.Value;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** An agent that has no token: its SPIFFE certificate in the TLS connection says who it is. */
final class ByCertificate {

  private ByCertificate() {}

  static List<Act> all() {
    return List.of(
        new Act(
            "spiffe-agent",
            "An agent reads over mutual TLS with its SPIFFE certificate; nobody else is that agent",
            "with it answered, as device-helper/harbor-dental/production/observe; without one 401;"
                + " with another workload's 401 invalid_token; with a forged one no connection;"
                + " intents 1",
            ByCertificate::read));
  }

  private static Happened read(Stage stage) {
    var svids = stage.svids();
    String ticket = stage.lab().openTicket(Words.HARBOR, Words.WORKSTATION, "Is it well today?");
    try (var agent = client(svids.tls(Optional.of(Svids.HELPER)))) {
      var tools = new RawTool(agent, stage.machinesTls() + "/mcp");
      String task = open(tools, ticket);
      var device = Reads.device(Words.WORKSTATION).with("remit_task", Value.of(task));
      var answered = call(tools, Words.HEALTH_TOOL, device);
      String without = heard(stage, svids.tls(Optional.empty()), device);
      String other = heard(stage, svids.tls(Optional.of(Svids.STRANGER)), device);
      String forged = heard(stage, svids.forged(), device);
      Trail trail = stage.trail(task);
      call(tools, "remit_close_task", Value.object("task", task, "state", "done"));
      return new Happened(
          "with it %s, as %s; without one %s; with another workload's %s; with a forged one %s; intents %d"
              .formatted(
                  answered
                      .map(reply -> reply.isAnswer() ? "answered" : reply.heard())
                      .orElse("lost"),
                  trail.last("intent", "agent"),
                  without,
                  other,
                  forged,
                  trail.count("intent")),
          "certificates in `" + svids.folder() + "`; " + trail.line());
    }
  }

  private static String heard(Stage stage, SSLContext tls, Value.Obj device) {
    try (var somebody = client(tls)) {
      return call(new RawTool(somebody, stage.machinesTls() + "/mcp"), Words.HEALTH_TOOL, device)
          .map(RawTool.Reply::heard)
          .orElse("no connection");
    }
  }

  private static HttpClient client(SSLContext tls) {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(tls).build();
  }

  /** Empty when the handshake or the connection ended without an answer. */
  private static Optional<RawTool.Reply> call(RawTool tools, String tool, Value.Obj arguments) {
    try {
      return Optional.of(tools.call(Map.of(), tool, arguments));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String open(RawTool tools, String ticket) {
    var wish =
        Value.object(
            "taskClass",
            Words.READ_HEALTH,
            "ticket",
            ticket,
            "targets",
            List.of(Words.target(Words.WORKSTATION)));
    return call(tools, "remit_open_task", wish)
        .flatMap(RawTool.Reply::task)
        .orElseThrow(() -> CommandException.broken("the task could not be opened"));
  }
}

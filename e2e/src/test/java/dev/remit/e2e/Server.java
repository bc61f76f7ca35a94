package dev.remit.e2e;

import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A server as a process on its data folder, which outlives it. */
final class Server implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(60);

  private final Path data;
  private final Path log;
  private List<String> options;
  private Child process;
  private Value.Obj info = Value.Obj.EMPTY;

  private Server(Path data, List<String> options, Path log) {
    this.data = data;
    this.options = List.copyOf(options);
    this.log = log;
    this.process = launch();
  }

  /** Starts it and waits until it serves. */
  static Server start(Path data, List<String> options) {
    var server = new Server(data, options, data.resolveSibling(data.getFileName() + ".log"));
    server.awaitReady();
    return server;
  }

  /** Starts one that is expected to refuse; its exit code and what it said. */
  static Refusal refusing(Path data, List<String> options, String log) {
    var server = new Server(data, options, Home.TARGET.resolve("estates").resolve(log));
    int code = server.process.awaitExit(START);
    return new Refusal(code, server.process.output());
  }

  record Refusal(int code, String output) {}

  private Child launch() {
    var command =
        Home.java(
            "server",
            "dev.remit.server.ServerMain",
            List.of("-Xmx320m", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("--data", data.toString()));
    command.addAll(options);
    command.addAll(List.of("--machines-port", "0", "--people-port", peoplePort()));
    command.addAll(List.of("--parent-pid", Long.toString(ProcessHandle.current().pid())));
    return Child.start(command, log);
  }

  /** A restart keeps it: sessions and keys of people are bound to the site. */
  private String peoplePort() {
    return info.text("people").map(url -> URI.create(url).getPort()).orElse(0).toString();
  }

  private void awaitReady() {
    process.awaitLine("remit ready", START);
    try {
      info = Json.parseObject(Files.readAllBytes(data.resolve("server.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Child process() {
    return process;
  }

  Path data() {
    return data;
  }

  String machines() {
    return info.text("machines").orElseThrow();
  }

  /** Starts it again on the same folder, otherwise; it must be gone. */
  void restart(List<String> differently) {
    options = List.copyOf(differently);
    restart();
  }

  /** Starts it again on the same folder; it must be gone. */
  void restart() {
    process = launch();
    awaitReady();
  }

  /** It halts when it next reaches this place. */
  void failAt(String place) {
    order(place);
  }

  /** The next call that reaches this place stands still there. */
  void holdAt(String place) {
    order("hold " + place);
  }

  private void order(String text) {
    try {
      var draft = Files.writeString(data.resolve("failpoint.draft"), text);
      Files.move(draft, failpoint(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path failpoint() {
    return data.resolve("failpoint");
  }

  /** Waits until a call stands still there. */
  void awaitHeld(String place) {
    Eventually.holds(
        "a call is held at " + place,
        Duration.ofSeconds(5),
        () -> {
          try {
            return Files.readString(failpoint()).equals("held " + place);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** Lets the held call go on. */
  void letGo() {
    try {
      Files.delete(failpoint());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isReady() {
    return Http.get(machines() + "/health/ready", "").status() == 200;
  }

  /** What people read. */
  Http.Answer people(String path) {
    return Http.get(peopleUrl() + path, operator());
  }

  Http.Answer peoplePost(String path, Value body) {
    return Http.post(peopleUrl() + path, operator(), body);
  }

  /** Where people's browsers find it. */
  String site() {
    return info.text("site").orElseThrow();
  }

  String peopleUrl() {
    return info.text("people").orElseThrow();
  }

  /** The token of whoever owns the data folder. */
  String operator() {
    return info.text("operatorToken").orElseThrow();
  }

  /** Leaves of a tenant's trail, all of them, in order. */
  List<Value.Obj> trail(String tenant) {
    return trail(tenant, Optional.empty());
  }

  /** Leaves of one task's trail. */
  List<Value.Obj> trail(String tenant, Optional<String> task) {
    var leaves = new ArrayList<Value.Obj>();
    String query = "/v1/trail?limit=1000&tenant=" + tenant + task.map(t -> "&task=" + t).orElse("");
    for (var entry : people(query).object().items("entries")) {
      leaves.add(((Value.Obj) entry).object("leaf").orElseThrow());
    }
    return leaves;
  }

  /** Leases that are not proven gone. */
  List<Value> leases() {
    var answer = people("/v1/leases");
    if (answer.status() != 200) {
      throw new AssertionError("leases: " + answer.text());
    }
    return answer.object().items("leases");
  }

  @Override
  public void close() {
    process.close();
  }
}

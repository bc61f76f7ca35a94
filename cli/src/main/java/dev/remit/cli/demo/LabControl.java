package dev.remit.cli.demo;

import dev.remit.cli.CommandException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The lab's control API: what really happened at the vendor, and bad days on demand.
 *
 * <p>No vendor has such an API. It is how the demo looks at the effect itself instead of believing
 * Remit's answer.
 */
final class LabControl {

  private final HttpClient http;
  private final String base;
  private final String key;

  LabControl(HttpClient http, Value.Obj lab) {
    var control = lab.object("control").orElse(Value.Obj.EMPTY);
    this.http = http;
    this.base = control.text("baseUrl").orElseThrow(() -> noSuch("control.baseUrl"));
    this.key = control.text("key").orElseThrow(() -> noSuch("control.key"));
  }

  static CommandException noSuch(String name) {
    return CommandException.broken("the lab's file has no `" + name + "`: remove its folder");
  }

  /** The state of a Windows service, such as {@code RUNNING}. */
  String serviceState(int device, String service) {
    Value.Obj services = state("services") instanceof Value.Obj all ? all : Value.Obj.EMPTY;
    for (Value item : services.items(Integer.toString(device))) {
      if (item instanceof Value.Obj one && one.text("name").equals(Optional.of(service))) {
        return one.text("state").orElse("?");
      }
    }
    return "no such service";
  }

  /** An article of the knowledge base as it stands. */
  Value.Obj article(int id) {
    return objects(state("articles")).stream()
        .filter(article -> article.integer("id").orElse(0L) == id)
        .findFirst()
        .orElseThrow(() -> noSuch("article"));
  }

  /** Times in which monitors of a device tell nobody, in words, in the order they were set. */
  List<String> blindness(int device) {
    return objects(state("monitoringActivities")).stream()
        .filter(activity -> activity.integer("deviceId").orElse(0L) == device)
        .filter(activity -> activity.text("statusCode").orElse("").equals("MONITORING_BLIND"))
        .map(activity -> activity.text("message").orElse(""))
        .toList();
  }

  /** Activities of a device that somebody other than the vendor caused, oldest first. */
  List<Value.Obj> activities(int device) {
    return objects(state("activities")).stream()
        .filter(activity -> activity.integer("deviceId").orElse(0L) == device)
        .toList();
  }

  /** How many requests to change something the vendor took for a device. */
  long effects(int device) {
    return activities(device).stream()
        .filter(activity -> activity.text("statusCode").orElse("").equals("START_REQUESTED"))
        .count();
  }

  /** The vendor's jobs for a device, oldest first. */
  List<Value.Obj> jobs(int device) {
    return objects(state("jobs")).stream()
        .filter(job -> job.integer("deviceId").orElse(0L) == device)
        .toList();
  }

  /** Whether the bearer token that last changed something on a device works no more. */
  boolean isLastTokenDead(int device) {
    var acted =
        activities(device).reversed().stream()
            .flatMap(activity -> activity.object("data").stream())
            .flatMap(data -> data.text("tokenSha256").stream())
            .findFirst();
    return acted.isPresent()
        && objects(state("tokens")).stream().noneMatch(token -> token.text("sha256").equals(acted));
  }

  /** Registers where the issuers of people may send a browser back to. */
  void allowRedirect(String uri) {
    post("/v1/people/redirects", Value.object("redirectUri", uri));
  }

  void moveDevice(int device, int organization) {
    post("/v1/devices/" + device, Value.object("organizationId", organization));
  }

  /** Moves the device right after the vendor's next token was made: decided, not yet sent. */
  void moveDeviceAfterToken(int device, int organization) {
    var move = Value.object("id", device, "organizationId", organization);
    post(
        "/v1/triggers",
        Value.object("on", "token-issued", "after", 1, "do", Value.object("move-device", move)));
  }

  /** The next request of this operation hangs. */
  void hang(String operation, int device) {
    post(
        "/v1/faults",
        Value.object("operation", operation, "mode", "hang", "device", device, "times", 1));
  }

  void clearFaults() {
    send("DELETE", "/v1/faults", Value.Obj.EMPTY);
  }

  void clearTriggers() {
    send("DELETE", "/v1/triggers", Value.Obj.EMPTY);
  }

  void holdJobs() {
    post("/v1/jobs/hold", Value.Obj.EMPTY);
  }

  void releaseJobs() {
    post("/v1/jobs/release", Value.Obj.EMPTY);
  }

  /** Opens a ticket of a person; the answer is its number. */
  String openTicket(int organization, int device, String subject) {
    var ticket =
        post(
            "/v1/tickets",
            Value.object(
                "organizationId",
                organization,
                "deviceId",
                device,
                "requester",
                "person",
                "subject",
                subject));
    return Long.toString(ticket.integer("id").orElseThrow(() -> noSuch("id of a ticket")));
  }

  private Value state(String part) {
    return send("GET", "/v1/state/" + part, Value.Obj.EMPTY);
  }

  private Value.Obj post(String path, Value.Obj body) {
    return send("POST", path, body) instanceof Value.Obj object ? object : Value.Obj.EMPTY;
  }

  static List<Value.Obj> objects(Value value) {
    return value instanceof Value.Array(List<Value> items)
        ? items.stream().filter(Value.Obj.class::isInstance).map(Value.Obj.class::cast).toList()
        : List.of();
  }

  private Value send(String method, String path, Value.Obj body) {
    var publisher =
        method.equals("POST")
            ? HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body))
            : HttpRequest.BodyPublishers.noBody();
    var request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .method(method, publisher)
            .build();
    try {
      var answer = http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (answer.statusCode() / 100 != 2) {
        throw CommandException.broken(
            "the lab answered " + answer.statusCode() + " to " + method + " " + path);
      }
      return answer.body().isEmpty() ? Value.Obj.EMPTY : Json.parse(answer.body());
    } catch (IOException e) {
      throw CommandException.broken("the lab does not answer at `" + base + path + "`");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.broken("interrupted");
    }
  }
}

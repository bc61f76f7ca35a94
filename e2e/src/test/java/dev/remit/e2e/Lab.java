package dev.remit.e2e;

import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lab estate as a process, and its control API: what really happened at the vendor. */
final class Lab implements AutoCloseable {

  /** So long lives a token of the RMM: short, because after a crash only time ends it. */
  static final int TOKEN_SECONDS = 5;

  private final Path data;
  private Child process;
  private Value.Obj info;
  private long lastTicket;

  private Lab(Path data) {
    this.data = data;
    this.process = launch();
    this.info = ready();
  }

  static Lab start(Path data) {
    return new Lab(data);
  }

  private Child launch() {
    var command = Home.java("lab", "dev.remit.lab.LabMain", List.of("-Xmx192m"));
    command.addAll(
        List.of(
            "--data",
            data.toString(),
            "--token-seconds",
            Integer.toString(TOKEN_SECONDS),
            "--parent-pid",
            Long.toString(ProcessHandle.current().pid())));
    return Child.start(command, data.resolveSibling("lab.log"));
  }

  private Value.Obj ready() {
    process.awaitLine("lab ready", Duration.ofSeconds(60));
    try {
      return Json.parseObject(Files.readAllBytes(file()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lab's description. */
  Path file() {
    return data.resolve("lab.json");
  }

  String text(String part, String name) {
    return info.object(part).flatMap(found -> found.text(name)).orElseThrow();
  }

  /** SIGKILL: vendor, issuer and control API are away; the asset cluster may live on. */
  void kill() {
    process.kill();
  }

  /** Starts it again from its folder; ticket numbers go on where they were, as at a vendor's. */
  void restart() {
    process = launch();
    info = ready();
    for (long before = lastTicket; Long.parseLong(ticket(1, 0)) < before; ) {
      // the number was given away already
    }
  }

  /** A token of a workload for this server, bound to the holder's key. */
  String token(String subject, Holder holder) {
    var secret = info.object("oidc").flatMap(o -> o.object("clients")).orElseThrow();
    var form =
        "grant_type=client_credentials&resource=remit&client_id=%s&client_secret=%s"
            .formatted(subject, encoded(secret.text(subject).orElseThrow()));
    var request =
        Http.request(text("oidc", "tokenUrl"), "")
            .setHeader("Content-Type", "application/x-www-form-urlencoded")
            .header("DPoP", holder.proof("POST", text("oidc", "tokenUrl"), Optional.empty()))
            .POST(java.net.http.HttpRequest.BodyPublishers.ofString(form));
    return Http.send(request).object().text("access_token").orElseThrow();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** A token of the issuer with something wrong in it, bound to the holder's key. */
  String faultyToken(String subject, String fault, Holder holder) {
    var wish =
        Value.object(
            "subject", subject, "audience", "remit", "fault", fault, "key", holder.thumbprint());
    return post("/v1/tokens", wish).text("token").orElseThrow();
  }

  /** A good token of the issuer that is bound to no key. */
  String bearerToken(String subject) {
    var wish = Value.object("subject", subject, "audience", "remit", "fault", "none");
    return post("/v1/tokens", wish).text("token").orElseThrow();
  }

  Value state(String part) {
    return Http.get(control("/v1/state/" + part), text("control", "key")).body();
  }

  List<Value.Obj> list(String part) {
    return state(part) instanceof Value.Array(var items)
        ? items.stream().filter(Value.Obj.class::isInstance).map(Value.Obj.class::cast).toList()
        : List.of();
  }

  /** The accounts at an organisation's issuer of people. */
  List<Value.Obj> accounts(String organisation) {
    return info
        .object("people")
        .flatMap(people -> people.object(organisation))
        .map(issuer -> issuer.items("accounts"))
        .orElse(List.of())
        .stream()
        .map(Value.Obj.class::cast)
        .toList();
  }

  /** How many requests to change something the vendor took for a device. */
  long effects(int device) {
    return list("activities").stream()
        .filter(activity -> activity.integer("deviceId").orElse(0L) == device)
        .filter(activity -> activity.text("statusCode").equals(Optional.of("START_REQUESTED")))
        .count();
  }

  List<Value.Obj> jobs(int device) {
    return list("jobs").stream()
        .filter(job -> job.integer("deviceId").orElse(0L) == device)
        .toList();
  }

  /** Tokens that the vendor would take now. */
  List<Value.Obj> liveTokens() {
    return list("tokens");
  }

  Value.Obj post(String path, Value.Obj body) {
    var answer = Http.post(control(path), text("control", "key"), body);
    if (answer.status() / 100 != 2) {
      throw new AssertionError("the lab answered " + answer.status() + " " + answer.text());
    }
    return answer.object();
  }

  private String control(String path) {
    return text("control", "baseUrl") + path;
  }

  /** A fault at the next requests of this operation. */
  void fault(String operation, String mode, Object... more) {
    var fault = Value.object("operation", operation, "mode", mode);
    for (int i = 0; i < more.length; i += 2) {
      fault = fault.with((String) more[i], Value.object("v", more[i + 1]).get("v").orElseThrow());
    }
    post("/v1/faults", fault);
  }

  /** No faults, no triggers, no held jobs. */
  void calm() {
    Http.delete(control("/v1/faults"), text("control", "key"));
    Http.delete(control("/v1/triggers"), text("control", "key"));
    post("/v1/jobs/release", Value.Obj.EMPTY);
  }

  /** A new ticket of a person about a device; its number. */
  synchronized String ticket(int organization, int device) {
    var ticket =
        Value.object("organizationId", organization, "requester", "person", "subject", "help");
    lastTicket =
        post("/v1/tickets", device == 0 ? ticket : ticket.with("deviceId", Value.of(device)))
            .integer("id")
            .orElseThrow();
    return Long.toString(lastTicket);
  }

  /** Roles of Remit in the asset database. */
  List<String> leasedRoles() {
    return column(
        "select rolname from pg_roles where rolname like 'remit\\_%' and rolname <> 'remit_broker'");
  }

  /** Sessions of such roles that are at work. */
  int sessionsOfLeasedRoles() {
    return column(
            "select usename from pg_stat_activity where usename like 'remit\\_%'"
                + " and usename <> 'remit_broker' and state = 'active'")
        .size();
  }

  private List<String> column(String sql) {
    try (var connection = superuser();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var found = new ArrayList<String>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A session of the asset database's superuser. */
  Connection superuser() throws SQLException {
    var port = info.object("assets").flatMap(assets -> assets.integer("port")).orElseThrow();
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/%s"
            .formatted(text("assets", "host"), port, text("assets", "database")),
        text("assets", "superUser"),
        text("assets", "superPassword"));
  }

  Path data() {
    return data;
  }

  @Override
  public void close() {
    process.close();
  }
}

package dev.remit.lab.control;

import dev.remit.lab.estate.Device;
import dev.remit.lab.estate.Estate;
import dev.remit.lab.estate.NodeRole;
import dev.remit.lab.estate.Person;
import dev.remit.lab.estate.Service;
import dev.remit.lab.estate.Ticket;
import dev.remit.lab.http.Call;
import dev.remit.lab.http.Json;
import dev.remit.lab.http.Refusal;
import dev.remit.lab.http.Reply;
import dev.remit.lab.rmm.TicketViews;
import dev.remit.lab.rmm.Views;
import dev.remit.lab.vendor.Fault;
import dev.remit.lab.vendor.Vendor;
import dev.remit.lab.vendor.Vendors;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the control API changes behind the vendor's back. */
final class Changes {
  private final Estate estate;
  private final Vendors vendors;

  Changes(Estate estate, Vendors vendors) {
    this.estate = estate;
    this.vendors = vendors;
  }

  /** The act of a trigger: exactly one of `move-device`, `fault`, `hold-jobs`. */
  Runnable act(Map<String, Object> json) {
    if (json.size() != 1) {
      throw Refusal.badRequest("`do` needs exactly one act");
    }
    String name = json.keySet().iterator().next();
    Map<String, Object> how = Json.member(json, name);
    return switch (name) {
      case "move-device" -> {
        int id = estate.devices().get(integer(how, "id")).id();
        int organization = estate.organization(integer(how, "organizationId")).id();
        yield () -> estate.move(id, organization);
      }
      case "fault" -> {
        Fault fault = Fault.of(how);
        Vendor vendor = vendors.of(fault.operation());
        yield () -> vendor.faults().arm(fault);
      }
      case "hold-jobs" -> estate.jobs()::hold;
      default -> throw Refusal.badRequest("unknown act `" + name + "`");
    };
  }

  Reply device(Call call) {
    int id = estate.devices().get(call.pathInt("id")).id();
    Map<String, Object> json = call.json();
    only(
        json,
        "organizationId",
        "role",
        "displayName",
        "offline",
        "lastContact",
        "users",
        "backup",
        "lastBackup",
        "freeDisk",
        "failsPatches");
    new HostChanges(estate).apply(id, json);
    if (json.containsKey("organizationId")) {
      estate.move(id, integer(json, "organizationId"));
    }
    if (json.containsKey("role")) {
      NodeRole role =
          NodeRole.byLabel(text(json, "role"))
              .orElseThrow(() -> Refusal.badRequest("unknown `role`"));
      estate.devices().change(id, d -> d.inRole(role));
    }
    if (json.containsKey("displayName")) {
      String name = text(json, "displayName");
      estate.devices().change(id, d -> d.named(name));
    }
    if (json.containsKey("offline") || json.containsKey("lastContact")) {
      estate.devices().change(id, d -> heard(d, json));
    }
    Device device = estate.devices().get(id);
    return Reply.ok(
        Views.device(
            device,
            estate.organization(device.organizationId()),
            estate.hosts().get(id),
            InstantSource.system()));
  }

  private static Device heard(Device device, Map<String, Object> json) {
    boolean offline =
        json.get("offline") instanceof Boolean is ? is : json.containsKey("lastContact");
    Instant contact =
        json.get("lastContact") instanceof Number seconds
            ? Instant.ofEpochSecond(seconds.longValue())
            : device.lastContact();
    return device.heardOf(offline, contact);
  }

  Reply service(Call call) {
    int id = estate.devices().get(call.pathInt("id")).id();
    String name = call.path("name");
    Map<String, Object> json = call.json();
    only(json, "state", "stuck");
    if (json.containsKey("state")) {
      String wanted = text(json, "state");
      Service.State state =
          Arrays.stream(Service.State.values())
              .filter(s -> s.name().equals(wanted))
              .findFirst()
              .orElseThrow(() -> Refusal.badRequest("unknown `state`"));
      estate.services().change(id, name, service -> service.in(state));
    }
    if (json.get("stuck") instanceof Boolean stuck) {
      estate.services().change(id, name, service -> service.stuck(stuck));
    }
    return Reply.ok(Views.service(estate.services().get(id, name)));
  }

  /** `requester`: a contact's uid, or `person`, `agent`, `monitoring`. */
  Reply openTicket(Call call) {
    Map<String, Object> json = call.json();
    only(json, "organizationId", "deviceId", "requester", "subject", "body");
    int client = estate.organization(integer(json, "organizationId")).id();
    Integer device = json.containsKey("deviceId") ? integer(json, "deviceId") : null;
    String requester = String.valueOf(json.getOrDefault("requester", "person"));
    UUID uid = requester(requester, client);
    String source =
        switch (requester) {
          case "monitoring" -> "CONDITION";
          case "agent" -> "ACTIVITY";
          default -> "EMAIL";
        };
    Ticket draft =
        new Ticket(
            0,
            1,
            client,
            device,
            uid,
            String.valueOf(json.getOrDefault("subject", "Please help")),
            "OPEN",
            "PROBLEM",
            "MEDIUM",
            "MODERATE",
            source,
            Instant.EPOCH,
            List.of());
    String automation = source.equals("EMAIL") ? null : requester;
    String words = String.valueOf(json.getOrDefault("body", "It does not work."));
    return Reply.ok(
        TicketViews.ticket(
            estate.tickets().open(draft, words, automation == null ? uid : null, automation)));
  }

  private @Nullable UUID requester(String who, int client) {
    return switch (who) {
      case "monitoring" -> null;
      case "agent" -> first(p -> p.kind() == Person.Kind.AUTOMATION);
      case "person" -> first(p -> p.organizationId() == client);
      default -> first(p -> p.uid().toString().equals(who));
    };
  }

  private UUID first(java.util.function.Predicate<Person> wanted) {
    return estate.people().stream()
        .filter(wanted)
        .findFirst()
        .orElseThrow(() -> Refusal.badRequest("unknown `requester`"))
        .uid();
  }

  Reply timing(Call call) {
    Map<String, Object> json = call.json();
    only(json, "serviceMillis", "queuedMillis", "runningMillis");
    var timing = estate.timing();
    timing.set(
        json.containsKey("serviceMillis") ? integer(json, "serviceMillis") : timing.serviceMillis(),
        json.containsKey("queuedMillis") ? integer(json, "queuedMillis") : timing.queuedMillis(),
        json.containsKey("runningMillis")
            ? integer(json, "runningMillis")
            : timing.runningMillis());
    return Reply.empty(204);
  }

  static void only(Map<String, Object> json, String... names) {
    Set<String> known = Set.of(names);
    for (String name : json.keySet()) {
      if (!known.contains(name)) {
        throw Refusal.badRequest("unknown property `" + name + "`");
      }
    }
  }

  private static int integer(Map<String, Object> json, String name) {
    if (json.get(name) instanceof Integer value) {
      return value;
    }
    throw Refusal.badRequest("`" + name + "` must be an integer");
  }

  private static String text(Map<String, Object> json, String name) {
    if (json.get(name) instanceof String value) {
      return value;
    }
    throw Refusal.badRequest("`" + name + "` must be a string");
  }
}

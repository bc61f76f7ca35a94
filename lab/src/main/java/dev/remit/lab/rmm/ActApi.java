package dev.remit.lab.rmm;

import dev.remit.lab.estate.Actor;
import dev.remit.lab.estate.Device;
import dev.remit.lab.estate.Estate;
import dev.remit.lab.estate.Job;
import dev.remit.lab.estate.NodeRole;
import dev.remit.lab.http.Call;
import dev.remit.lab.http.Refusal;
import dev.remit.lab.http.Reply;
import dev.remit.lab.vendor.Operation;
import io.helidon.http.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Acts on devices: services, reboot, patch scan, cancelling a job, changing the record. */
final class ActApi {
  private static final Set<String> MUTABLE =
      Set.of("displayName", "organizationId", "locationId", "nodeRoleId");
  private final Estate estate;

  ActApi(Estate estate) {
    this.estate = estate;
  }

  List<Operation> operations() {
    return List.of(
        Operation.control(
            "service-control",
            Method.POST,
            "/v2/device/{id}/windows-service/{serviceId}/control",
            this::service),
        Operation.control("reboot", Method.POST, "/v2/device/{id}/reboot/{mode}", this::reboot),
        Operation.control(
            "patch-scan", Method.POST, "/v2/device/{id}/patch/os/scan", this::patchScan),
        Operation.control("job-cancel", Method.POST, "/ext/job/{uid}/cancel", this::cancel),
        Operation.manage("device-update", Method.PATCH, "/v2/device/{id}", this::update));
  }

  private Device online(Call call) {
    Device device = estate.devices().get(call.pathInt("id"));
    if (device.offline()) {
      throw Refusal.conflict("the device is offline");
    }
    return device;
  }

  private Reply service(Call call, Actor actor) {
    Device device = online(call);
    Map<String, Object> body = call.json();
    only(body, Set.of("action"));
    String action = text(body, "action");
    estate.services().control(device.id(), call.path("serviceId"), action, actor);
    return Reply.empty(204);
  }

  private Reply reboot(Call call, Actor actor) {
    String mode = call.path("mode");
    if (!mode.equals("NORMAL") && !mode.equals("FORCED")) {
      throw Refusal.badRequest("the mode must be NORMAL or FORCED");
    }
    Device device = online(call);
    Map<String, Object> body = call.json();
    only(body, Set.of("reason"));
    String reason = body.containsKey("reason") ? text(body, "reason") : "";
    Job job = estate.jobs().reboot(device.id(), mode, reason, actor);
    return Reply.of(202, Views.job(job));
  }

  private Reply patchScan(Call call, Actor actor) {
    Device device = online(call);
    only(call.json(), Set.of());
    return Reply.of(202, Views.job(estate.jobs().patchScan(device.id(), actor)));
  }

  private Reply cancel(Call call, Actor actor) {
    return Reply.ok(Views.job(estate.jobs().cancel(uid(call), actor)));
  }

  static UUID uid(Call call) {
    try {
      return UUID.fromString(call.path("uid"));
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("`uid` must be a UUID");
    }
  }

  private Reply update(Call call, Actor actor) {
    int id = estate.devices().get(call.pathInt("id")).id();
    Map<String, Object> body = call.json();
    only(body, MUTABLE);
    if (body.isEmpty()) {
      throw Refusal.badRequest("name at least one property to change");
    }
    if (body.containsKey("organizationId")) {
      estate.move(id, integer(body, "organizationId"));
    }
    if (body.containsKey("displayName")) {
      String name = text(body, "displayName");
      estate.devices().change(id, device -> device.named(name));
    }
    if (body.containsKey("nodeRoleId")) {
      NodeRole role =
          NodeRole.byId(integer(body, "nodeRoleId"))
              .orElseThrow(() -> Refusal.badRequest("unknown `nodeRoleId`"));
      estate.devices().change(id, device -> device.inRole(role));
    }
    estate.activities().write(id, "SYSTEM", "NODE_UPDATED", "Device", "device changed", "", actor);
    return Reply.empty(204);
  }

  static void only(Map<String, Object> body, Set<String> names) {
    for (String name : body.keySet()) {
      if (!names.contains(name)) {
        throw Refusal.badRequest("unknown property `" + name + "`");
      }
    }
  }

  static String text(Map<String, Object> body, String name) {
    if (body.get(name) instanceof String text) {
      return text;
    }
    throw Refusal.badRequest("`" + name + "` must be a string");
  }

  static int integer(Map<String, Object> body, String name) {
    if (body.get(name) instanceof Integer value) {
      return value;
    }
    throw Refusal.badRequest("`" + name + "` must be an integer");
  }
}

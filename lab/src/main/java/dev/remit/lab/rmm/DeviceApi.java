package dev.remit.lab.rmm;

import dev.remit.lab.estate.Device;
import dev.remit.lab.estate.Estate;
import dev.remit.lab.estate.Service;
import dev.remit.lab.http.Call;
import dev.remit.lab.http.Json;
import dev.remit.lab.http.Refusal;
import dev.remit.lab.http.Reply;
import dev.remit.lab.vendor.Operation;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reading devices, their services and their health. */
final class DeviceApi {
  private final Estate estate;
  private final InstantSource clock = InstantSource.system();

  DeviceApi(Estate estate) {
    this.estate = estate;
  }

  List<Operation> operations() {
    return List.of(
        Operation.read("device-list", "/v2/devices", this::list, "df", "pageSize", "after"),
        Operation.read(
            "device-list-detailed",
            "/v2/devices-detailed",
            this::detailed,
            "df",
            "pageSize",
            "after"),
        Operation.read(
            "organization-devices",
            "/v2/organization/{id}/devices",
            this::own,
            "pageSize",
            "after"),
        Operation.read("device-read", "/v2/device/{id}", this::one),
        Operation.read(
            "custom-fields", "/v2/device/{id}/custom-fields", this::fields, "withInheritance"),
        Operation.read(
            "service-list", "/v2/device/{id}/windows-services", this::services, "name", "state"),
        Operation.read(
            "operating-systems", "/v2/queries/operating-systems", this::systems, "df", "pageSize"),
        Operation.read(
            "device-health", "/v2/queries/device-health", this::health, "df", "pageSize"));
  }

  private List<Device> filtered(Call call) {
    List<Device> all = estate.devices().all();
    return call.query("df")
        .map(DeviceFilter::parse)
        .map(df -> all.stream().filter(df).toList())
        .orElse(all);
  }

  private Map<String, Object> node(Device device) {
    return Views.node(
        device,
        estate.organization(device.organizationId()),
        estate.hosts().get(device.id()),
        clock);
  }

  private Map<String, Object> device(Device device) {
    return Views.device(
        device,
        estate.organization(device.organizationId()),
        estate.hosts().get(device.id()),
        clock);
  }

  private Reply list(Call call) {
    return Reply.ok(
        OrganizationApi.page(filtered(call), Device::id, call).stream().map(this::node).toList());
  }

  private Reply detailed(Call call) {
    return Reply.ok(
        OrganizationApi.page(filtered(call), Device::id, call).stream().map(this::device).toList());
  }

  private Reply own(Call call) {
    int organization = estate.organization(call.pathInt("id")).id();
    List<Device> devices =
        estate.devices().all().stream().filter(d -> d.organizationId() == organization).toList();
    return Reply.ok(
        OrganizationApi.page(devices, Device::id, call).stream().map(this::node).toList());
  }

  private Reply one(Call call) {
    return Reply.ok(device(estate.devices().get(call.pathInt("id"))));
  }

  private Reply fields(Call call) {
    return Reply.ok(Json.object("role", estate.devices().get(call.pathInt("id")).role().label()));
  }

  private Reply services(Call call) {
    Device device = estate.devices().get(call.pathInt("id"));
    String state = call.query("state").orElse("");
    if (!state.isEmpty() && !isState(state)) {
      throw Refusal.badRequest("unknown state `" + state + "`");
    }
    String name = call.query("name").orElse("");
    return Reply.ok(
        estate.services().of(device.id()).stream()
            .filter(s -> name.isEmpty() || s.name().equals(name))
            .filter(s -> state.isEmpty() || s.state().name().equals(state))
            .map(Views::service)
            .toList());
  }

  private static boolean isState(String text) {
    for (Service.State state : Service.State.values()) {
      if (state.name().equals(text)) {
        return true;
      }
    }
    return false;
  }

  private Reply systems(Call call) {
    List<Map<String, Object>> results = new ArrayList<>();
    for (Device device : OrganizationApi.page(filtered(call), Device::id, call)) {
      Map<String, Object> view = Views.operatingSystem(device);
      view.put("deviceId", device.id());
      view.put("timestamp", Views.seconds(clock.instant()));
      results.add(view);
    }
    return Reply.ok(Json.object("results", results));
  }

  private Reply health(Call call) {
    List<Map<String, Object>> results = new ArrayList<>();
    for (Device device : OrganizationApi.page(filtered(call), Device::id, call)) {
      boolean isIll =
          estate.services().of(device.id()).stream()
              .anyMatch(
                  s -> s.startType().startsWith("AUTO") && s.state() != Service.State.RUNNING);
      long jobs =
          estate.jobs().all().stream()
              .filter(j -> j.deviceId() == device.id() && !j.status().isEnd())
              .count();
      results.add(
          Json.object(
              "deviceId",
              device.id(),
              "offline",
              device.offline(),
              "alertCount",
              isIll ? 1 : 0,
              "activeJobCount",
              jobs,
              "pendingOSPatchesCount",
              device.id() % 7,
              "failedOSPatchesCount",
              0,
              "activeThreatsCount",
              0,
              "healthStatus",
              device.offline() ? "UNKNOWN" : isIll ? "NEEDS_ATTENTION" : "HEALTHY"));
    }
    return Reply.ok(Json.object("results", results));
  }
}

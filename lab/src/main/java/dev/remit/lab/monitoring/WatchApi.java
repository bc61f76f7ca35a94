package dev.remit.lab.monitoring;

import dev.remit.lab.estate.Actor;
import dev.remit.lab.estate.Blindness;
import dev.remit.lab.estate.Device;
import dev.remit.lab.estate.Estate;
import dev.remit.lab.estate.Watches;
import dev.remit.lab.http.Call;
import dev.remit.lab.http.Fields;
import dev.remit.lab.http.Json;
import dev.remit.lab.http.Pages;
import dev.remit.lab.http.Refusal;
import dev.remit.lab.http.Reply;
import dev.remit.lab.rmm.Views;
import dev.remit.lab.vendor.Operation;
import io.helidon.http.Method;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Devices under watch: muted or in maintenance, and for how long. */
final class WatchApi {
  private static final int LONGEST = 7 * 24 * 60;
  private final Estate estate;

  WatchApi(Estate estate) {
    this.estate = estate;
  }

  List<Operation> operations() {
    return List.of(
        Operation.get(
            "monitoring-watches",
            "/v1/watches",
            Monitoring.READ,
            this::list,
            "company",
            "state",
            "pageSize",
            "after"),
        Operation.get(
            "monitoring-watch",
            "/v1/watches/{id}",
            Monitoring.READ,
            call -> Reply.ok(MonitoringViews.watch(device(call), estate))),
        Operation.get("monitoring-blind", "/v1/watches/{id}/blind", Monitoring.READ, this::blind),
        Operation.get(
            "monitoring-blind-one", "/v1/watches/{id}/blind/{number}", Monitoring.READ, this::one),
        Operation.get(
            "monitoring-activities", "/v1/activities", Monitoring.READ, call -> activities()),
        Operation.post(
            "monitoring-mute",
            "/v1/watches/{id}/mute",
            Monitoring.MUTE,
            (call, actor) -> begin(call, actor, "mute")),
        Operation.post(
            "monitoring-maintenance",
            "/v1/watches/{id}/maintenance",
            Monitoring.MUTE,
            (call, actor) -> begin(call, actor, "maintenance")),
        new Operation(
            "monitoring-end",
            Method.DELETE,
            "/v1/watches/{id}/blind/{number}",
            Monitoring.MUTE,
            Set.of(),
            this::end));
  }

  private Device device(Call call) {
    return estate.devices().get(call.pathInt("id"));
  }

  private Reply list(Call call) {
    List<Device> fitting =
        estate.devices().all().stream()
            .filter(device -> Pages.fits(call, "company", device.organizationId()))
            .filter(device ->
                Pages.fits(call, "state", MonitoringViews.watch(device, estate).get("state") + ""))
            .toList();
    return Pages.of(fitting, Device::id, device -> MonitoringViews.watch(device, estate), call);
  }

  private Reply activities() {
    return Reply.ok(
        Json.object("items", estate.watches().log().all().stream().map(Views::activity).toList()));
  }

  private Map<String, Object> view(Blindness one) {
    return MonitoringViews.blindness(one, estate.watches().now());
  }

  private Reply blind(Call call) {
    List<Blindness> all = estate.watches().of(device(call).id());
    return Reply.ok(
        Json.object("items", all.stream().map(this::view).toList(), "total", all.size()));
  }

  private Reply one(Call call) {
    return Reply.ok(view(estate.watches().get(device(call).id(), call.pathInt("number"))));
  }

  /** `monitors` is `operational`, or `all` with those of security; the end is always there. */
  private Reply begin(Call call, Actor actor, String kind) {
    Device device = device(call);
    Map<String, Object> body = call.json();
    boolean isLater = kind.equals("maintenance");
    if (isLater) {
      Fields.only(body, "monitors", "minutes", "reason", "startsInMinutes");
    } else {
      Fields.only(body, "monitors", "minutes", "reason");
    }
    Set<String> monitors = monitors(device, Fields.text(body, "monitors", 20));
    int minutes = Fields.integer(body, "minutes", 1, LONGEST);
    String reason = Fields.text(body, "reason", 1000);
    int in =
        body.containsKey("startsInMinutes")
            ? Fields.integer(body, "startsInMinutes", 0, LONGEST)
            : 0;
    Blindness one =
        estate
            .watches()
            .begin(
                device.id(),
                kind,
                monitors,
                Duration.ofMinutes(in),
                Duration.ofMinutes(minutes),
                reason,
                actor);
    return Reply.of(201, view(one));
  }

  private Set<String> monitors(Device device, String word) {
    Set<String> all = estate.watches().monitors(device);
    return switch (word) {
      case "all" -> all;
      case "operational" ->
          all.stream().filter(one -> !Watches.SECURITY.contains(one)).collect(Collectors.toSet());
      default -> throw Refusal.badRequest("`monitors` must be operational or all");
    };
  }

  private Reply end(Call call, Actor actor) {
    return Reply.ok(view(estate.watches().end(device(call).id(), call.pathInt("number"), actor)));
  }
}

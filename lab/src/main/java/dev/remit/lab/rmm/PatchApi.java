package dev.remit.lab.rmm;

import dev.remit.lab.estate.Actor;
import dev.remit.lab.estate.Device;
import dev.remit.lab.estate.Estate;
import dev.remit.lab.estate.Patch;
import dev.remit.lab.estate.Ring;
import dev.remit.lab.http.Call;
import dev.remit.lab.http.Fields;
import dev.remit.lab.http.Json;
import dev.remit.lab.http.Reply;
import dev.remit.lab.vendor.Operation;
import io.helidon.http.Method;
import java.util.List;
import java.util.Map;

/** Patches in rings; the vendor's description has no such thing, so all is an extension. */
final class PatchApi {
  private final Estate estate;

  PatchApi(Estate estate) {
    this.estate = estate;
  }

  List<Operation> operations() {
    return List.of(
        Operation.read("rings", "/ext/rings", call -> rings()),
        Operation.read(
            "ring-read", "/ext/ring/{ring}", call -> Reply.ok(PatchViews.ring(ring(call), estate))),
        Operation.read("device-patches", "/ext/device/{id}/patches", this::patches),
        Operation.control(
            "ring-install", Method.POST, "/ext/ring/{ring}/patch/install", this::install));
  }

  private Ring ring(Call call) {
    return estate.rings().get(call.path("ring"));
  }

  private Reply rings() {
    return Reply.ok(
        estate.rings().all().stream().map(ring -> PatchViews.ring(ring, estate)).toList());
  }

  private Reply patches(Call call) {
    Device device = estate.devices().get(call.pathInt("id"));
    List<Map<String, Object>> patches =
        Patch.APPROVED.stream()
            .map(patch ->
                patch(patch, estate.hosts().get(device.id()).patches().contains(patch.id())))
            .toList();
    return Reply.ok(Json.object("deviceId", device.id(), "patches", patches));
  }

  private static Map<String, Object> patch(Patch patch, boolean isInstalled) {
    return Json.object(
        "id", patch.id(),
        "title", patch.title(),
        "severity", patch.severity(),
        "installed", isInstalled);
  }

  private Reply install(Call call, Actor actor) {
    Fields.only(call.json());
    return Reply.of(202, Views.job(estate.install(ring(call).id(), actor)));
  }
}

package dev.remit.lab.rmm;

import dev.remit.lab.estate.Device;
import dev.remit.lab.estate.Estate;
import dev.remit.lab.estate.Patch;
import dev.remit.lab.estate.Ring;
import dev.remit.lab.http.Json;
import java.util.Map;

/** Rings as the RMM shows them. */
public final class PatchViews {
  private PatchViews() {}

  /** A ring with all that one asks before it is patched. */
  public static Map<String, Object> ring(Ring ring, Estate estate) {
    var rings = estate.rings();
    int pending = rings.pending(ring).size();
    return Json.object(
        "id",
        ring.id(),
        "organizationId",
        ring.organizationId(),
        "name",
        ring.name(),
        "sharePercent",
        ring.share(),
        "devices",
        rings.members(ring).stream().map(Device::id).toList(),
        "approved",
        Patch.APPROVED.stream().map(patch -> patch.id() + " " + patch.title()).toList(),
        "pendingDevices",
        pending,
        "failures",
        ring.failures(),
        "failureLimit",
        Ring.FAILURE_LIMIT,
        "state",
        ring.isStopped() ? "stopped" : pending == 0 ? "done" : "pending",
        "soak",
        rings.soak(ring),
        "backup",
        rings.backup(ring),
        "disk",
        rings.disk(ring),
        "doneTime",
        ring.done().map(Views::seconds).orElse(null),
        "version",
        ring.version());
  }
}

package dev.remit.lab.control;

import dev.remit.lab.estate.Device;
import dev.remit.lab.estate.Estate;
import dev.remit.lab.estate.Host;
import dev.remit.lab.http.Json;
import dev.remit.lab.http.Refusal;
import dev.remit.lab.monitoring.MonitoringViews;
import dev.remit.lab.people.PeopleIssuers;
import dev.remit.lab.psa.PsaViews;
import dev.remit.lab.rmm.PatchViews;
import dev.remit.lab.rmm.TicketViews;
import dev.remit.lab.rmm.Views;
import dev.remit.lab.vendor.Vendor;
import dev.remit.lab.vendor.Vendors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The whole state for tests; tokens by digest, never by text. */
final class StateView {
  private final Estate estate;
  private final Vendors vendors;
  private final PeopleIssuers people;

  StateView(Estate estate, Vendors vendors, PeopleIssuers people) {
    this.estate = estate;
    this.vendors = vendors;
    this.people = people;
  }

  Map<String, Object> all() {
    Vendor rmm = vendors.all().getFirst();
    return Json.object(
        "devices", estate.devices().all().stream().map(this::device).toList(),
        "services", services(),
        "jobs", estate.jobs().all().stream().map(Views::job).toList(),
        "jobsHeld", estate.jobs().isHeld(),
        "tokens", rmm.view().get("tokens"),
        "activities", estate.activities().all().stream().map(Views::activity).toList(),
        "tickets", estate.tickets().all().stream().map(TicketViews::ticket).toList(),
        "faults", rmm.faults().view(),
        "triggers", rmm.triggers().view(),
        "trapped", rmm.trapped(),
        "people", people.state(),
        "vendors", vendors.view(),
        "hosts", hosts(),
        "rings", estate.rings().all().stream().map(ring -> PatchViews.ring(ring, estate)).toList(),
        "psaTickets", estate.tickets().all().stream().map(t -> PsaViews.ticket(t, estate)).toList(),
        "outbox", PsaViews.outbox(estate),
        "articles", estate.articles().all().stream().map(PsaViews::article).toList(),
        "psaActivities", estate.psaLog().all().stream().map(Views::activity).toList(),
        "watches",
            estate.devices().all().stream().map(d -> MonitoringViews.watch(d, estate)).toList(),
        "alerts",
            estate.watches().alerts().stream().map(a -> MonitoringViews.alert(a, estate)).toList(),
        "monitoringActivities",
            estate.watches().log().all().stream().map(Views::activity).toList());
  }

  Object part(String name) {
    Object part = all().get(name);
    if (part == null) {
      throw Refusal.notFound("no part `" + name + "`");
    }
    return part;
  }

  private Map<String, Object> device(Device device) {
    return Json.object(
        "id", device.id(),
        "organizationId", device.organizationId(),
        "role", device.role().label(),
        "displayName", device.displayName(),
        "offline", device.offline(),
        "lastUpdate", Views.seconds(device.lastUpdate()),
        "lastBoot", Views.seconds(device.lastBoot()),
        "lastPatchScan", Views.seconds(device.lastPatchScan()));
  }

  private Map<String, Object> services() {
    Map<String, Object> all = new LinkedHashMap<>();
    for (Device device : estate.devices().all()) {
      List<Map<String, Object>> own =
          estate.services().of(device.id()).stream().map(Views::service).toList();
      all.put(Integer.toString(device.id()), own);
    }
    return all;
  }

  private Map<String, Object> hosts() {
    Map<String, Object> all = new LinkedHashMap<>();
    for (Device device : estate.devices().all()) {
      Host host = estate.hosts().get(device.id());
      all.put(
          Integer.toString(device.id()),
          Json.object(
              "users", host.users(),
              "backup", host.backup().word(),
              "lastBackup", host.lastBackup().toString(),
              "freeDisk", host.freeDisk(),
              "patches", List.copyOf(host.patches()),
              "failsPatches", host.isFailing()));
    }
    return all;
  }
}

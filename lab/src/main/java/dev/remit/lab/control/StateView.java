package dev.remit.lab.control;

import dev.remit.lab.estate.Device;
import dev.remit.lab.estate.Estate;
import dev.remit.lab.http.Json;
import dev.remit.lab.http.Refusal;
import dev.remit.lab.people.PeopleIssuers;
import dev.remit.lab.rmm.Rmm;
import dev.remit.lab.rmm.TicketViews;
import dev.remit.lab.rmm.Tokens;
import dev.remit.lab.rmm.Views;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The whole state for tests; tokens by digest, never by text. */
final class StateView {
  private final Estate estate;
  private final Rmm rmm;
  private final PeopleIssuers people;

  StateView(Estate estate, Rmm rmm, PeopleIssuers people) {
    this.estate = estate;
    this.rmm = rmm;
    this.people = people;
  }

  Map<String, Object> all() {
    return Json.object(
        "devices", estate.devices().all().stream().map(this::device).toList(),
        "services", services(),
        "jobs", estate.jobs().all().stream().map(Views::job).toList(),
        "jobsHeld", estate.jobs().isHeld(),
        "tokens", rmm.tokens().live().stream().map(StateView::token).toList(),
        "activities", estate.activities().all().stream().map(Views::activity).toList(),
        "tickets", estate.tickets().all().stream().map(TicketViews::ticket).toList(),
        "faults", rmm.faults().view(),
        "triggers", rmm.triggers().view(),
        "trapped", rmm.trapped(),
        "people", people.state());
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

  private static Map<String, Object> token(Tokens.Token token) {
    return Json.object(
        "sha256", token.digest(),
        "clientId", token.clientId(),
        "scope", token.scope(),
        "expiresAt", token.expiresAt().toString());
  }
}

package dev.remit.lab.monitoring;

import dev.remit.lab.estate.Actor;
import dev.remit.lab.estate.Alert;
import dev.remit.lab.estate.Estate;
import dev.remit.lab.http.Call;
import dev.remit.lab.http.Fields;
import dev.remit.lab.http.Pages;
import dev.remit.lab.http.Reply;
import dev.remit.lab.vendor.Operation;
import java.util.List;
import java.util.Map;

/** Alerts, and that somebody has seen one. */
final class AlertApi {
  private final Estate estate;

  AlertApi(Estate estate) {
    this.estate = estate;
  }

  List<Operation> operations() {
    return List.of(
        Operation.get(
            "monitoring-alerts",
            "/v1/alerts",
            Monitoring.READ,
            this::list,
            "id",
            "watch",
            "state",
            "pageSize",
            "after"),
        Operation.get(
            "monitoring-alert",
            "/v1/alerts/{alert}",
            Monitoring.READ,
            call -> Reply.ok(view(estate.watches().alert(call.pathInt("alert"))))),
        Operation.post(
            "monitoring-acknowledge",
            "/v1/alerts/{alert}/acknowledge",
            Monitoring.ACKNOWLEDGE,
            this::acknowledge));
  }

  private Map<String, Object> view(Alert alert) {
    return MonitoringViews.alert(alert, estate);
  }

  private Reply list(Call call) {
    List<Alert> fitting =
        estate.watches().alerts().stream()
            .filter(alert -> Pages.fits(call, "id", alert.id()))
            .filter(alert -> Pages.fits(call, "watch", alert.deviceId()))
            .filter(alert -> Pages.fits(call, "state", alert.state()))
            .toList();
    return Pages.of(fitting, Alert::id, this::view, call);
  }

  private Reply acknowledge(Call call, Actor actor) {
    Alert alert = estate.watches().alert(call.pathInt("alert"));
    Map<String, Object> body = call.json();
    Fields.only(body, "note");
    String note = Fields.text(body, "note", 1000);
    return Reply.ok(view(estate.watches().acknowledge(alert.id(), note, actor)));
  }
}

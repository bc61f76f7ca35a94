package dev.remit.cli.demo;

import dev.remit.cli.CommandException;
import dev.remit.cli.people.PeopleApi;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The RMM's own API, used with the MSP's standing credential: the way around Remit, and the way to
 * the vendor's log.
 */
final class Rmm {

  private static final int PAGE = 1000;

  private final HttpClient http;
  private final Value.Obj vendor;
  private final String base;

  Rmm(HttpClient http, Value.Obj lab) {
    this.http = http;
    this.vendor = lab.object("rmm").orElseThrow(() -> LabControl.noSuch("rmm"));
    this.base = text("baseUrl");
  }

  /** Restarts a service of a device, asking nobody. */
  void restart(int device, String service) {
    var body = Json.bytes(Value.object("action", "RESTART"));
    send(
        request("/v2/device/" + device + "/windows-service/" + service + "/control", "control")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  /** All activities on the devices of a company, newest first. */
  List<Value> activities(int organization) {
    var all = new ArrayList<Value>();
    var filter = "/v2/activities?df=" + PeopleApi.encode("org=" + organization);
    var page = page(filter + "&pageSize=" + PAGE);
    all.addAll(page);
    while (page.size() == PAGE) {
      long oldest = LabControl.objects(new Value.Array(page)).getLast().integer("id").orElseThrow();
      page = page(filter + "&pageSize=" + PAGE + "&olderThan=" + oldest);
      all.addAll(page);
    }
    return List.copyOf(all);
  }

  private List<Value> page(String path) {
    return Json.parseObject(send(request(path, "monitoring").GET())).items("activities");
  }

  private HttpRequest.Builder request(String path, String scope) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .header("Authorization", "Bearer " + token(scope));
  }

  private String token(String scope) {
    String form =
        "grant_type=client_credentials&client_id="
            + PeopleApi.encode(text("clientId"))
            + "&client_secret="
            + PeopleApi.encode(text("clientSecret"))
            + "&scope="
            + scope;
    var answer =
        send(
            HttpRequest.newBuilder(URI.create(text("tokenUrl")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    return Json.parseObject(answer)
        .text("access_token")
        .orElseThrow(() -> CommandException.broken("the RMM gave no token"));
  }

  private String text(String name) {
    return vendor.text(name).orElseThrow(() -> LabControl.noSuch("rmm." + name));
  }

  private String send(HttpRequest.Builder request) {
    try {
      var answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (answer.statusCode() / 100 != 2) {
        throw CommandException.broken("the RMM answered " + answer.statusCode());
      }
      return answer.body();
    } catch (IOException e) {
      throw CommandException.broken("the RMM does not answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.broken("interrupted");
    }
  }
}

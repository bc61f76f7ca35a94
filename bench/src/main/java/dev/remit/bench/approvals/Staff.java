package dev.remit.bench.approvals;

import dev.remit.bench.BenchException;
import dev.remit.bench.call.Lab;
import dev.remit.cli.demo.Desk;
import dev.remit.cli.people.DataFolder;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The MSP's people of the bench, signed in, with keys as the installation's documents say. */
final class Staff {

  private static final String ISSUER = "staff";

  private Staff() {}

  /** A senior technician whose key another administrator has answered for. */
  static Desk technician(Lab lab, DataFolder data) {
    var people = URI.create(data.server().text("people").orElseThrow());
    String site = "http://localhost:" + people.getPort();
    allowRedirect(lab, site + "/signin/callback/" + ISSUER);
    var administrator = Desk.signIn(site, ISSUER, account(lab, "service-managers"));
    administrator.registerKey("/v1/keys/first", code(data));
    var technician = Desk.signIn(site, ISSUER, account(lab, "senior-technicians"));
    var waits = technician.registerKey("/v1/keys", Value.Obj.EMPTY).text("waitsFor").orElseThrow();
    administrator.answer("_operator", waits, "grant");
    return technician;
  }

  private static Value.Obj code(DataFolder data) {
    var opened = data.people().post("/v1/first-key", Value.Obj.EMPTY);
    try {
      var lines = Files.readAllLines(Path.of(opened.text("file").orElseThrow()));
      return Value.object("code", lines.getLast().strip());
    } catch (IOException e) {
      throw BenchException.broken("cannot read the one-time code");
    }
  }

  private static String account(Lab lab, String group) {
    var accounts =
        lab.part("people").object("msp").map(msp -> msp.items("accounts")).orElse(List.of());
    for (var item : accounts) {
      if (item instanceof Value.Obj account
          && account.items("groups").equals(List.of(Value.of(group)))) {
        return account.text("subject").orElseThrow();
      }
    }
    throw BenchException.broken("the lab has nobody of `" + group + "`");
  }

  private static void allowRedirect(Lab lab, String uri) {
    var control = lab.part("control");
    var request =
        HttpRequest.newBuilder(
                URI.create(control.text("baseUrl").orElseThrow() + "/v1/people/redirects"))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + control.text("key").orElseThrow())
            .POST(
                HttpRequest.BodyPublishers.ofByteArray(
                    Json.bytes(Value.object("redirectUri", uri))))
            .build();
    try (var http = HttpClient.newHttpClient()) {
      int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status / 100 != 2) {
        throw BenchException.broken("the lab refused a redirect: " + status);
      }
    } catch (IOException e) {
      throw BenchException.broken("the lab does not answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw BenchException.broken("interrupted");
    }
  }
}

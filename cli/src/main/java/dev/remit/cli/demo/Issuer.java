package dev.remit.cli.demo;

import dev.remit.cli.CommandException;
import dev.remit.cli.people.PeopleApi;
import dev.remit.core.value.Value;
import dev.remit.identity.binding.DpopKey;
import dev.remit.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** The lab's OIDC issuer, asked as an agent asks: client credentials (RFC 6749, section 4.4). */
final class Issuer {

  private final HttpClient http;
  private final Value.Obj oidc;

  Issuer(HttpClient http, Value.Obj lab) {
    this.http = http;
    this.oidc = lab.object("oidc").orElseThrow(() -> LabControl.noSuch("oidc"));
  }

  /**
   * A token of a workload.
   *
   * @param audience the resource that it is for (RFC 8707)
   * @param key what it is to be bound to (RFC 9449, section 5); a bearer's, if empty
   */
  String token(String subject, String audience, Optional<DpopKey> key) {
    String endpoint = oidc.text("tokenUrl").orElse("");
    String secret =
        oidc.object("clients")
            .flatMap(clients -> clients.text(subject))
            .orElseThrow(() -> LabControl.noSuch("oidc.clients." + subject));
    String form =
        "grant_type=client_credentials&client_id="
            + PeopleApi.encode(subject)
            + "&client_secret="
            + PeopleApi.encode(secret)
            + "&resource="
            + PeopleApi.encode(audience);
    var request =
        HttpRequest.newBuilder(URI.create(endpoint))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form));
    key.map(one -> one.proof("POST", endpoint, Optional.empty(), Optional.empty(), Instant.now()))
        .ifPresent(proof -> request.header("DPoP", proof));
    try {
      var answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return Json.parseObject(answer.body())
          .text("access_token")
          .orElseThrow(
              () -> CommandException.broken("the issuer gave no token to `" + subject + "`"));
    } catch (IOException e) {
      throw CommandException.broken("the lab's issuer does not answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.broken("interrupted");
    }
  }
}

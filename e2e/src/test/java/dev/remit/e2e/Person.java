package dev.remit.e2e;

import dev.remit.core.approval.Assertion;
import dev.remit.core.value.Value;
import dev.remit.identity.passkey.soft.SoftAuthenticator;
import dev.remit.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Somebody of the lab at the people's site, without a browser: signs in at their organisation's
 * issuer, reads cards, and signs answers with a key of their own. Session and key outlive the
 * server's restarts.
 */
final class Person {

  private static final Pattern HIDDEN = Pattern.compile("name=\"request\" value=\"([^\"]+)\"");

  private final HttpClient http =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private final String site;
  private final String id;
  private final SoftAuthenticator key;
  private String csrf = "";

  private Person(String site, String id) {
    this.site = site;
    this.id = id;
    this.key = new SoftAuthenticator(site, URI.create(site).getHost(), new SecureRandom());
  }

  /** Signs in; {@code issuer} as the workspace names it. */
  static Person signIn(String site, String issuer, String subject) {
    var person = new Person(site, issuer + "/" + subject);
    var form = person.location(person.get(site + "/signin/start/" + issuer));
    var hidden = HIDDEN.matcher(person.get(form).body());
    if (!hidden.find()) {
      throw new AssertionError("the issuer of `" + issuer + "` shows no form");
    }
    var login = form.substring(0, form.indexOf("/authorize")) + "/login";
    var fields = "request=" + encoded(hidden.group(1)) + "&person=" + encoded(subject);
    var back =
        person.send(
            HttpRequest.newBuilder(URI.create(login))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(fields)));
    person.location(person.get(person.location(back)));
    person.csrf = person.read("/v1/me").object().text("csrf").orElseThrow();
    return person;
  }

  /** Issuer and subject, as rows name somebody. */
  String id() {
    return id;
  }

  String keyId() {
    return key.credentialId();
  }

  /** Registers the key at this path, or asks for it. */
  Value.Obj registerKey(String path, Value.Obj more) {
    var challenge =
        post("/v1/keys/options", Value.Obj.EMPTY).object().text("challenge").orElseThrow();
    var attested = key.register(Base64.getUrlDecoder().decode(challenge));
    var told =
        post(
            path,
            more.with("label", Value.of("key of a test"))
                .with("challenge", Value.of(challenge))
                .with(
                    "attestation",
                    Value.object(
                        "clientDataJson", attested.clientDataJson(),
                        "attestationObject", attested.attestationObject())));
    if (told.status() / 100 != 2) {
      throw new AssertionError("no key: " + told);
    }
    return told.object();
  }

  /** What the site answered. */
  record Told(int status, String text) {
    Value.Obj object() {
      return text.startsWith("{") ? Json.parseObject(text) : Value.Obj.EMPTY;
    }
  }

  /** The card of a proposal, or why there is none. */
  Told card(String tenant, String handle) {
    return read("/v1/approvals/" + tenant + "/" + handle);
  }

  /** What a grant has to sign; empty for somebody who may not. */
  Optional<String> challenge(String tenant, String handle) {
    return card(tenant, handle).object().text("grantChallenge");
  }

  /** What the key signs for a challenge. */
  Assertion sign(String challenge) {
    return key.sign(Base64.getUrlDecoder().decode(challenge));
  }

  /** Grants it; how the proposal stands then. */
  String grant(String tenant, String handle) {
    var told = give(tenant, handle, sign(challenge(tenant, handle).orElseThrow()));
    return told.object().text("state").orElseGet(told::toString);
  }

  /** Gives a grant with a signature, whatever it signs. */
  Told give(String tenant, String handle, Assertion signed) {
    return post(
        "/v1/approvals/" + tenant + "/" + handle + "/answer",
        Value.object(
            "verdict",
            "grant",
            "assertion",
            Value.object(
                "credentialId", signed.credentialId(),
                "clientDataJson", signed.clientDataJson(),
                "authenticatorData", signed.authenticatorData(),
                "signature", signed.signature())));
  }

  /** Agrees on a page that asks for nothing else, and goes where it leads. */
  void agree(String address) {
    get(address);
    var agreed =
        send(
            HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", site)
                .POST(HttpRequest.BodyPublishers.ofString("csrf=" + encoded(csrf))));
    get(location(agreed));
  }

  Told read(String path) {
    return told(get(site + path));
  }

  Told post(String path, Value.Obj body) {
    return told(
        send(
            HttpRequest.newBuilder(URI.create(site + path))
                .header("Content-Type", "application/json")
                .header("Origin", site)
                .header("X-Remit-Csrf", csrf)
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)))));
  }

  private static Told told(HttpResponse<String> answer) {
    return new Told(answer.statusCode(), answer.body());
  }

  private HttpResponse<String> get(String url) {
    return send(HttpRequest.newBuilder(URI.create(url)).GET());
  }

  private String location(HttpResponse<String> answer) {
    return answer
        .headers()
        .firstValue("Location")
        .map(to -> answer.uri().resolve(to).toString())
        .orElseThrow(
            () -> new AssertionError(answer.uri().getPath() + " leads nowhere: " + answer.body()));
  }

  /** Cookies are for the site alone, as in a browser. */
  private HttpResponse<String> send(HttpRequest.Builder request) {
    boolean isSite = request.copy().build().uri().toString().startsWith(site + "/");
    if (isSite && !cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    try {
      var answer =
          http.send(
              request.header("Accept", "application/json, text/html").build(),
              HttpResponse.BodyHandlers.ofString());
      if (isSite) {
        answer.headers().allValues("Set-Cookie").forEach(this::keep);
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void keep(String header) {
    var pair = header.split(";", 2)[0].split("=", 2);
    if (pair.length == 2 && !pair[1].isEmpty()) {
      cookies.put(pair[0], pair[1]);
    } else {
      cookies.remove(pair[0]);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

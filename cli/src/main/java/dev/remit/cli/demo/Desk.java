package dev.remit.cli.demo;

import dev.remit.cli.CommandException;
import dev.remit.core.approval.Assertion;
import dev.remit.core.value.Value;
import dev.remit.identity.passkey.soft.SoftAuthenticator;
import dev.remit.json.Json;
import java.io.IOException;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A person of the lab at a browser: signs in at their organisation's issuer, reads cards, and signs
 * answers with a key of their own that is made anew by each run.
 *
 * <p>It goes through the same endpoints as the console's pages do.
 */
public final class Desk {

  private static final Pattern HIDDEN = Pattern.compile("name=\"request\" value=\"([^\"]+)\"");

  private final HttpClient http =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private final String site;
  private final SoftAuthenticator key;
  private String csrf = "";

  private Desk(String site) {
    this.site = site;
    this.key = new SoftAuthenticator(site, URI.create(site).getHost(), new SecureRandom());
  }

  /**
   * Signs in.
   *
   * @param site the people's site
   * @param issuer as the workspace names it
   * @param subject the account at that issuer
   */
  public static Desk signIn(String site, String issuer, String subject) {
    var desk = new Desk(site);
    var toIssuer = desk.follow(desk.get(site + "/signin/start/" + issuer));
    var page = desk.get(toIssuer);
    Matcher request = HIDDEN.matcher(page.body());
    if (!request.find()) {
      throw CommandException.broken("the issuer of `" + issuer + "` shows no sign-in form");
    }
    var login = toIssuer.substring(0, toIssuer.indexOf("/authorize")) + "/login";
    var form = "request=" + encode(request.group(1)) + "&person=" + encode(subject);
    var back =
        desk.follow(
            desk.send(
                HttpRequest.newBuilder(URI.create(login))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(form))));
    desk.follow(desk.get(back));
    desk.csrf = desk.read("/v1/me").text("csrf").orElseThrow();
    return desk;
  }

  /** Registers the key, or asks for it; the answer says which. */
  public Value.Obj registerKey(String path, Value.Obj more) {
    var challenge = post("/v1/keys/options", Value.Obj.EMPTY).text("challenge").orElseThrow();
    var attested = key.register(Base64.getUrlDecoder().decode(challenge));
    var body =
        more.with("label", Value.of("a key of the demo"))
            .with("challenge", Value.of(challenge))
            .with(
                "attestation",
                Value.object(
                    "clientDataJson", attested.clientDataJson(),
                    "attestationObject", attested.attestationObject()));
    return post(path, body);
  }

  /** The card of a proposal. */
  public Value.Obj card(String tenant, String handle) {
    return read("/v1/approvals/" + tenant + "/" + handle);
  }

  /** Signs and gives an answer; the state of the proposal, or why it does not count. */
  public String answer(String tenant, String handle, String verdict) {
    var card = card(tenant, handle);
    var challenge = card.text(verdict + "Challenge");
    return challenge.isEmpty()
        ? "may not answer: " + card.text("whyNot").orElse("")
        : give(tenant, handle, verdict, sign(challenge.get()));
  }

  /** What the key signs for a challenge. */
  public Assertion sign(String challenge) {
    return key.sign(Base64.getUrlDecoder().decode(challenge));
  }

  /** Gives an answer with a signature, whatever it signs. */
  public String give(String tenant, String handle, String verdict, Assertion signed) {
    var body =
        Value.object(
            "verdict",
            verdict,
            "assertion",
            Value.object(
                "credentialId", signed.credentialId(),
                "clientDataJson", signed.clientDataJson(),
                "authenticatorData", signed.authenticatorData(),
                "signature", signed.signature()));
    var told = send(posting("/v1/approvals/" + tenant + "/" + handle + "/answer", body));
    var answer = Json.parseObject(told.body().getBytes(StandardCharsets.UTF_8));
    return told.statusCode() == 200
        ? answer.text("state").orElse("")
        : "not counted: " + answer.text("detail").orElse("");
  }

  /** Takes a task from its agent; the person's own that goes on in its place. */
  public String takeOver(String tenant, String task, String reason) {
    var taken =
        post("/v1/tasks/" + tenant + "/" + task + "/take-over", Value.object("reason", reason));
    return taken
        .text("own")
        .orElseThrow(() -> CommandException.broken(taken.text("noneOfYourOwn").orElse("no task")));
  }

  /** Makes a call of one's own in a task of one's own; what became of it. */
  public Value.Obj call(String tenant, String task, String tool, Value.Obj arguments) {
    return post(
        "/v1/calls",
        Value.object("tenant", tenant, "task", task, "tool", tool, "arguments", arguments));
  }

  /** Stops a company's agents: `stopped`, or `refused`. */
  String stop(String tenant, String reason) {
    var told =
        send(posting("/v1/kill", Value.object("scope", "tenant:" + tenant, "reason", reason)));
    return switch (told.statusCode()) {
      case 200 -> "stopped";
      case 403, 404 -> "refused";
      default -> "answered " + told.statusCode();
    };
  }

  /** What the site answers at a path: a page, or an object as text. */
  public HttpResponse<String> page(String path) {
    return get(site + path);
  }

  private Value.Obj read(String path) {
    return object(get(site + path));
  }

  private Value.Obj post(String path, Value.Obj body) {
    return object(send(posting(path, body)));
  }

  private HttpRequest.Builder posting(String path, Value.Obj body) {
    return HttpRequest.newBuilder(URI.create(site + path))
        .header("Content-Type", "application/json")
        .header("Origin", site)
        .header("X-Remit-Csrf", csrf)
        .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)));
  }

  private static Value.Obj object(HttpResponse<String> answer) {
    if (answer.statusCode() / 100 != 2) {
      throw CommandException.broken(
          "the people's site answered " + answer.statusCode() + ": " + answer.body());
    }
    return Json.parseObject(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  private HttpResponse<String> get(String url) {
    return send(HttpRequest.newBuilder(URI.create(url)).GET());
  }

  private String follow(HttpResponse<String> answer) {
    return answer
        .headers()
        .firstValue("Location")
        .map(to -> answer.uri().resolve(to).toString())
        .orElseThrow(() ->
            CommandException.broken(
                "`" + answer.uri().getPath() + "` leads nowhere: " + answer.statusCode()));
  }

  /** A browser's cookies for the site alone; it takes {@code localhost} for safe. */
  private HttpResponse<String> send(HttpRequest.Builder request) {
    var isSite = request.copy().build().uri().toString().startsWith(site + "/");
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
      throw CommandException.broken("the people's site does not answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.broken("interrupted");
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

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

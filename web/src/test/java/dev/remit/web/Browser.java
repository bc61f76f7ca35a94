package dev.remit.web;

import dev.remit.core.identity.Person;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What a browser keeps and sends: cookies of one host, and where a request comes from. */
final class Browser {

  private final Rig rig;
  private final String origin;
  final Map<String, String> cookies = new TreeMap<>();

  Browser(Rig rig, String origin) {
    this.rig = rig;
    this.origin = origin;
  }

  /** Goes the whole way: our page, the issuer, back. */
  Rig.Reply signIn(Person person) {
    return signIn(person, "");
  }

  Rig.Reply signIn(Person person, String query) {
    String issuer = person.id().issuer();
    var left = get("/signin/start/" + issuer + query);
    String state = left.header("Location").replaceAll(".*s=", "");
    rig.desk.signIn.byCode.put("code-" + state, person);
    return get("/signin/callback/" + issuer + "?code=code-" + state + "&state=" + state);
  }

  Rig.Reply get(String path) {
    return send("GET", path, "", Map.of("Sec-Fetch-Site", "same-origin"));
  }

  /** JSON from a page of ours, with the session's token. */
  Rig.Reply post(String path, Value.Obj body) {
    return send("POST", path, Json.text(body), ownPage());
  }

  /** A form from a page of ours. */
  Rig.Reply form(String path, String body) {
    var headers = new LinkedHashMap<>(ownPage());
    headers.remove("X-Remit-Csrf");
    headers.put("Content-Type", "application/x-www-form-urlencoded");
    return send("POST", path, body, headers);
  }

  /** Header fields of a request that a script of our own page sends. */
  Map<String, String> ownPage() {
    var headers = new LinkedHashMap<String, String>();
    headers.put("Origin", origin);
    headers.put("Sec-Fetch-Site", "same-origin");
    headers.put("X-Remit-Csrf", csrf());
    return headers;
  }

  String csrf() {
    var me = get("/v1/me");
    return me.status() == 200 ? me.json().text("csrf").orElseThrow() : "none";
  }

  Rig.Reply send(String method, String path, String body, Map<String, String> fields) {
    var headers = new LinkedHashMap<>(fields);
    if (!cookies.isEmpty() && !headers.containsKey("Cookie")) {
      headers.put(
          "Cookie",
          String.join(
              "; ",
              cookies.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList()));
    }
    var reply =
        rig.send(
            URI.create(path.startsWith("http") ? path : origin + path),
            method,
            body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body),
            headers);
    for (var cookie : reply.response().headers().allValues("Set-Cookie")) {
      String pair = cookie.split(";", 2)[0];
      int equals = pair.indexOf('=');
      if (cookie.contains("Max-Age=0")) {
        cookies.remove(pair.substring(0, equals));
      } else {
        cookies.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return reply;
  }
}

package dev.remit.e2e;

import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A running copy of a workload that asks for tokens of tasks, and works with them. */
final class TokenHolder {

  private static final String TYPE = "urn:ietf:params:oauth:token-type:access_token";
  private static final String FORM = "application/x-www-form-urlencoded";

  private final Estate estate;
  private final Holder holder = new Holder();

  TokenHolder(Estate estate) {
    this.estate = estate;
  }

  String thumbprint() {
    return holder.thumbprint();
  }

  /** The authorization server's name, as clients find it. */
  String issuer() {
    return estate.server().machines();
  }

  /** A workload's own token, bound to this copy's key. */
  String own(String agent) {
    return faulty(agent, "none");
  }

  /** The same with something wrong in it. */
  String faulty(String agent, String fault) {
    return estate.lab().faultyToken(agent.replace('/', '.'), fault, holder);
  }

  /** Asks for a token of a task. */
  Http.Answer exchange(Value.Obj detail, Map<String, String> fields) {
    var url = issuer() + "/oauth2/token";
    var details = new Value.Array(List.of(detail.with("type", Value.of("msp_task"))));
    var form = new LinkedHashMap<String, String>();
    form.put("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
    form.put("authorization_details", Json.text(details));
    form.putAll(fields);
    for (int attempt = 1; ; attempt++) {
      var answer =
          Http.send(
              Http.request(url, "")
                  .setHeader("Content-Type", FORM)
                  .header("DPoP", holder.proof("POST", url, Optional.empty()))
                  .POST(HttpRequest.BodyPublishers.ofString(encoded(form))));
      var nonce = Optional.ofNullable(answer.headers().get("dpop-nonce"));
      boolean _ = holder.heard(url, answer.status(), nonce);
      if (nonce.isEmpty() || attempt == Holder.ATTEMPTS) {
        return answer;
      }
    }
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field ->
            field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(java.util.stream.Collectors.joining("&"));
  }

  /** A token of a task of this agent's own. */
  Http.Answer of(String agent, Value.Obj detail) {
    return exchange(detail, subject(own(agent)));
  }

  static Map<String, String> subject(String token) {
    return Map.of("subject_token", token, "subject_token_type", TYPE);
  }

  static Map<String, String> taken(String parent, String own) {
    return Map.of(
        "subject_token",
        parent,
        "subject_token_type",
        TYPE,
        "actor_token",
        own,
        "actor_token_type",
        TYPE);
  }

  /** Posts JSON with a token of this copy's. */
  Http.Answer post(String path, String token, Value.Obj body) {
    var url = issuer() + path;
    return holder.post(
        url,
        token,
        () ->
            Http.request(url, "")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", "2025-11-25")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body))));
  }

  /** Gives a token back, as whoever it is of. */
  Http.Answer revoke(String token) {
    var url = issuer() + "/oauth2/revoke";
    var form = encoded(Map.of("token", token));
    return holder.post(
        url,
        token,
        () ->
            Http.request(url, "")
                .setHeader("Content-Type", FORM)
                .POST(HttpRequest.BodyPublishers.ofString(form)));
  }

  /** A tool's result. */
  Agent.Result call(String token, String tool, Value.Obj arguments) {
    var params = Value.object("name", tool, "arguments", arguments);
    var message = Value.object("jsonrpc", "2.0", "id", 1, "method", "tools/call", "params", params);
    var answer = post("/mcp", token, message);
    return new Agent.Result(answer.status(), answer.object());
  }
}

package dev.remit.cli.connect;

import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tokens for one task, had from the gateway for the workload's own (RFC 8693; the task is named by
 * RFC 9396). They are bound to this process's key, whatever the workload's own token is bound to.
 */
final class TaskTokens implements Token.Source {

  private final Client client;
  private final URI endpoint;
  private final String resource;
  private final String task;
  private final Token.Source own;
  private final InstantSource clock;
  private Optional<Token> kept = Optional.empty(); // guarded by this

  /** Tokens of this task from the gateway's token endpoint. */
  TaskTokens(
      Client client,
      URI endpoint,
      String resource,
      String task,
      Token.Source own,
      InstantSource clock) {
    this.client = client;
    this.endpoint = endpoint;
    this.resource = resource;
    this.task = task;
    this.own = own;
    this.clock = clock;
  }

  @Override
  public synchronized Optional<Token> token(boolean isFresh) {
    kept = kept.filter(token -> !isFresh && token.isGoodAt(clock.instant()));
    if (kept.isEmpty()) {
      kept = Optional.of(client.token(endpoint, form(own.token(isFresh))));
    }
    return kept;
  }

  private Map<String, String> form(Optional<Token> subject) {
    var detail = Value.object("type", "msp_task", "task", task);
    var form = new TreeMap<String, String>();
    form.put("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
    form.put("resource", resource);
    form.put("authorization_details", Json.text(new Value.Array(List.of(detail))));
    subject.ifPresent(token -> {
      form.put("subject_token", token.value());
      form.put("subject_token_type", "urn:ietf:params:oauth:token-type:access_token");
    });
    return form;
  }
}

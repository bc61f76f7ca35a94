package dev.remit.cli.demo;

import dev.remit.cli.CommandException;
import dev.remit.core.value.InvalidValueException;
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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An agent whose token is bound to a key of its own (RFC 9449), posting to the MCP endpoint as it
 * is; it makes a proof anew where the server asks for its nonce.
 */
final class BoundAgent {

  private static final Pattern ERROR = Pattern.compile("error=\"([a-z_]+)\"");

  private final HttpClient http;
  private final String address;
  private final String token;
  private final DpopKey key;
  private @Nullable String nonce;
  private String lastProof = "";

  BoundAgent(HttpClient http, String machines, String token, DpopKey key) {
    this.http = http;
    this.address = machines + "/mcp";
    this.token = token;
    this.key = key;
  }

  /**
   * What came back.
   *
   * @param error the challenge's error code; empty when there was none
   * @param result the JSON-RPC result; empty when there was none
   */
  record Reply(int status, String error, Value.Obj result) {

    /** Status and error in a word or two. */
    String heard() {
      return status + (error.isEmpty() ? "" : " " + error);
    }
  }

  /** Calls a tool with the token and its key. */
  Reply call(String tool, Value.Obj arguments) {
    return proved(key, tool, arguments);
  }

  /** Calls a tool with the token and another key, as whoever stole the token alone would. */
  Reply callWith(DpopKey other, String tool, Value.Obj arguments) {
    return proved(other, tool, arguments);
  }

  /** Calls a tool with the token as if it were a bearer's. */
  Reply callAsBearer(String tool, Value.Obj arguments) {
    return post("Bearer", Optional.empty(), tool, arguments);
  }

  /** Calls a tool with the token and a proof that its holder used for the last call. */
  Reply callWithLastProof(String tool, Value.Obj arguments) {
    return post("DPoP", Optional.of(lastProof), tool, arguments);
  }

  /** Whether the server gave a nonce. */
  boolean hasNonce() {
    return nonce != null;
  }

  private Reply proved(DpopKey by, String tool, Value.Obj arguments) {
    var first = withProof(by, tool, arguments);
    return first.error().equals("use_dpop_nonce") ? withProof(by, tool, arguments) : first;
  }

  private Reply withProof(DpopKey by, String tool, Value.Obj arguments) {
    String proof =
        by.proof("POST", address, Optional.of(token), Optional.ofNullable(nonce), Instant.now());
    if (by == key) {
      lastProof = proof;
    }
    return post("DPoP", Optional.of(proof), tool, arguments);
  }

  private Reply post(String scheme, Optional<String> proof, String tool, Value.Obj arguments) {
    var message =
        Value.object(
            "jsonrpc",
            "2.0",
            "id",
            1,
            "method",
            "tools/call",
            "params",
            Value.object("name", tool, "arguments", arguments));
    var request =
        HttpRequest.newBuilder(URI.create(address))
            .header("Authorization", scheme + " " + token)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .header("MCP-Protocol-Version", "2025-11-25")
            .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(message)));
    proof.ifPresent(one -> request.header("DPoP", one));
    try {
      var answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      answer.headers().firstValue("DPoP-Nonce").ifPresent(given -> nonce = given);
      var error = ERROR.matcher(answer.headers().firstValue("WWW-Authenticate").orElse(""));
      return new Reply(
          answer.statusCode(), error.find() ? error.group(1) : "", result(answer.body()));
    } catch (IOException e) {
      throw CommandException.broken("the machines' listener does not answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.broken("interrupted");
    }
  }

  private static Value.Obj result(String body) {
    String json = body.startsWith("{") ? body : body.replaceAll("(?s)^.*?data: *", "");
    try {
      return Json.parseObject(json.strip()).object("result").orElse(Value.Obj.EMPTY);
    } catch (InvalidValueException e) {
      return Value.Obj.EMPTY;
    }
  }
}

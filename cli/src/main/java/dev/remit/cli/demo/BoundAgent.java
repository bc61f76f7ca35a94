package dev.remit.cli.demo;

import dev.remit.cli.CommandException;
import dev.remit.cli.demo.RawTool.Reply;
import dev.remit.core.value.Value;
import dev.remit.identity.binding.DpopKey;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.HashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An agent whose token is bound to a key of its own (RFC 9449), posting to the MCP endpoint as it
 * is; it makes a proof anew where the server asks for its nonce.
 */
final class BoundAgent {

  private final RawTool tools;
  private final String address;
  private final String token;
  private final DpopKey key;
  private @Nullable String nonce;
  private String lastProof = "";

  BoundAgent(HttpClient http, String machines, String token, DpopKey key) {
    this.address = machines + "/mcp";
    this.tools = new RawTool(http, address);
    this.token = token;
    this.key = key;
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
    var fields = new HashMap<String, String>();
    fields.put("Authorization", scheme + " " + token);
    proof.ifPresent(one -> fields.put("DPoP", one));
    try {
      var reply = tools.call(fields, tool, arguments);
      reply.nonce().ifPresent(given -> nonce = given);
      return reply;
    } catch (IOException e) {
      throw CommandException.broken("the machines' listener does not answer");
    }
  }
}

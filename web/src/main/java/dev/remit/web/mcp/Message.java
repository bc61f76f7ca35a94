package dev.remit.web.mcp;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.util.Optional;

/**
 * One JSON-RPC 2.0 message of a client (MCP, basic, messages).
 *
 * <p>Members of the envelope that we do not know are ignored; those that we know have their type,
 * or the message is refused. Batches and responses are: the first are in neither revision, the
 * second answer requests that this server never sends.
 */
sealed interface Message {

  /** The name of what is asked for. */
  String method();

  /** Its parameters; empty when none came. */
  Value.Obj params();

  /** Something to be answered; {@code id} is text or an integer. */
  record Request(Value id, String method, Value.Obj params) implements Message {}

  /** Something to be noted. */
  record Notification(String method, Value.Obj params) implements Message {}

  /** Reads a request body. */
  static Message parse(byte[] body) {
    Value value;
    try {
      value = Json.parse(body);
    } catch (InvalidValueException e) {
      throw new RpcError(400, RpcError.PARSE_ERROR, "parse error: " + e.getMessage());
    }
    return switch (value) {
      case Value.Obj object -> read(object);
      case Value.Array batch ->
          throw RpcError.invalidRequest("batches are not taken; send one message per request");
      case Value.Null none -> throw notAnObject();
      case Value.Bool claim -> throw notAnObject();
      case Value.Int number -> throw notAnObject();
      case Value.Real number -> throw notAnObject();
      case Value.Text text -> throw notAnObject();
    };
  }

  private static Message read(Value.Obj object) {
    var id = object.get("id");
    if (id.isPresent() && !isId(id.get())) {
      throw RpcError.invalidRequest("`id` must be text of at most 256 characters or an integer");
    }
    if (!object.text("jsonrpc").equals(Optional.of("2.0"))) {
      throw new Unreadable(id, "`jsonrpc` must be \"2.0\"");
    }
    if (object.get("result").isPresent() || object.get("error").isPresent()) {
      throw RpcError.invalidRequest("no request of this server waits for a response");
    }
    var method =
        object
            .text("method")
            .filter(name -> !name.isEmpty() && name.length() <= 128)
            .orElseThrow(() -> new Unreadable(id, "`method` must be text"));
    var params = object.get("params").orElse(Value.Obj.EMPTY);
    if (!(params instanceof Value.Obj named)) {
      throw new Unreadable(id, "`params` must be an object");
    }
    return id.isPresent() ? new Request(id.get(), method, named) : new Notification(method, named);
  }

  private static boolean isId(Value id) {
    return id instanceof Value.Int
        || (id instanceof Value.Text(String text) && text.length() <= 256);
  }

  private static RpcError notAnObject() {
    return RpcError.invalidRequest("a message is an object");
  }

  /** A message whose id could be read although the rest could not. */
  final class Unreadable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Optional<Value> id;

    Unreadable(Optional<Value> id, String message) {
      super(message, null, false, false);
      this.id = id;
    }

    Optional<Value> id() {
      return id;
    }

    RpcError error() {
      return RpcError.invalidRequest(String.valueOf(getMessage()));
    }
  }
}

package dev.remit.web.mcp;

import dev.remit.core.value.Value;
import dev.remit.web.http.Answer;
import dev.remit.web.http.ErrorShape;
import java.util.Optional;

/**
 * A JSON-RPC error and the HTTP status it travels with (JSON-RPC 2.0, section 5.1; MCP 2026-07-28,
 * basic, error codes).
 *
 * <p>Without an id where none could be read; both revisions leave it out then.
 */
final class RpcError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  static final int PARSE_ERROR = -32700;
  static final int INVALID_REQUEST = -32600;
  static final int METHOD_NOT_FOUND = -32601;
  static final int INVALID_PARAMS = -32602;
  static final int INTERNAL_ERROR = -32603;
  static final int HEADER_MISMATCH = -32020;
  static final int UNSUPPORTED_VERSION = -32022;

  /** Refusals of HTTP's own kind on the MCP endpoint: an error without id. */
  static final ErrorShape SHAPE =
      refusal ->
          new RpcError(
                  refusal.status(),
                  refusal.status() < 500 ? INVALID_REQUEST : INTERNAL_ERROR,
                  refusal.words())
              .about(Value.object("code", refusal.code()))
              .answer(Optional.empty())
              .with(refusal.headers());

  private final int status;
  private final int code;
  private final transient Optional<Value> data;

  RpcError(int status, int code, String message) {
    this(status, code, message, Optional.empty());
  }

  /** The number of JSON-RPC, section 5.1. */
  int code() {
    return code;
  }

  private RpcError(int status, int code, String message, Optional<Value> data) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.data = data;
  }

  /** A message that is no request: HTTP 400. */
  static RpcError invalidRequest(String message) {
    return new RpcError(400, INVALID_REQUEST, message);
  }

  /** Parameters that do not fit the method. */
  static RpcError invalidParams(String message) {
    return new RpcError(200, INVALID_PARAMS, message);
  }

  /** The same error with data for programs. */
  RpcError about(Value more) {
    return new RpcError(status, code, String.valueOf(getMessage()), Optional.of(more));
  }

  int status() {
    return status;
  }

  /** The whole message. */
  Value.Obj envelope(Optional<Value> id) {
    var error = Value.object("code", code, "message", String.valueOf(getMessage()));
    error = data.isPresent() ? error.with("data", data.get()) : error;
    var envelope = Value.object("jsonrpc", "2.0");
    envelope = id.isPresent() ? envelope.with("id", id.get()) : envelope;
    return envelope.with("error", error);
  }

  Answer answer(Optional<Value> id) {
    return Answer.json(status, envelope(id));
  }
}

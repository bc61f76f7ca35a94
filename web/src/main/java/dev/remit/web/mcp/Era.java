package dev.remit.web.mcp;

import dev.remit.core.value.Value;
import dev.remit.web.http.Exchange;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Which revision a message is written in, and the checks that the newer one asks of every request
 * (MCP 2026-07-28, versioning, and transports, server validation).
 *
 * <p>A message is modern when its {@code _meta} or its header names a version that is not an older
 * one; each message is judged by itself. An older client that sends no header is taken for
 * 2025-11-25, whose tools it understands.
 */
enum Era {
  /** 2025-11-25 and 2025-06-18: a handshake comes first; we keep nothing of it. */
  LEGACY,
  /** 2026-07-28: every request says all about itself. */
  MODERN;

  static final String NEWEST = "2026-07-28";
  static final String NEWEST_LEGACY = "2025-11-25";
  static final List<String> LEGACY_VERSIONS = List.of(NEWEST_LEGACY, "2025-06-18");
  static final List<String> VERSIONS = List.of(NEWEST, NEWEST_LEGACY, "2025-06-18");

  private static final String META_VERSION = "io.modelcontextprotocol/protocolVersion";
  private static final String META_CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";
  private static final String META_CLIENT = "io.modelcontextprotocol/clientInfo";
  private static final HeaderName VERSION = HeaderNames.create("MCP-Protocol-Version");
  private static final HeaderName METHOD = HeaderNames.create("Mcp-Method");
  private static final HeaderName NAME = HeaderNames.create("Mcp-Name");
  private static final String ENCODED = "=?base64?";

  /** The era of this message; throws when it breaks the rules of its own. */
  static Era of(Exchange exchange, Message message) {
    var header = exchange.header(VERSION);
    var named = message.params().object("_meta").flatMap(meta -> meta.get(META_VERSION));
    boolean isLegacy =
        named.isEmpty() && (header.isEmpty() || LEGACY_VERSIONS.contains(header.get()));
    if (isLegacy) {
      return LEGACY;
    }
    return switch (message) {
      case Message.Request request -> {
        requireVersion(header, named);
        requireMeta(request);
        requireHeaders(exchange, request);
        yield MODERN;
      }
      case Message.Notification notification -> {
        requireSupported(header.orElse(NEWEST));
        yield MODERN;
      }
    };
  }

  private static void requireVersion(Optional<String> header, Optional<Value> named) {
    if (header.isEmpty()) {
      throw mismatch("header `MCP-Protocol-Version` is missing");
    }
    if (named.isPresent() && !named.get().equals(Value.of(header.get()))) {
      throw mismatch("header `MCP-Protocol-Version` does not match `" + META_VERSION + "`");
    }
    requireSupported(header.get());
  }

  private static void requireSupported(String version) {
    if (!version.equals(NEWEST)) {
      throw new RpcError(400, RpcError.UNSUPPORTED_VERSION, "unsupported protocol version")
          .about(Value.object("supported", VERSIONS, "requested", version));
    }
  }

  private static void requireMeta(Message.Request request) {
    var meta = request.params().object("_meta").orElse(Value.Obj.EMPTY);
    if (meta.get(META_VERSION).isEmpty()) {
      throw malformed("`_meta` lacks `" + META_VERSION + "`");
    }
    if (meta.object(META_CAPABILITIES).isEmpty()) {
      throw malformed("`_meta` lacks the object `" + META_CAPABILITIES + "`");
    }
    if (meta.get(META_CLIENT).isPresent() && meta.object(META_CLIENT).isEmpty()) {
      throw malformed("`" + META_CLIENT + "` must be an object");
    }
  }

  private static void requireHeaders(Exchange exchange, Message.Request request) {
    var method = exchange.header(METHOD);
    if (!method.equals(Optional.of(request.method()))) {
      throw mismatch("header `Mcp-Method` is missing or does not match `method`");
    }
    if (request.method().equals("tools/call")) {
      var name = exchange.header(NAME).map(Era::decoded);
      if (name.isEmpty() || !name.equals(request.params().text("name"))) {
        throw mismatch("header `Mcp-Name` is missing or does not match `params.name`");
      }
    }
    if (request.method().startsWith("tasks/")) {
      var id = exchange.header(NAME).map(Era::decoded);
      if (id.isEmpty() || !id.equals(request.params().text("taskId"))) {
        throw mismatch("header `Mcp-Name` is missing or does not match `params.taskId`");
      }
    }
  }

  /** The sentinel form for names that do not fit into a header (transports, value encoding). */
  private static String decoded(String header) {
    if (!header.startsWith(ENCODED) || !header.endsWith("?=")) {
      return header;
    }
    try {
      var bytes =
          Base64.getDecoder().decode(header.substring(ENCODED.length(), header.length() - 2));
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw mismatch("header `Mcp-Name` is not valid base64 of UTF-8");
    }
  }

  private static RpcError mismatch(String message) {
    return new RpcError(400, RpcError.HEADER_MISMATCH, "header mismatch: " + message);
  }

  private static RpcError malformed(String message) {
    return new RpcError(400, RpcError.INVALID_PARAMS, "invalid params: " + message);
  }

  /** A result in the form of this era; results that may be kept say for how long. */
  Value.Obj complete(Value.Obj result, boolean isCacheable) {
    return switch (this) {
      case LEGACY -> result;
      case MODERN -> {
        var meta = result.object("_meta").orElse(Value.Obj.EMPTY);
        var complete =
            result
                .with("resultType", result.get("resultType").orElse(Value.of("complete")))
                .with("_meta", meta.with("io.modelcontextprotocol/serverInfo", ServerInfo.VALUE));
        yield isCacheable
            ? complete.with("ttlMs", Value.of(0)).with("cacheScope", Value.of("private"))
            : complete;
      }
    };
  }
}

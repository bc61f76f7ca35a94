package dev.remit.lab.http;

import io.helidon.common.parameters.Parameters;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One request, its body read once. Wrong types and repeated parameters are refused with 400. */
public final class Call {
  private static final HeaderName PROOF = HeaderNames.create("DPoP");
  private final Map<String, String> path;
  private final Map<String, String> query;
  private final Optional<String> authorization;
  private final Optional<String> ifMatch;
  private final Optional<String> proof;
  private final String contentType;
  private final byte[] body;

  private Call(
      Map<String, String> path,
      Map<String, String> query,
      Optional<String> authorization,
      Optional<String> ifMatch,
      Optional<String> proof,
      String contentType,
      byte[] body) {
    this.path = path;
    this.query = query;
    this.authorization = authorization;
    this.ifMatch = ifMatch;
    this.proof = proof;
    this.contentType = contentType;
    this.body = body;
  }

  /** Reads the whole request. */
  public static Call read(ServerRequest req) {
    byte[] body = req.content().hasEntity() ? req.content().as(byte[].class) : new byte[0];
    List<String> authorizations = req.headers().all(HeaderNames.AUTHORIZATION, List::of);
    if (authorizations.size() > 1) {
      throw Refusal.badRequest("send one authorization header");
    }
    List<String> proofs = req.headers().all(PROOF, List::of);
    if (proofs.size() > 1) {
      throw new Refusal(400, "invalid_dpop_proof", "send one header `DPoP`");
    }
    return new Call(
        single(req.path().pathParameters()),
        single(req.query()),
        authorizations.stream().findFirst(),
        req.headers().first(HeaderNames.IF_MATCH),
        proofs.stream().findFirst(),
        req.headers().first(HeaderNames.CONTENT_TYPE).orElse(""),
        body);
  }

  private static Map<String, String> single(Parameters parameters) {
    Map<String, String> map = new LinkedHashMap<>();
    for (String name : parameters.names()) {
      List<String> values = parameters.all(name);
      if (values.size() != 1) {
        throw Refusal.badRequest("send `" + name + "` once");
      }
      map.put(name, values.getFirst());
    }
    return map;
  }

  /** Refuses any query parameter that is not listed. */
  public void allowQuery(Set<String> names) {
    for (String name : query.keySet()) {
      if (!names.contains(name)) {
        throw Refusal.badRequest("unknown parameter `" + name + "`");
      }
    }
  }

  public String path(String name) {
    return Optional.ofNullable(path.get(name))
        .orElseThrow(() -> new IllegalStateException("no path parameter " + name));
  }

  /** A path parameter of type int32. */
  public int pathInt(String name) {
    return integer(name, path(name));
  }

  /** The path parameter `id` as a device id, for faults and triggers; 0 when there is none. */
  public int deviceId() {
    String id = path.getOrDefault("id", "");
    return id.matches("[0-9]{1,9}") ? Integer.parseInt(id) : 0;
  }

  public Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /** A query parameter of type int32 within bounds. */
  public int queryInt(String name, int otherwise, int min, int max) {
    String text = query.get(name);
    if (text == null) {
      return otherwise;
    }
    int value = integer(name, text);
    if (value < min || value > max) {
      throw Refusal.badRequest("`" + name + "` must be between " + min + " and " + max);
    }
    return value;
  }

  private static int integer(String name, String text) {
    if (!text.matches("-?[0-9]{1,10}")) {
      throw Refusal.badRequest("`" + name + "` must be an integer");
    }
    long value = Long.parseLong(text);
    if (value != (int) value) {
      throw Refusal.badRequest("`" + name + "` is out of range");
    }
    return (int) value;
  }

  public Optional<String> authorization() {
    return authorization;
  }

  /** The header `If-Match`. */
  public Optional<String> ifMatch() {
    return ifMatch;
  }

  /** The header `DPoP` (RFC 9449, section 4.1). */
  public Optional<String> proof() {
    return proof;
  }

  /** The bearer token, if the request has one. */
  public Optional<String> bearer() {
    return authorization.filter(a -> a.startsWith("Bearer ")).map(a -> a.substring(7));
  }

  /** The body as one JSON object; an empty body is an empty object. */
  public Map<String, Object> json() {
    if (body.length == 0) {
      return Map.of();
    }
    if (!contentType.startsWith("application/json")) {
      throw new Refusal(415, "unsupported_media_type", "send application/json");
    }
    return Json.parseObject(body);
  }

  /** The body as a form; a repeated name is refused. */
  public Map<String, String> form() {
    if (!contentType.startsWith("application/x-www-form-urlencoded")) {
      throw Refusal.badRequest("send application/x-www-form-urlencoded");
    }
    Map<String, String> form = new LinkedHashMap<>();
    String text = new String(body, StandardCharsets.UTF_8);
    for (String pair : text.isEmpty() ? new String[0] : text.split("&", -1)) {
      int eq = pair.indexOf('=');
      String name = decode(eq < 0 ? pair : pair.substring(0, eq));
      if (form.put(name, eq < 0 ? "" : decode(pair.substring(eq + 1))) != null) {
        throw Refusal.badRequest("send `" + name + "` once");
      }
    }
    return form;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("the form is not properly encoded");
    }
  }

  /** The raw body. */
  public byte[] body() {
    return body.clone();
  }

  public String contentType() {
    return contentType;
  }
}

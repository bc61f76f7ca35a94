package dev.remit.web.http;

import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A whole answer, written at once. Nothing that leaves this server is meant for a cache. */
public final class Answer {

  private static final byte[] NOTHING = {};

  private final int status;
  private final String mediaType;
  private final byte[] body;
  private final Map<String, String> headers;
  private final List<String> cookies;

  private Answer(
      int status,
      String mediaType,
      byte[] body,
      Map<String, String> headers,
      List<String> cookies) {
    this.status = status;
    this.mediaType = mediaType;
    this.body = body;
    this.headers = headers;
    this.cookies = cookies;
  }

  /** Bytes of this media type; they are not copied and must not change. */
  public static Answer of(int status, String mediaType, byte[] body) {
    return new Answer(status, mediaType, body, Map.of(), List.of());
  }

  /** A JSON value. */
  public static Answer json(int status, Value value) {
    return of(status, "application/json", Json.bytes(value));
  }

  /** A page. */
  public static Answer html(int status, String page) {
    return of(status, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
  }

  /** 303: look at this path of ours, or this address of an issuer, with GET. */
  public static Answer seeOther(String location) {
    return empty(303).with("Location", location);
  }

  /** No body. */
  public static Answer empty(int status) {
    return of(status, "", NOTHING);
  }

  /** The same with one header field more. */
  public Answer with(String name, String value) {
    return with(Map.of(name, value));
  }

  /** The same with these header fields more. */
  public Answer with(Map<String, String> fields) {
    var more = new LinkedHashMap<>(headers);
    more.putAll(fields);
    return new Answer(status, mediaType, body, more, cookies);
  }

  /** The same with one {@code Set-Cookie} more. */
  public Answer withCookie(String cookie) {
    var more = new ArrayList<>(cookies);
    more.add(cookie);
    return new Answer(status, mediaType, body, headers, more);
  }

  List<String> cookies() {
    return cookies;
  }

  int status() {
    return status;
  }

  String mediaType() {
    return mediaType;
  }

  byte[] body() {
    return body;
  }

  Map<String, String> headers() {
    return headers;
  }
}

package dev.remit.lab.rmm;

import dev.remit.lab.http.Call;
import dev.remit.lab.http.Json;
import dev.remit.lab.http.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Reads one JSON part of a `multipart/form-data` body (RFC 7578), as far as the ticket comment
 * needs it.
 */
final class Multipart {
  private Multipart() {}

  static Map<String, Object> json(Call call, String part) {
    int at = call.contentType().indexOf("boundary=");
    if (at < 0) {
      throw Refusal.badRequest("the multipart body has no boundary");
    }
    String boundary = call.contentType().substring(at + 9).replace("\"", "").strip();
    String body = new String(call.body(), StandardCharsets.UTF_8);
    for (String piece : body.split(java.util.regex.Pattern.quote("--" + boundary), -1)) {
      int blank = piece.indexOf("\r\n\r\n");
      if (blank > 0 && piece.substring(0, blank).contains("name=\"" + part + "\"")) {
        String text = piece.substring(blank + 4).strip();
        return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
      }
    }
    throw Refusal.badRequest("the part `" + part + "` is missing");
  }
}

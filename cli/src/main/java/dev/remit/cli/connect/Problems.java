package dev.remit.cli.connect;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;

/** What an answer without a message says: its status, and the name of its problem (RFC 9457). */
final class Problems {

  private Problems() {}

  static String words(int status, String body) {
    Value.Obj problem;
    try {
      problem = Json.parseObject(body);
    } catch (InvalidValueException e) {
      problem = Value.Obj.EMPTY;
    }
    var code =
        problem
            .text("code")
            .filter(text -> text.matches("[a-z-]{1,60}"))
            .map(text -> " (" + text + ")")
            .orElse("");
    return "the gateway answered " + status + code + hint(status);
  }

  private static String hint(int status) {
    return switch (status) {
      case 401 -> ": this workload is not known there, or its token is not what it takes";
      case 403 -> ": this workload has no business there";
      case 503 -> ": nothing was done; try again later";
      default -> "";
    };
  }
}

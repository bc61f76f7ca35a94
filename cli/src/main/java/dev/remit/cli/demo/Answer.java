package dev.remit.cli.demo;

import dev.remit.core.value.Value;

/**
 * What an agent got back from a tool call.
 *
 * @param isError whether the agent was told that it did not succeed
 * @param text all text content in one
 * @param structured the structured content; empty where there is none
 * @param protocolError the JSON-RPC error code, 0 when the answer is a result
 */
record Answer(boolean isError, String text, Value.Obj structured, int protocolError) {

  static Answer refusedByProtocol(int code, String message) {
    return new Answer(true, message, Value.Obj.EMPTY, code);
  }

  /** The reason code that the agent hears, such as {@code target-not-available}; or nothing. */
  String reason() {
    return structured.text("reason").orElse("");
  }

  /** The first words, for the page. */
  String excerpt() {
    String line = text.lines().findFirst().orElse("").strip();
    return line.length() <= 160 ? line : line.substring(0, 157) + "...";
  }
}

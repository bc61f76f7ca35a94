package dev.remit.cli.demo;

import dev.remit.core.value.Value;

/**
 * What an agent got back from a tool call.
 *
 * @param isError whether the agent was told that it did not succeed
 * @param text all text content in one
 * @param structured the structured content; empty where there is none
 * @param meta what the result tells programs; empty where there is none
 * @param protocolError the JSON-RPC error code, 0 when the answer is a result
 */
record Answer(
    boolean isError, String text, Value.Obj structured, Value.Obj meta, int protocolError) {

  static Answer refusedByProtocol(int code, String message) {
    return new Answer(true, message, Value.Obj.EMPTY, Value.Obj.EMPTY, code);
  }

  /** What the agent heard, in a word or two: {@code answered}, or why not. */
  String heard() {
    if (protocolError != 0) {
      return "protocol error " + protocolError;
    }
    String outcome = meta.text("dev.remit/outcome").orElse(isError ? "error" : "succeeded");
    return switch (outcome) {
      case "succeeded" -> isError ? "an error" : "answered";
      case "refused" -> "refused " + meta.text("dev.remit/reason").orElse("without a reason");
      case "invalid" -> "refused invalid arguments";
      default -> outcome;
    };
  }

  /** The first words, for the page. */
  String excerpt() {
    String line = text.lines().findFirst().orElse("").strip();
    return line.length() <= 160 ? line : line.substring(0, 157) + "...";
  }
}

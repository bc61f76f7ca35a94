package dev.remit.web.mcp;

import dev.remit.core.value.Value;

/** What the server says of itself to MCP clients. */
final class ServerInfo {

  /** Name and version. */
  static final Value.Obj VALUE =
      Value.object("name", "remit", "title", "Remit", "version", "0.1.0");

  /** Tools, and nothing else; the list does not announce its changes. */
  static final Value.Obj CAPABILITIES = Value.object("tools", Value.Obj.EMPTY);

  /** What a model should know before its first call. */
  static final String INSTRUCTIONS =
      """
      Every call belongs to a task that stands on a ticket: open one with remit_open_task and name \
      the targets. A call may be refused, or may wait for people: the result then says why, and \
      how to ask or continue. An outcome that is unknown may have happened: look before you ask \
      again. Close the task with remit_close_task when the work is done.\
      """;

  private ServerInfo() {}

  /** The result of {@code initialize}. */
  static Value.Obj initialized(Value.Obj params) {
    String asked = params.text("protocolVersion").orElse("");
    String version = Era.LEGACY_VERSIONS.contains(asked) ? asked : Era.NEWEST_LEGACY;
    return Value.object(
        "protocolVersion", version,
        "capabilities", CAPABILITIES,
        "serverInfo", VALUE,
        "instructions", INSTRUCTIONS);
  }

  /** The result of {@code server/discover}. */
  static Value.Obj discovered() {
    return Value.object(
        "supportedVersions",
        Era.VERSIONS,
        "capabilities",
        CAPABILITIES.with("extensions", Value.object(McpTasks.EXTENSION, Value.Obj.EMPTY)),
        "instructions",
        INSTRUCTIONS);
  }
}

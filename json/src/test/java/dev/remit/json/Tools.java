package dev.remit.json;

import dev.remit.core.call.Tool;
import dev.remit.core.identity.Grade;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.util.List;

/** A tool of which only the schema matters; all have one pin. */
final class Tools {

  private Tools() {}

  static Tool with(Value.Obj inputSchema) {
    return new Tool(
        "rmm_x",
        new ConnectorId("rmm"),
        "x",
        "X",
        "x",
        Grade.OBSERVE,
        inputSchema,
        "sha256:0",
        List.of(),
        true,
        Tool.Proof.RECORD,
        Duration.ofSeconds(1),
        Value.Obj.EMPTY);
  }
}

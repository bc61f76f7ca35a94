package dev.remit.policy;

import dev.remit.cedar.request.Entity;
import dev.remit.cedar.value.EntityUid;
import dev.remit.cedar.value.Value;
import dev.remit.cedar.value.Value.Text;
import dev.remit.cedar.value.ValueRecord;
import dev.remit.core.call.Tool;
import java.util.List;

/** What policy may know about a tool, the same for every question about it. */
record ToolFacts(
    Tool tool,
    Entity action,
    List<String> arguments,
    Text name,
    Text connector,
    Value effect,
    Text grade,
    Value family,
    Value contentTrusted) {

  static ToolFacts of(Tool tool) {
    return new ToolFacts(
        tool,
        action(tool),
        List.copyOf(ToolArguments.of(tool).keySet()),
        new Text(tool.name()),
        new Text(tool.connector().value()),
        new Value.Int(Levels.of(tool.effect())),
        new Text(tool.effect().text()),
        new Value.Int(Levels.of(tool.effect().family())),
        Value.Bool.of(tool.isContentTrusted()));
  }

  private static Entity action(Tool tool) {
    return new Entity(
        new EntityUid("Action", tool.name()),
        ValueRecord.EMPTY,
        CedarSchema.groupsOf(tool).stream().map(group -> new EntityUid("Action", group)).toList());
  }

  ValueRecord record(Text scopeTruth) {
    return ValueRecord.of(7)
        .put("name", name)
        .put("connector", connector)
        .put("effect", effect)
        .put("grade", grade)
        .put("family", family)
        .put("scopeTruth", scopeTruth)
        .put("contentTrusted", contentTrusted)
        .build();
  }
}

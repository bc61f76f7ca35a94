package dev.remit.bench.decision;

import dev.remit.bench.decision.Workload.Request;
import dev.remit.cedar.request.Entity;
import dev.remit.cedar.value.CedarDuration;
import dev.remit.cedar.value.Datetime;
import dev.remit.cedar.value.Decimal;
import dev.remit.cedar.value.EntityUid;
import dev.remit.cedar.value.IpAddress;
import dev.remit.cedar.value.ValueRecord;
import dev.remit.cedar.value.ValueSet;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/** Requests in the official JSON form, for peers that read it. */
final class CedarJson {
  private CedarJson() {}

  static Value.Obj of(Request request) {
    var entities = request.entities();
    return Value.object(
        "principal", uid(entities.get(0).uid()),
        "action", uid(entities.get(1).uid()),
        "resource", uid(entities.get(2).uid()),
        "context", members(request.context()),
        "entities", array(entities.stream().map(CedarJson::entity).toList()));
  }

  private static Value array(List<? extends Value> items) {
    return new Value.Array(List.copyOf(items));
  }

  private static Value.Obj entity(Entity entity) {
    return Value.object(
        "uid", uid(entity.uid()),
        "attrs", members(entity.attributes()),
        "parents", array(entity.parents().stream().map(CedarJson::uid).toList()));
  }

  private static Value.Obj uid(EntityUid uid) {
    return Value.object("type", uid.type(), "id", uid.id());
  }

  private static Value.Obj members(ValueRecord record) {
    var members = new TreeMap<String, Value>();
    record.members().forEach((name, value) -> members.put(name, value(value)));
    return new Value.Obj(members);
  }

  private static Value value(dev.remit.cedar.value.Value value) {
    return switch (value) {
      case dev.remit.cedar.value.Value.Bool claim ->
          new Value.Bool(claim == dev.remit.cedar.value.Value.Bool.TRUE);
      case dev.remit.cedar.value.Value.Int(long number) -> new Value.Int(number);
      case dev.remit.cedar.value.Value.Text(String text) -> new Value.Text(text);
      case EntityUid uid -> Value.object("__entity", uid(uid));
      case ValueSet set -> array(set.items().stream().map(CedarJson::value).toList());
      case ValueRecord record -> members(record);
      case Datetime(long millis) ->
          Value.object(
              "__extn",
              Value.object("fn", "datetime", "arg", Instant.ofEpochMilli(millis).toString()));
      case Decimal decimal -> throw new IllegalStateException("not in the workload");
      case IpAddress address -> throw new IllegalStateException("not in the workload");
      case CedarDuration duration -> throw new IllegalStateException("not in the workload");
    };
  }
}

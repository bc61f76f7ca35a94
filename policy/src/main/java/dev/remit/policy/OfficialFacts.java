package dev.remit.policy;

import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.Context;
import com.cedarpolicy.model.entity.Entity;
import com.cedarpolicy.value.CedarList;
import com.cedarpolicy.value.CedarMap;
import com.cedarpolicy.value.DateTime;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import com.cedarpolicy.value.PrimBool;
import com.cedarpolicy.value.PrimLong;
import com.cedarpolicy.value.PrimString;
import com.cedarpolicy.value.Value;
import dev.remit.cedar.value.CedarDuration;
import dev.remit.cedar.value.Datetime;
import dev.remit.cedar.value.Decimal;
import dev.remit.cedar.value.EntityUid;
import dev.remit.cedar.value.IpAddress;
import dev.remit.cedar.value.ValueRecord;
import dev.remit.cedar.value.ValueSet;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Facts as the official library wants them. */
record OfficialFacts(AuthorizationRequest request, Set<Entity> entities) {
  /** Names are parsed by the library's native part; there are as many as kinds of target. */
  private static final Map<String, EntityTypeName> TYPES = new ConcurrentHashMap<>();

  static OfficialFacts of(Facts facts) {
    var request = facts.request();
    return new OfficialFacts(
        new AuthorizationRequest(
            uid(request.principal()),
            uid(request.action()),
            uid(request.resource()),
            new Context(members(request.context()))),
        facts.entities().stream().map(OfficialFacts::entity).collect(Collectors.toSet()));
  }

  private static Entity entity(dev.remit.cedar.request.Entity entity) {
    return new Entity(
        uid(entity.uid()),
        members(entity.attributes()),
        entity.parents().stream().map(OfficialFacts::uid).collect(Collectors.toSet()),
        members(entity.tags()));
  }

  private static Map<String, Value> members(ValueRecord record) {
    var members = new HashMap<String, Value>();
    record.members().forEach((name, value) -> members.put(name, value(value)));
    return members;
  }

  private static Value value(dev.remit.cedar.value.Value value) {
    return switch (value) {
      case dev.remit.cedar.value.Value.Bool claim ->
          new PrimBool(claim == dev.remit.cedar.value.Value.Bool.TRUE);
      case dev.remit.cedar.value.Value.Int(long number) -> new PrimLong(number);
      case dev.remit.cedar.value.Value.Text(String text) -> new PrimString(text);
      case EntityUid uid -> uid(uid);
      case ValueSet set -> new CedarList(set.items().stream().map(OfficialFacts::value).toList());
      case ValueRecord record -> new CedarMap(members(record));
      case Datetime(long millis) -> new DateTime(Instant.ofEpochMilli(millis).toString());
      case Decimal decimal -> throw unused("decimal");
      case IpAddress address -> throw unused("ipaddr");
      case CedarDuration duration -> throw unused("duration");
    };
  }

  private static IllegalStateException unused(String type) {
    return new IllegalStateException("no fact is of type " + type);
  }

  private static EntityUID uid(EntityUid uid) {
    return TYPES.computeIfAbsent(uid.type(), OfficialFacts::parsed).of(uid.id());
  }

  private static EntityTypeName parsed(String name) {
    return EntityTypeName.parse(name)
        .orElseThrow(() -> new IllegalStateException("no entity type can be named " + name));
  }
}

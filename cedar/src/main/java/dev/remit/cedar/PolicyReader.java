package dev.remit.cedar;

import dev.remit.cedar.expr.Conditions;
import dev.remit.cedar.expr.Expression;
import dev.remit.cedar.expr.ExpressionReader;
import dev.remit.cedar.json.Json;
import dev.remit.cedar.json.RefusedException;
import dev.remit.cedar.value.EntityUid;
import dev.remit.cedar.value.ValueReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compiles one policy, or one link of a template, from Cedar's JSON form. */
final class PolicyReader {
  private final Map<String, EntityUid> slots;

  PolicyReader(Map<String, EntityUid> slots) {
    this.slots = slots;
  }

  Policy read(String id, int place, Json.Obj json) {
    try {
      return new Policy(
          id,
          place,
          isForbid(json.need("effect").text()),
          constraint(json.need("principal").object()),
          constraint(json.need("action").object()),
          constraint(json.need("resource").object()),
          conditions(json.need("conditions").items()),
          List.of(id));
    } catch (RefusedException e) {
      throw new RefusedException("policy `" + id + "`: " + e.getMessage());
    }
  }

  private static boolean isForbid(String effect) {
    return switch (effect) {
      case "forbid" -> true;
      case "permit" -> false;
      default -> throw new RefusedException("the effect `" + effect + "` is unknown");
    };
  }

  private Constraint constraint(Json.Obj json) {
    String operator = json.need("op").text();
    return switch (operator) {
      case "All", "all" -> new Constraint.Any();
      case "==" -> new Constraint.Equal(place(json));
      case "in" -> new Constraint.In(places(json));
      case "is" -> is(json);
      default -> throw new RefusedException("the operator `" + operator + "` is unknown");
    };
  }

  private Constraint is(Json.Obj json) {
    String type = ValueReader.typeName(json.need("entity_type").text());
    var in = json.get("in");
    return in.isEmpty()
        ? new Constraint.Is(type)
        : new Constraint.IsIn(type, place(in.get().object()));
  }

  private List<EntityUid> places(Json.Obj json) {
    var several = json.get("entities");
    return several.isEmpty()
        ? List.of(place(json))
        : several.get().items().stream().map(ValueReader::uid).toList();
  }

  private EntityUid place(Json.Obj json) {
    var slot = json.get("slot");
    if (slot.isEmpty()) {
      return ValueReader.uid(json.need("entity"));
    }
    var uid = slots.get(slot.get().text());
    if (uid == null) {
      throw new RefusedException("the slot `" + slot.get().text() + "` is not filled");
    }
    return uid;
  }

  private Expression conditions(List<Json> conditions) {
    var terms = new ArrayList<Expression>();
    for (Json condition : conditions) {
      String kind = condition.object().need("kind").text();
      var body = new ExpressionReader(slots).read(condition.object().need("body"));
      switch (kind) {
        case "when" -> terms.add(body);
        case "unless" -> terms.add(Conditions.not(body));
        default -> throw new RefusedException("the condition `" + kind + "` is unknown");
      }
    }
    return Conditions.all(terms);
  }
}

package dev.remit.cedar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/** Makes expressions of the whole language at random: mostly well typed, now and then not. */
final class Expressions {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  enum Type {
    BOOL,
    LONG,
    STRING,
    ENTITY,
    SET,
    RECORD,
    DECIMAL,
    IP,
    DATETIME,
    DURATION
  }

  private final Random random;
  private final Values values;

  Expressions(Random random, Values values) {
    this.random = random;
    this.values = values;
  }

  private Type anyType() {
    return Type.values()[random.nextInt(Type.values().length)];
  }

  JsonNode of(Type wanted, int depth) {
    Type type = random.nextInt(40) == 0 ? anyType() : wanted;
    if (depth > 0 && random.nextInt(8) == 0) {
      return random.nextInt(3) == 0
          ? node("if-then-else")
              .with(
                  "if", of(Type.BOOL, depth - 1),
                  "then", of(type, depth - 1),
                  "else", of(type, depth - 1))
          : attribute(".", depth);
    }
    return switch (type) {
      case BOOL -> depth <= 0 ? value(JSON.booleanNode(random.nextBoolean())) : bool(depth);
      case LONG -> number(depth);
      case STRING -> value(JSON.textNode(values.text()));
      case ENTITY -> entity();
      case SET -> set(depth);
      case RECORD -> record(depth);
      case DECIMAL -> constructed("decimal", depth);
      case IP -> constructed("ip", depth);
      case DATETIME -> datetime(depth);
      case DURATION -> duration(depth);
    };
  }

  private static ObjectNode value(JsonNode value) {
    return node("Value").is(value);
  }

  private JsonNode bool(int depth) {
    int below = depth - 1;
    return switch (random.nextInt(19)) {
      case 0, 1 -> pair(values.any(List.of("&&", "||")), Type.BOOL, Type.BOOL, below);
      case 2 -> node("!").with("arg", of(Type.BOOL, below));
      case 3, 4 -> {
        Type type = anyType();
        yield pair(values.any(List.of("==", "!=")), type, type, below);
      }
      case 5, 6 -> {
        Type type = values.any(List.of(Type.LONG, Type.LONG, Type.DATETIME, Type.DURATION));
        yield pair(values.any(List.of("<", "<=", ">", ">=")), type, type, below);
      }
      case 7 -> pair("in", Type.ENTITY, random.nextBoolean() ? Type.ENTITY : Type.SET, below);
      case 8 -> pair("contains", Type.SET, anyType(), below);
      case 9 -> pair(values.any(List.of("containsAll", "containsAny")), Type.SET, Type.SET, below);
      case 10 -> node("isEmpty").with("arg", of(Type.SET, below));
      case 11 -> attribute("has", depth);
      case 12 -> pair("hasTag", Type.ENTITY, Type.STRING, below);
      case 13 -> like(below);
      case 14 -> is(below);
      case 15 -> {
        String name =
            values.any(List.of("lessThan", "lessThanOrEqual", "greaterThan", "greaterThanOrEqual"));
        yield call(name, of(Type.DECIMAL, below), of(Type.DECIMAL, below));
      }
      case 16 ->
          call(
              values.any(List.of("isIpv4", "isIpv6", "isLoopback", "isMulticast")),
              of(Type.IP, below));
      case 17 -> call("isInRange", of(Type.IP, below), of(Type.IP, below));
      default -> pair("getTag", Type.ENTITY, Type.STRING, below);
    };
  }

  private JsonNode number(int depth) {
    int below = depth - 1;
    if (depth <= 0 || random.nextInt(3) == 0) {
      return value(JSON.numberNode(values.number()));
    }
    if (random.nextInt(5) == 0) {
      return node("neg").with("arg", of(Type.LONG, below));
    }
    if (random.nextInt(3) == 0) {
      String name =
          values.any(List.of("toMilliseconds", "toSeconds", "toMinutes", "toHours", "toDays"));
      return call(name, of(Type.DURATION, below));
    }
    return pair(values.any(List.of("+", "-", "*")), Type.LONG, Type.LONG, below);
  }

  private JsonNode entity() {
    return random.nextInt(3) == 0
        ? value(values.entity())
        : node("Var").is(JSON.textNode(values.any(List.of("principal", "action", "resource"))));
  }

  private JsonNode set(int depth) {
    if (random.nextInt(6) == 0) {
      return attribute(".", depth);
    }
    var items = JSON.arrayNode();
    Type type = random.nextInt(3) == 0 ? anyType() : Type.ENTITY;
    for (int i = random.nextInt(4); i > 0; i--) {
      items.add(of(type, depth - 1));
    }
    return node("Set").is(items);
  }

  private JsonNode record(int depth) {
    if (depth <= 0 || random.nextInt(3) == 0) {
      return node("Var").is(JSON.textNode("context"));
    }
    var members = JSON.objectNode();
    for (int i = random.nextInt(3); i > 0; i--) {
      members.set(values.name(), of(anyType(), depth - 1));
    }
    return node("Record").is(members);
  }

  private JsonNode constructed(String function, int depth) {
    if (depth > 0 && random.nextInt(12) == 0) {
      return call(function, of(Type.STRING, depth - 1));
    }
    return call(function, value(JSON.textNode(values.argument(function))));
  }

  private JsonNode datetime(int depth) {
    if (depth <= 0 || random.nextBoolean()) {
      return constructed("datetime", depth);
    }
    return random.nextInt(3) == 0
        ? call("toDate", of(Type.DATETIME, depth - 1))
        : call("offset", of(Type.DATETIME, depth - 1), of(Type.DURATION, depth - 1));
  }

  private JsonNode duration(int depth) {
    if (depth <= 0 || random.nextBoolean()) {
      return constructed("duration", depth);
    }
    return random.nextInt(2) == 0
        ? call("toTime", of(Type.DATETIME, depth - 1))
        : call("durationSince", of(Type.DATETIME, depth - 1), of(Type.DATETIME, depth - 1));
  }

  private JsonNode attribute(String operator, int depth) {
    Type of = random.nextBoolean() ? Type.ENTITY : Type.RECORD;
    var left = random.nextInt(3) == 0 && depth > 0 ? attribute(".", depth - 1) : of(of, depth - 1);
    return node(operator).with("left", left, "attr", JSON.textNode(values.name()));
  }

  private JsonNode like(int depth) {
    var pattern = JSON.arrayNode();
    for (int i = random.nextInt(5); i > 0; i--) {
      if (random.nextBoolean()) {
        pattern.add("Wildcard");
      } else {
        pattern.addObject().put("Literal", values.text());
      }
    }
    return node("like").with("left", of(Type.STRING, depth), "pattern", pattern);
  }

  private JsonNode is(int depth) {
    var type = JSON.textNode(values.any(List.of("U", "G", "N::R", "Action")));
    var left = of(Type.ENTITY, depth);
    return random.nextBoolean()
        ? node("is").with("left", left, "entity_type", type)
        : node("is").with("left", left, "entity_type", type, "in", of(Type.ENTITY, depth));
  }

  private JsonNode pair(String operator, Type left, Type right, int depth) {
    return node(operator).with("left", of(left, depth), "right", of(right, depth));
  }

  private static JsonNode call(String name, JsonNode... arguments) {
    var list = JSON.arrayNode();
    for (JsonNode argument : arguments) {
      list.add(argument);
    }
    return node(name).is(list);
  }

  private static Node node(String operator) {
    return new Node(operator);
  }

  /** An operator whose operands follow. */
  private record Node(String operator) {
    ObjectNode is(JsonNode body) {
      var node = JSON.objectNode();
      node.set(operator, body);
      return node;
    }

    ObjectNode with(Object... members) {
      var body = JSON.objectNode();
      for (int i = 0; i < members.length; i += 2) {
        body.set((String) members[i], (JsonNode) members[i + 1]);
      }
      return is(body);
    }
  }
}

package dev.remit.cedar.expr;

import dev.remit.cedar.json.Json;
import dev.remit.cedar.json.RefusedException;
import dev.remit.cedar.value.EntityUid;
import dev.remit.cedar.value.Failure;
import dev.remit.cedar.value.ValueReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compiles expressions from Cedar's JSON form. Chains of {@code &&} and {@code ||} may be of any
 * length; otherwise expressions nest at most {@value #DEEPEST} deep, so that evaluating them cannot
 * exhaust a stack.
 */
public final class ExpressionReader {
  /** How deep expressions may nest. */
  public static final int DEEPEST = 500;

  private final Map<String, EntityUid> slots;
  private int depth;

  /** Compiles with these entities in the places of slots. */
  public ExpressionReader(Map<String, EntityUid> slots) {
    this.slots = Map.copyOf(slots);
  }

  /**
   * Compiles one expression.
   *
   * @throws RefusedException if it is none
   */
  public Expression read(Json json) {
    if (depth == DEEPEST) {
      throw new RefusedException("an expression is nested more than " + DEEPEST + " deep");
    }
    depth++;
    var members = json.object().members();
    if (members.size() != 1) {
      throw new RefusedException("an expression has one key");
    }
    var only = members.entrySet().iterator().next();
    var expression = operator(only.getKey(), json, only.getValue());
    depth--;
    return expression;
  }

  private Expression operator(String name, Json whole, Json body) {
    return switch (name) {
      case "Value" -> new Constant(ValueReader.read(body));
      case "Var" -> variable(body.text());
      case "Slot" -> slot(body.text());
      case "&&" -> Logic.and(chain(name, whole));
      case "||" -> Logic.or(chain(name, whole));
      case "!" -> Logic.not(argument(body));
      case "if-then-else" -> choose(only(body, "if", "then", "else"));
      case "Set" -> Sets.set(body.items().stream().map(this::read).toList());
      case "Record" -> record(body.object());
      case "neg" -> Arithmetic.negate(argument(body));
      case "isEmpty" -> Sets.isEmpty(argument(body));
      case "." -> attribute(only(body, "left", "attr"), false);
      case "has" -> attribute(only(body, "left", "attr"), true);
      case "like" -> like(only(body, "left", "pattern"));
      case "is" -> is(only(body, "left", "entity_type", "in"));
      default -> Calls.arity(name) > 0 ? call(name, body) : binary(name, body);
    };
  }

  private Expression binary(String name, Json body) {
    var sides = only(body, "left", "right");
    var left = read(sides.need("left"));
    var right = read(sides.need("right"));
    return switch (name) {
      case "==" -> Comparison.equal(left, right);
      case "!=" -> Logic.not(Comparison.equal(left, right));
      case "<" -> Comparison.less(left, right);
      case "<=" -> Comparison.lessOrEqual(left, right);
      case ">" -> Comparison.less(right, left);
      case ">=" -> Comparison.lessOrEqual(right, left);
      case "+" -> Arithmetic.add(left, right);
      case "-" -> Arithmetic.subtract(left, right);
      case "*" -> Arithmetic.multiply(left, right);
      case "in" -> Hierarchy.in(left, right);
      case "contains" -> ((Binary) Sets::contains).on(left, right);
      case "containsAll" -> ((Binary) Sets::containsAll).on(left, right);
      case "containsAny" -> ((Binary) Sets::containsAny).on(left, right);
      case "getTag" -> Attributes.getTag(left, right);
      case "hasTag" -> Attributes.hasTag(left, right);
      default -> throw new RefusedException("the operator `" + name + "` is unknown");
    };
  }

  private static Json.Obj only(Json body, String... names) {
    var object = body.object();
    for (String name : object.members().keySet()) {
      if (!Set.of(names).contains(name)) {
        throw new RefusedException("an operator has the unknown member `" + name + "`");
      }
    }
    return object;
  }

  private Expression argument(Json body) {
    return read(only(body, "arg").need("arg"));
  }

  /** The terms of a chain in order, however it was bracketed: that changes no outcome. */
  private List<Expression> chain(String name, Json whole) {
    var terms = new ArrayList<Expression>();
    var waiting = new ArrayDeque<Json>();
    waiting.push(whole);
    while (!waiting.isEmpty()) {
      var next = waiting.pop();
      var link = next.object().members().size() == 1 ? next.object().members().get(name) : null;
      if (link == null) {
        terms.add(read(next));
      } else {
        var sides = only(link, "left", "right");
        waiting.push(sides.need("right"));
        waiting.push(sides.need("left"));
      }
    }
    return terms;
  }

  private static Expression variable(String name) {
    return switch (name) {
      case "principal" -> Variable.PRINCIPAL;
      case "action" -> Variable.ACTION;
      case "resource" -> Variable.RESOURCE;
      case "context" -> Variable.CONTEXT;
      default -> throw new RefusedException("the variable `" + name + "` is unknown");
    };
  }

  private Expression slot(String name) {
    var uid = slots.get(name);
    if (uid == null) {
      throw new RefusedException("the slot `" + name + "` is not filled");
    }
    return new Constant(uid);
  }

  private Expression choose(Json.Obj body) {
    return Logic.choose(read(body.need("if")), read(body.need("then")), read(body.need("else")));
  }

  private Expression record(Json.Obj body) {
    var items = body.members().values().stream().map(this::read).toList();
    return Sets.record(List.copyOf(body.members().keySet()), items);
  }

  private Expression attribute(Json.Obj body, boolean isQuestion) {
    var of = read(body.need("left"));
    String name = body.need("attr").text();
    return isQuestion ? Attributes.has(of, name) : Attributes.get(of, name);
  }

  private Expression like(Json.Obj body) {
    var parts = new ArrayList<String>();
    var part = new StringBuilder();
    for (Json element : body.need("pattern").items()) {
      switch (element) {
        case Json.Str(String word) when word.equals("Wildcard") -> {
          parts.add(part.toString());
          part.setLength(0);
        }
        case Json.Obj literal -> part.append(only(literal, "Literal").need("Literal").text());
        default -> throw new RefusedException("a pattern has an unknown part");
      }
    }
    parts.add(part.toString());
    return new Pattern(parts).on(read(body.need("left")));
  }

  private Expression is(Json.Obj body) {
    var left = read(body.need("left"));
    var is = Hierarchy.is(left, ValueReader.typeName(body.need("entity_type").text()));
    var place = body.get("in").map(this::read);
    return place.isEmpty() ? is : Logic.and(List.of(is, Hierarchy.in(left, place.get())));
  }

  private Expression call(String name, Json body) {
    var arguments = body.items().stream().map(this::read).toList();
    return arguments.size() == Calls.arity(name)
        ? Calls.call(name, arguments)
        : new Constant(
            new Failure(Failure.Kind.EXTENSION, "`" + name + "` has another number of arguments"));
  }
}

package dev.remit.policy.words;

import dev.remit.cedar.json.Json;
import java.util.List;
import java.util.Optional;

/** The shapes of expressions in Cedar's JSON policy format, taken apart. */
public final class Shape {
  private Shape() {}

  /** Two operands. */
  public record Sides(Json left, Json right) {
    Sides exchanged() {
      var first = right;
      return new Sides(first, left);
    }
  }

  /** An expression and the name of its member. */
  public record Member(Json left, String name) {}

  /** An expression and the pattern it is compared with, as Cedar writes it. */
  public record Pattern(Json left, String text) {}

  /** An expression and the entity type it is asked for. */
  public record Is(Json left, String type) {}

  /** What the one member of this name holds: an expression is an object with one member. */
  public static Optional<Json> operator(Json json, String name) {
    return json instanceof Json.Obj object && object.members().size() == 1
        ? object.get(name)
        : Optional.empty();
  }

  private static Optional<Json> part(Json json, String operator, String part) {
    return operator(json, operator)
        .filter(Json.Obj.class::isInstance)
        .flatMap(operands -> operands.object().get(part));
  }

  /** The operand of an operator with one. */
  public static Optional<Json> argument(Json json, String operator) {
    return part(json, operator, "arg");
  }

  /** The operands of an operator with two. */
  public static Optional<Sides> binary(Json json, String operator) {
    var left = part(json, operator, "left");
    var right = part(json, operator, "right");
    return left.isPresent() && right.isPresent()
        ? Optional.of(new Sides(left.get(), right.get()))
        : Optional.empty();
  }

  /** {@code left.name} or {@code left has name}; the operator is {@code .} or {@code has}. */
  public static Optional<Member> member(Json json, String operator) {
    var left = part(json, operator, "left");
    var name = part(json, operator, "attr").filter(Json.Str.class::isInstance).map(Json::text);
    return left.isPresent() && name.isPresent()
        ? Optional.of(new Member(left.get(), name.get()))
        : Optional.empty();
  }

  /** The name of a variable. */
  public static Optional<String> variable(Json json) {
    return operator(json, "Var").filter(Json.Str.class::isInstance).map(Json::text);
  }

  /** A literal. */
  public static Optional<Json> literal(Json json) {
    return operator(json, "Value");
  }

  /** A literal truth value. */
  public static Optional<Boolean> truth(Json json) {
    return literal(json).filter(Json.Bool.class::isInstance).map(b -> ((Json.Bool) b).claim());
  }

  /** A literal number. */
  public static Optional<Long> number(Json json) {
    return literal(json).filter(Json.Num.class::isInstance).map(n -> ((Json.Num) n).number());
  }

  /** A literal text. */
  public static Optional<String> text(Json json) {
    return literal(json).filter(Json.Str.class::isInstance).map(Json::text);
  }

  /** The items of a set. */
  public static Optional<List<Json>> set(Json json) {
    return operator(json, "Set").filter(Json.Arr.class::isInstance).map(Json::items);
  }

  /** The dotted path of members from a variable, such as {@code context.task.class}. */
  public static Optional<String> path(Json json) {
    var variable = variable(json);
    return variable.isPresent()
        ? variable
        : member(json, ".")
            .flatMap(member -> path(member.left()).map(path -> path + "." + member.name()));
  }

  /** {@code left like "pattern"}. */
  static Optional<Pattern> pattern(Json json) {
    var left = part(json, "like", "left");
    var items = part(json, "like", "pattern").filter(Json.Arr.class::isInstance);
    if (left.isEmpty() || items.isEmpty()) {
      return Optional.empty();
    }
    var text = new StringBuilder();
    for (var item : items.get().items()) {
      text.append(
          item instanceof Json.Obj object
              ? object.get("Literal").map(Json::text).orElse("").replace("*", "\\*")
              : "*");
    }
    return Optional.of(new Pattern(left.get(), text.toString()));
  }

  /** {@code left is Type}, without a group. */
  static Optional<Is> is(Json json) {
    var left = part(json, "is", "left");
    var type = part(json, "is", "entity_type").filter(Json.Str.class::isInstance).map(Json::text);
    return left.isPresent() && type.isPresent() && part(json, "is", "in").isEmpty()
        ? Optional.of(new Is(left.get(), type.get()))
        : Optional.empty();
  }
}

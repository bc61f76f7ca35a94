package dev.remit.policy.lint;

import dev.remit.cedar.json.Json;
import dev.remit.policy.lint.Known.Anything;
import dev.remit.policy.lint.Known.Between;
import dev.remit.policy.lint.Known.Literal;
import dev.remit.policy.lint.Known.OneOf;
import dev.remit.policy.words.Shape;
import dev.remit.policy.words.Shape.Sides;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

/**
 * Reckons with conditions of which not every fact is known.
 *
 * <p>Promises: what it calls true or false is so for every request that fits what is known. What it
 * cannot tell is {@link Anything}.
 */
final class Truth {
  private static final Set<String> ORDERS = Set.of("<", "<=", ">", ">=");
  private final Function<String, Known> facts;
  private final Set<Json> holding;
  private final Set<Json> failing;

  /**
   * Reckons with these facts by path, such as {@code context.tool.effect}.
   *
   * @param holding conditions taken for true
   * @param failing conditions taken for false
   */
  Truth(Function<String, Known> facts, Set<Json> holding, Set<Json> failing) {
    this.facts = facts;
    this.holding = Set.copyOf(holding);
    this.failing = Set.copyOf(failing);
  }

  /** Takes a condition apart into what holds and what fails when it holds. */
  static void assume(Json condition, boolean isTrue, Set<Json> holding, Set<Json> failing) {
    var denied = Shape.argument(condition, "!");
    var both = Shape.binary(condition, isTrue ? "&&" : "||");
    if (denied.isPresent()) {
      assume(denied.get(), !isTrue, holding, failing);
    } else if (both.isPresent()) {
      assume(both.get().left(), isTrue, holding, failing);
      assume(both.get().right(), isTrue, holding, failing);
    } else {
      (isTrue ? holding : failing).add(condition);
    }
  }

  /** Whether a condition holds, as far as that is known. */
  Known of(Json json) {
    if (holding.contains(json)) {
      return Known.TRUE;
    }
    if (failing.contains(json)) {
      return Known.FALSE;
    }
    var literal = Shape.literal(json);
    if (literal.isPresent()) {
      return literal.get() instanceof Json.Num(long number)
          ? Known.number(number)
          : new Literal(literal.get());
    }
    var path = Shape.path(json);
    return path.isPresent() ? facts.apply(path.get()) : operation(json);
  }

  private Known operation(Json json) {
    if (!(json instanceof Json.Obj object) || object.members().size() != 1) {
      return new Anything();
    }
    var operator = object.members().keySet().iterator().next();
    var sides = Shape.binary(json, operator);
    return switch (operator) {
      case "!" -> not(of(Shape.argument(json, "!").orElseThrow()));
      case "&&" -> sides.map(this::and).orElseGet(Anything::new);
      case "||" -> sides.map(this::or).orElseGet(Anything::new);
      case "==" -> sides.map(this::equal).orElseGet(Anything::new);
      case "!=" -> not(sides.map(this::equal).orElseGet(Anything::new));
      case "contains" -> sides.map(this::contains).orElseGet(Anything::new);
      case "has" -> has(json);
      default ->
          ORDERS.contains(operator) && sides.isPresent()
              ? order(operator, sides.get())
              : new Anything();
    };
  }

  private static Known not(Known known) {
    return known.equals(Known.TRUE)
        ? Known.FALSE
        : known.equals(Known.FALSE) ? Known.TRUE : new Anything();
  }

  private Known and(Sides sides) {
    var left = of(sides.left());
    var right = of(sides.right());
    if (left.equals(Known.FALSE) || right.equals(Known.FALSE)) {
      return Known.FALSE;
    }
    return left.equals(Known.TRUE) && right.equals(Known.TRUE) ? Known.TRUE : new Anything();
  }

  private Known or(Sides sides) {
    var left = of(sides.left());
    var right = of(sides.right());
    if (left.equals(Known.TRUE) || right.equals(Known.TRUE)) {
      return Known.TRUE;
    }
    return left.equals(Known.FALSE) && right.equals(Known.FALSE) ? Known.FALSE : new Anything();
  }

  private Known equal(Sides sides) {
    return equal(of(sides.left()), of(sides.right()));
  }

  private static Known equal(Known left, Known right) {
    return switch (left) {
      case Literal one when right instanceof Literal other ->
          Known.of(one.value().equals(other.value()));
      case Literal one when right instanceof OneOf -> equal(right, one);
      case OneOf(Set<String> texts)
          when right instanceof Literal(Json value) && !isAmong(texts, value) ->
          Known.FALSE;
      case Between(long a, long b) when right instanceof Between(long c, long d) -> {
        if (b < c || d < a) {
          yield Known.FALSE;
        }
        yield a == b && c == d ? Known.TRUE : new Anything();
      }
      case Literal one -> new Anything();
      case OneOf some -> new Anything();
      case Between some -> new Anything();
      case Anything any -> any;
    };
  }

  private static boolean isAmong(Set<String> texts, Json value) {
    return value instanceof Json.Str(String text) && texts.contains(text);
  }

  private Known order(String operator, Sides sides) {
    if (!(of(sides.left()) instanceof Between(long a, long b))
        || !(of(sides.right()) instanceof Between(long c, long d))) {
      return new Anything();
    }
    return switch (operator) {
      case "<" -> known(b < c, a >= d);
      case "<=" -> known(b <= c, a > d);
      case ">" -> known(a > d, b <= c);
      default -> known(a >= d, b < c);
    };
  }

  private static Known known(boolean isTrue, boolean isFalse) {
    return isTrue ? Known.TRUE : isFalse ? Known.FALSE : new Anything();
  }

  private Known contains(Sides sides) {
    var items = Shape.set(sides.left());
    if (items.isEmpty()) {
      return new Anything();
    }
    var wanted = of(sides.right());
    var known = items.get().stream().map(item -> equal(of(item), wanted)).toList();
    if (known.contains(Known.TRUE)) {
      return Known.TRUE;
    }
    return isWhollyAmong(items.get(), wanted)
        ? Known.TRUE
        : known.stream().allMatch(Known.FALSE::equals) ? Known.FALSE : new Anything();
  }

  private static boolean isWhollyAmong(java.util.List<Json> items, Known wanted) {
    var texts = new HashSet<String>();
    items.forEach(item -> Shape.text(item).ifPresent(texts::add));
    return wanted instanceof OneOf(Set<String> possible) && texts.containsAll(possible);
  }

  private Known has(Json json) {
    return Shape.member(json, "has")
        .flatMap(member -> Shape.path(member.left()).map(path -> path + " has " + member.name()))
        .map(facts)
        .orElseGet(Anything::new);
  }
}

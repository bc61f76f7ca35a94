package dev.remit.policy.lint;

import dev.remit.cedar.json.Json;
import dev.remit.policy.CompiledPolicy;
import dev.remit.policy.words.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** When a policy takes effect: its conditions, with those that {@code unless} denies. */
final class Effect {
  private static final List<String> ORDERS = List.of("<", "<=", ">", ">=");
  private final CompiledPolicy policy;
  private final List<Json> when = new ArrayList<>();
  private final List<Json> unless = new ArrayList<>();

  Effect(CompiledPolicy policy) {
    this.policy = policy;
    for (var condition : policy.form().need("conditions").items()) {
      var body = condition.object().need("body");
      (condition.object().need("kind").text().equals("when") ? when : unless).add(body);
    }
  }

  CompiledPolicy policy() {
    return policy;
  }

  /** Refuses for good: no answer and no exception lifts it. */
  boolean isFinal() {
    return policy.isForbid() && policy.ask().isEmpty() && policy.exception().isEmpty();
  }

  /** Whether it takes effect. */
  Known in(Situation situation) {
    return of(new Truth(situation::fact, Set.of(), Set.of()));
  }

  /** Whether it takes effect whenever another policy does. */
  Known in(Situation situation, Effect other) {
    var holding = new HashSet<Json>();
    var failing = new HashSet<Json>();
    other.when.forEach(each -> Truth.assume(each, true, holding, failing));
    other.unless.forEach(each -> Truth.assume(each, false, holding, failing));
    return of(new Truth(situation::fact, holding, failing));
  }

  private Known of(Truth truth) {
    boolean isCertain = true;
    for (var condition : when) {
      var known = truth.of(condition);
      if (known.equals(Known.FALSE)) {
        return Known.FALSE;
      }
      isCertain &= known.equals(Known.TRUE);
    }
    for (var condition : unless) {
      var known = truth.of(condition);
      if (known.equals(Known.TRUE)) {
        return Known.FALSE;
      }
      isCertain &= known.equals(Known.FALSE);
    }
    return isCertain ? Known.TRUE : new Known.Anything();
  }

  /** Comparisons of an argument or a count of the task with a number. */
  List<Json> thresholds() {
    var found = new ArrayList<Json>();
    var waiting = new ArrayDeque<Json>();
    waiting.addAll(when);
    waiting.addAll(unless);
    while (!waiting.isEmpty()) {
      switch (waiting.pop()) {
        case Json.Obj object -> {
          if (isThreshold(object)) {
            found.add(object);
          }
          waiting.addAll(object.members().values());
        }
        case Json.Arr array -> waiting.addAll(array.items());
        case Json.Str text -> {}
        case Json.Num number -> {}
        case Json.Bool claim -> {}
        case Json.Null none -> {}
      }
    }
    return found;
  }

  private static boolean isThreshold(Json json) {
    return ORDERS.stream()
        .flatMap(operator -> Shape.binary(json, operator).stream())
        .anyMatch(sides ->
            (isCounted(sides.left()) && Shape.number(sides.right()).isPresent())
                || (isCounted(sides.right()) && Shape.number(sides.left()).isPresent()));
  }

  private static boolean isCounted(Json json) {
    return Shape.path(json)
        .filter(path ->
            path.startsWith("context.arguments.")
                || path.equals("context.task.targets")
                || path.equals("context.task.ageSeconds"))
        .isPresent();
  }
}

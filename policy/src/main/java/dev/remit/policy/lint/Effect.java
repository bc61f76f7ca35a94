package dev.remit.policy.lint;

import dev.remit.cedar.json.Json;
import dev.remit.policy.CompiledPolicy;
import dev.remit.policy.words.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

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
    return in(situation::fact);
  }

  /** Whether it takes effect where these are the facts by path. */
  Known in(Function<String, Known> facts) {
    return of(new Truth(facts, Set.of(), Set.of()));
  }

  /** The same at this tenant, while nobody answered and no exception is in force. */
  Known unanswered(String tenant, Function<String, Known> facts) {
    var failing = new HashSet<Json>();
    unless.stream().filter(each -> isLift(each) || isOfOthers(each, tenant)).forEach(failing::add);
    return of(new Truth(facts, Set.of(), failing));
  }

  private static boolean isLift(Json condition) {
    return Shape.binary(condition, "contains")
        .flatMap(sides -> Shape.path(sides.left()))
        .filter(path -> path.equals("context.approvals") || path.equals("context.exceptions"))
        .isPresent();
  }

  /** Whether it is {@code resource in [Tenant::"a", …]} without this tenant. */
  private static boolean isOfOthers(Json condition, String tenant) {
    return Shape.binary(condition, "in")
        .filter(sides -> Shape.variable(sides.left()).filter("resource"::equals).isPresent())
        .flatMap(sides -> Shape.set(sides.right()))
        .filter(items -> items.stream().noneMatch(item -> isTenant(item, tenant)))
        .isPresent();
  }

  private static boolean isTenant(Json item, String tenant) {
    return Shape.literal(item)
        .filter(
            literal -> literal.object().need("__entity").object().need("id").text().equals(tenant))
        .isPresent();
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

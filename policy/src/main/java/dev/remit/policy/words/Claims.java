package dev.remit.policy.words;

import dev.remit.cedar.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Conditions of Cedar's JSON form as claims in English.
 *
 * <p>Promises: every part of the condition is in the words; a part that has no sentence stands
 * there as the Cedar expression itself; a denial is told where it is, so that nothing is turned
 * round on the way. Equal conditions have equal words.
 */
public final class Claims {
  private final Nouns nouns;
  private final Function<Json, String> cedar;

  /**
   * Claims about a resource of this kind.
   *
   * @param kind such as {@code file share}
   * @param cedar writes an expression as Cedar text
   */
  public Claims(String kind, Function<Json, String> cedar) {
    this.nouns = new Nouns(kind);
    this.cedar = cedar;
  }

  /** A part of a sentence, and how it binds. */
  private record Part(String text, Bond bond) {
    String inside(Bond around) {
      return bond == Bond.NONE || bond == around ? text : "(" + text + ")";
    }
  }

  private enum Bond {
    NONE,
    AND,
    OR
  }

  /** All of these conditions, as one claim. */
  public String all(List<Json> conditions) {
    var parts = conditions.stream().map(each -> part(each, true)).toList();
    return join(parts, Bond.AND).text();
  }

  /** That the condition holds. */
  public String of(Json condition) {
    return part(condition, true).text();
  }

  /** That the condition does not hold. */
  public String not(Json condition) {
    return part(condition, false).text();
  }

  private Part part(Json json, boolean isTrue) {
    var denied = Shape.argument(json, "!");
    if (denied.isPresent()) {
      return part(denied.get(), !isTrue);
    }
    if (Shape.binary(json, "&&").isPresent()) {
      return joined(json, "&&", isTrue);
    }
    if (Shape.binary(json, "||").isPresent()) {
      return joined(json, "||", isTrue);
    }
    return new Part(
        claim(json, isTrue)
            .orElseGet(() -> "`" + cedar.apply(json) + "`" + (isTrue ? " holds" : " fails")),
        Bond.NONE);
  }

  /** A chain of one operator; denied, it is the other one over what is denied. */
  private Part joined(Json json, String operator, boolean isTrue) {
    var flat = new ArrayList<Json>();
    flatten(json, operator, flat);
    return join(
        flat.stream().map(each -> part(each, isTrue)).toList(),
        operator.equals("&&") == isTrue ? Bond.AND : Bond.OR);
  }

  private static void flatten(Json json, String operator, List<Json> into) {
    var sides = Shape.binary(json, operator);
    if (sides.isPresent()) {
      flatten(sides.get().left(), operator, into);
      flatten(sides.get().right(), operator, into);
    } else {
      into.add(json);
    }
  }

  private static Part join(List<Part> parts, Bond bond) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    var texts = parts.stream().map(part -> part.inside(bond)).toList();
    return new Part(String.join(bond == Bond.AND ? " and " : " or ", texts), bond);
  }

  private Optional<String> claim(Json json, boolean isTrue) {
    var truth = Shape.truth(json);
    if (truth.isPresent()) {
      return Optional.of(truth.get() == isTrue ? "always" : "never");
    }
    return nouns
        .claim(json, isTrue)
        .or(() -> comparison(json, isTrue))
        .or(() -> contains(json, isTrue))
        .or(() -> has(json, isTrue))
        .or(() -> like(json, isTrue))
        .or(() -> in(json, isTrue))
        .or(() -> is(json, isTrue));
  }

  private Optional<String> comparison(Json json, boolean isTrue) {
    for (var operator : Comparisons.ALL) {
      var sides = Shape.binary(json, operator.sign());
      if (sides.isPresent()) {
        return Comparisons.words(nouns, isTrue ? operator : operator.denied(), sides.get());
      }
    }
    return Optional.empty();
  }

  /** A list that names what a fact may be, or a fact that is a list. */
  private Optional<String> contains(Json json, boolean isTrue) {
    var sides = Shape.binary(json, "contains");
    if (sides.isEmpty()) {
      return Optional.empty();
    }
    var listed = Shape.set(sides.get().left()).flatMap(nouns::values);
    if (listed.isPresent()) {
      return nouns
          .noun(sides.get().right())
          .map(noun -> noun + (isTrue ? " is " : " is not ") + anyOf(listed.get()));
    }
    return nouns.membership(sides.get(), isTrue);
  }

  private static String anyOf(List<String> values) {
    if (values.isEmpty()) {
      return "any of none";
    }
    return values.size() == 1
        ? values.getFirst()
        : String.join(", ", values.subList(0, values.size() - 1)) + " or " + values.getLast();
  }

  private Optional<String> has(Json json, boolean isTrue) {
    return Shape.member(json, "has")
        .flatMap(member -> nouns.member(member.left(), member.name()))
        .map(noun -> noun + (isTrue ? " is given" : " is not given"));
  }

  private Optional<String> like(Json json, boolean isTrue) {
    return Shape.pattern(json)
        .flatMap(pattern ->
            nouns
                .noun(pattern.left())
                .map(noun ->
                    noun + (isTrue ? " is like " : " is not like ") + quoted(pattern.text())));
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private Optional<String> in(Json json, boolean isTrue) {
    var sides = Shape.binary(json, "in");
    if (sides.isEmpty()) {
      return Optional.empty();
    }
    var group =
        Shape.set(sides.get().right())
            .flatMap(nouns::values)
            .map(Claims::anyOf)
            .or(() -> nouns.noun(sides.get().right()));
    var member = nouns.noun(sides.get().left());
    return member.isPresent() && group.isPresent()
        ? Optional.of(
            member.get() + (isTrue ? " belongs to " : " does not belong to ") + group.get())
        : Optional.empty();
  }

  private Optional<String> is(Json json, boolean isTrue) {
    return Shape.is(json)
        .flatMap(is ->
            nouns
                .noun(is.left())
                .map(noun -> noun + (isTrue ? " is a " : " is no ") + Nouns.kind(is.type())));
  }
}

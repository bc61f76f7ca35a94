package dev.remit.policy;

import dev.remit.cedar.json.Json;
import dev.remit.core.task.TaskClass.Answers;
import dev.remit.core.task.TaskClass.AskRule;
import dev.remit.policy.words.Claims;
import dev.remit.policy.words.Heads;
import dev.remit.policy.words.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a policy or a rule says, as a sentence for people.
 *
 * <p>A rule has the same words whether they are made of its plain terms or of the policy that it
 * was compiled to.
 */
public final class PolicyWords {
  private final String kind;
  private final Json.Obj form;
  private final List<Json> claims = new ArrayList<>();
  private final List<String> tasks = new ArrayList<>();
  private final List<String> exceptIn = new ArrayList<>();

  private PolicyWords(CompiledPolicy policy) {
    this.form = policy.form();
    this.kind = Heads.kind(form);
    String lifts = policy.ask().orElse("");
    for (var condition : form.need("conditions").items()) {
      var body = condition.object().need("body");
      boolean isUnless = condition.object().need("kind").text().equals("unless");
      if (isUnless) {
        unless(policy, lifts, body);
      } else {
        when(body);
      }
    }
  }

  /** A policy as a sentence; one that asks as its rule. */
  static String of(CompiledPolicy policy, Map<String, AskRule> rules) {
    var words = new PolicyWords(policy);
    var rule = policy.ask().map(rules::get);
    return rule.isPresent() ? words.asking(policy, rule.get()) : words.deciding(policy);
  }

  /** When a policy that asks does so, without where. */
  static String condition(CompiledPolicy policy) {
    return new PolicyWords(policy).condition();
  }

  /**
   * A rule's words from its plain terms.
   *
   * @param kind the kind of record its task class acts on
   */
  static String of(AskRule rule, String kind) {
    var condition = ExpressionText.json(PlainTerms.of(rule.condition()).expression());
    return needs(rule, new Claims(kind.replace('-', ' '), ExpressionText::of).of(condition));
  }

  private void when(Json body) {
    var ofClass =
        Shape.binary(body, "==")
            .filter(sides -> Shape.path(sides.left()).equals(Optional.of("context.task.class")))
            .flatMap(sides -> Shape.text(sides.right()));
    if (ofClass.isPresent()) {
      tasks.add(ofClass.get());
    } else {
      claims.add(body);
    }
  }

  private void unless(CompiledPolicy policy, String lifts, Json body) {
    boolean isLifted =
        isOwn(body, "context.approvals", lifts)
            || isOwn(body, "context.exceptions", lifts)
            || isOwn(body, "context.exceptions", policy.id());
    var without = lifts.isEmpty() ? List.<String>of() : tenants(body);
    if (!without.isEmpty()) {
      exceptIn.addAll(without);
    } else if (!isLifted) {
      claims.add(new Json.Obj(Map.of("!", new Json.Obj(Map.of("arg", body)))));
    }
  }

  private static boolean isOwn(Json body, String list, String id) {
    return Shape.binary(body, "contains")
        .filter(sides -> Shape.path(sides.left()).equals(Optional.of(list)))
        .flatMap(sides -> Shape.text(sides.right()))
        .filter(id::equals)
        .isPresent();
  }

  /** The tenants of {@code resource in [Tenant::"a", …]}. */
  private static List<String> tenants(Json body) {
    var sides =
        Shape.binary(body, "in")
            .filter(each -> Shape.variable(each.left()).equals(Optional.of("resource")));
    return sides.flatMap(each -> Shape.set(each.right())).orElse(List.of()).stream()
        .flatMap(item -> Shape.literal(item).stream())
        .map(item -> item.object().need("__entity").object().need("id").text())
        .toList();
  }

  private String condition() {
    return claims.isEmpty() ? "always" : new Claims(kind, ExpressionText::of).all(claims);
  }

  private String asking(CompiledPolicy policy, AskRule rule) {
    return needs(rule, condition()) + exceptions(policy);
  }

  private String exceptions(CompiledPolicy policy) {
    var lifted =
        policy
            .exception()
            .map(atMost -> "; an exception of at most " + words(atMost) + " lifts it")
            .orElse("");
    return lifted + (exceptIn.isEmpty() ? "" : "; not for client " + String.join(", ", exceptIn));
  }

  private String deciding(CompiledPolicy policy) {
    var sentence = new StringBuilder(policy.isForbid() ? "refuses " : "permits ");
    sentence.append(Heads.words(form));
    tasks.forEach(name -> sentence.append(" in tasks of class ").append(name));
    if (!claims.isEmpty()) {
      sentence.append(" when ").append(condition());
    }
    return sentence + exceptions(policy);
  }

  /** Such as {@code needs 1 of senior technicians when …, answered within 30 minutes}. */
  private static String needs(AskRule rule, String condition) {
    return (condition.equals("always") ? "always needs " : "needs ")
        + rule.from().stream().map(PolicyWords::words).collect(Collectors.joining(" and "))
        + (condition.equals("always") ? "" : " when " + condition)
        + ", answered within "
        + words(rule.answerWithin())
        + " and used within "
        + words(rule.useWithin());
  }

  private static String words(Answers answers) {
    var group =
        answers.group().equals("tenant.approvers")
            ? "the client's approvers"
            : answers.group().replaceFirst("^msp\\.", "").replace('-', ' ');
    return answers.count() + " of " + group;
  }

  /** A duration in its largest whole unit. */
  static String words(Duration duration) {
    if (duration.toMillis() % 1_000 != 0) {
      return count(duration.toMillis(), "millisecond");
    }
    if (duration.toSeconds() % 60 != 0) {
      return count(duration.toSeconds(), "second");
    }
    if (duration.toMinutes() % 60 != 0) {
      return count(duration.toMinutes(), "minute");
    }
    return duration.toHours() % 24 == 0
        ? count(duration.toDays(), "day")
        : count(duration.toHours(), "hour");
  }

  private static String count(long number, String unit) {
    return number + " " + unit + (number == 1 ? "" : "s");
  }
}

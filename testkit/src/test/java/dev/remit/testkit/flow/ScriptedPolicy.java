package dev.remit.testkit.flow;

import dev.remit.core.decision.Decision;
import dev.remit.core.decision.DecisionPoint;
import dev.remit.core.decision.Question;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.task.TaskClass;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Permits what no rule of the test speaks of; the first rule that fits answers. */
final class ScriptedPolicy implements DecisionPoint {
  private record Rule(Predicate<Question> when, Decision then) {}

  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final Map<String, String> contents = new ConcurrentHashMap<>();
  private final List<Question> asked = new CopyOnWriteArrayList<>();

  @Override
  public Decision decide(Question question) {
    asked.add(question);
    return rules.stream()
        .filter(rule -> rule.when().test(question))
        .map(Rule::then)
        .findFirst()
        .orElseGet(() -> new Decision.Permit(List.of("baseline")));
  }

  @Override
  public String contentOf(String policy) {
    return contents.getOrDefault(policy, policy);
  }

  /** The policy keeps its name and says something else. */
  void rewrite(String policy, String content) {
    contents.put(policy, content);
  }

  void deny(String tool, ReasonCode reason) {
    when(of(tool), new Decision.Deny(reason, List.of("guardrail-1"), "policy words"));
  }

  /** People are asked for this tool, with this long to answer. */
  void ask(String tool, Duration within) {
    var answers = List.of(new TaskClass.Answers(1, "msp.senior-technicians"));
    var rule = new TaskClass.AskRule("ask-" + tool, "true", answers, within, within);
    ask(tool, rule);
  }

  /** People are asked for this tool by this rule, until its approval is held. */
  void ask(String tool, TaskClass.AskRule rule) {
    when(
        of(tool).and(question -> !question.approvals().contains(rule.id())),
        new Decision.NeedsApproval(List.of("policy-of-" + rule.id()), List.of(rule)));
  }

  /** All rules are forgotten; others may follow. */
  void forget() {
    rules.clear();
  }

  /** Policy breaks its promise and throws. */
  void err(String tool) {
    when(
        question -> {
          if (question.call().tool().name().equals(tool)) {
            throw new IllegalStateException("policy is broken");
          }
          return false;
        },
        new Decision.Permit(List.of()));
  }

  void when(Predicate<Question> when, Decision then) {
    rules.add(new Rule(when, then));
  }

  private static Predicate<Question> of(String tool) {
    return question -> question.call().tool().name().equals(tool);
  }

  List<Question> asked() {
    return List.copyOf(asked);
  }
}

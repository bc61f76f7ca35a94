package dev.remit.policy;

import com.cedarpolicy.model.exception.AuthException;
import dev.remit.core.call.Sha256;
import dev.remit.core.decision.Decision;
import dev.remit.core.decision.Decision.Deny;
import dev.remit.core.decision.Decision.NeedsApproval;
import dev.remit.core.decision.Decision.Permit;
import dev.remit.core.decision.DecisionPoint;
import dev.remit.core.decision.Question;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.release.Release;
import dev.remit.core.task.TaskClass.AskRule;
import dev.remit.core.tenant.Window;
import dev.remit.policy.Evaluation.Evaluator;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Decides with the compiled engine over the policies of one release.
 *
 * <p>Thread safe. An evaluation error of any policy denies, also when another policy permits or
 * forbids: Cedar alone would skip a guardrail that errs.
 */
public final class CedarDecisionPoint implements DecisionPoint {
  private final CompiledPolicies policies;
  private final ReleaseFacts facts;
  private final Evaluator evaluator;

  /** Decides by these policies of this release. */
  public CedarDecisionPoint(Release release, CompiledPolicies policies) {
    this(release, policies, new CompiledEvaluator(policies.engine()));
  }

  CedarDecisionPoint(Release release, CompiledPolicies policies, Evaluator evaluator) {
    this(policies, new ReleaseFacts(release), evaluator);
  }

  CedarDecisionPoint(CompiledPolicies policies, ReleaseFacts facts, Evaluator evaluator) {
    this.policies = policies;
    this.facts = facts;
    this.evaluator = evaluator;
  }

  @Override
  public Decision decide(Question question) {
    try {
      return isConsistent(question)
          ? decideOnFacts(question)
          : new Deny(ReasonCode.POLICY_ERROR, List.of(), "the facts contradict one another");
    } catch (AuthException | RuntimeException | LinkageError | StackOverflowError e) {
      return new Deny(
          ReasonCode.POLICY_UNAVAILABLE,
          List.of(),
          "policy cannot be evaluated: " + e.getClass().getSimpleName());
    }
  }

  @Override
  public String contentOf(String policy) {
    return policies.find(policy).map(found -> Sha256.of(bytes(found.text()))).orElse(policy);
  }

  @Override
  public String wordsOf(AskRule rule) {
    var words = policies.wordsOf(rule.id());
    return words.isEmpty() ? DecisionPoint.super.wordsOf(rule) : rule.id() + ": " + words;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** INVARIANT: agent class, task class, tenant and task of a question belong to one another. */
  private static boolean isConsistent(Question question) {
    var call = question.call();
    return question.agentClass().id().equals(call.caller().id().agentClass())
        && question.taskClass().name().equals(call.task().taskClass())
        && question.tenant().id().equals(call.task().tenant());
  }

  private Decision decideOnFacts(Question question) throws AuthException {
    var windows = question.tenant().windowsOpenAt(question.at());
    var evaluation = evaluate(question, windows);
    if (!evaluation.errors().isEmpty()) {
      return error(evaluation);
    }
    if (evaluation.isAllowed()) {
      return new Permit(evaluation.determining());
    }
    if (evaluation.determining().isEmpty()) {
      return silence(question);
    }
    return evaluation.determining().stream().allMatch(id -> find(id).ask().isPresent())
        ? ask(question, windows, evaluation)
        : refusal(evaluation);
  }

  private Evaluation evaluate(Question question, Collection<String> windows) throws AuthException {
    return evaluator.evaluate(facts.of(question, windows));
  }

  private static Deny error(Evaluation evaluation) {
    return new Deny(
        ReasonCode.POLICY_ERROR, evaluation.determining(), String.join("; ", evaluation.errors()));
  }

  /** What policy would say with every approval that it asks for, until it asks for no more. */
  private Decision ask(Question question, Set<String> windows, Evaluation first)
      throws AuthException {
    var asked = new TreeSet<String>();
    var determining = new TreeSet<String>();
    var evaluation = first;
    while (!evaluation.isAllowed()) {
      if (evaluation.determining().isEmpty()) {
        return silence(question);
      }
      boolean isNew = false;
      for (String id : evaluation.determining()) {
        var rule = find(id).ask();
        if (rule.isEmpty()) {
          return refusal(evaluation);
        }
        determining.add(id);
        isNew |= asked.add(rule.get());
      }
      if (!isNew) {
        return new Deny(
            ReasonCode.APPROVAL_INSUFFICIENT,
            List.copyOf(determining),
            "no approval lifts this policy");
      }
      var held = new HashSet<>(question.approvals());
      held.addAll(asked);
      evaluation = evaluate(question.withApprovals(held), windows);
      if (!evaluation.errors().isEmpty()) {
        return error(evaluation);
      }
    }
    return new NeedsApproval(List.copyOf(determining), rules(asked));
  }

  private List<AskRule> rules(Set<String> asked) {
    return asked.stream()
        .map(rule -> Objects.requireNonNull(policies.askRules().get(rule), rule))
        .toList();
  }

  private Deny refusal(Evaluation evaluation) {
    var refusing =
        evaluation.determining().stream()
            .map(this::find)
            .filter(policy -> policy.ask().isEmpty())
            .toList();
    var reason =
        refusing.stream()
            .map(CompiledPolicy::reason)
            .min(Comparator.comparingInt(Reasons::rank))
            .orElse(ReasonCode.GUARDRAIL);
    return new Deny(
        reason,
        evaluation.determining(),
        "refused by "
            + refusing.stream().map(CompiledPolicy::id).collect(Collectors.joining(", ")));
  }

  /** Nothing permits. Told apart: would it be permitted if the tenant's windows were open? */
  private Decision silence(Question question) throws AuthException {
    var all = question.tenant().windows().stream().map(Window::name).collect(Collectors.toSet());
    if (!all.equals(question.tenant().windowsOpenAt(question.at()))) {
      var held = new HashSet<>(policies.askRules().keySet());
      var evaluation = evaluate(question.withApprovals(held), all);
      if (evaluation.isAllowed() && evaluation.errors().isEmpty()) {
        return new Deny(
            ReasonCode.OUTSIDE_WINDOW, List.of(), "permitted only while a window is open");
      }
    }
    return new Deny(ReasonCode.NO_PERMIT, List.of(), "no policy permits this");
  }

  private CompiledPolicy find(String id) {
    return policies
        .find(id)
        .orElseThrow(() -> new IllegalStateException("cedar named an unknown policy"));
  }
}

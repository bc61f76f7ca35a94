package dev.remit.workspace.scenario;

import dev.remit.core.decision.Decision;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.flow.Rehearsed;
import dev.remit.core.task.TaskClass.Answers;
import dev.remit.core.task.TaskClass.AskRule;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a case expects. */
public sealed interface Expected {

  /** Whether this is what came of it. */
  boolean isMetBy(Rehearsed rehearsed);

  /** In words, as the file says it. */
  String words();

  /** It goes, without asking anybody. */
  record Permitted() implements Expected {
    @Override
    public boolean isMetBy(Rehearsed rehearsed) {
      return rehearsed instanceof Rehearsed.Opened
          || rehearsed instanceof Rehearsed.Decided(Decision.Permit ignored);
    }

    @Override
    public String words() {
      return "permit";
    }
  }

  /**
   * People are asked by exactly these rules.
   *
   * @param from exactly whose answers they want; empty leaves that open
   */
  record Asks(Set<String> rules, Set<String> from) implements Expected {
    public Asks {
      rules = Set.copyOf(rules);
      from = Set.copyOf(from);
    }

    @Override
    public boolean isMetBy(Rehearsed rehearsed) {
      return rehearsed instanceof Rehearsed.Decided(Decision.NeedsApproval needs)
          && rules.equals(ids(needs.rules()))
          && (from.isEmpty() || from.equals(whom(needs.rules())));
    }

    @Override
    public String words() {
      return "ask " + list(rules) + (from.isEmpty() ? "" : " from " + list(from));
    }
  }

  /**
   * It is refused.
   *
   * @param code the reason's code, {@code unknown-tool} or {@code invalid-arguments}
   * @param by policies that are among those that decided
   * @param heard what the agent is told, if the case says so
   */
  record Denied(String code, Set<String> by, Optional<String> heard) implements Expected {
    /** Codes of refusals that have no reason code: the agent is told what is wrong itself. */
    public static final Set<String> FORMS = Set.of("unknown-tool", "invalid-arguments");

    public Denied {
      by = Set.copyOf(by);
    }

    @Override
    public boolean isMetBy(Rehearsed rehearsed) {
      return switch (rehearsed) {
        case Rehearsed.Opened ignored -> false;
        case Rehearsed.UnknownTool ignored -> isForm("unknown-tool");
        case Rehearsed.InvalidArguments ignored -> isForm("invalid-arguments");
        case Rehearsed.Refused(ReasonCode reason) -> by.isEmpty() && isOf(reason);
        case Rehearsed.Decided(Decision.Deny deny) ->
            isOf(deny.reason()) && deny.determining().containsAll(by);
        case Rehearsed.Decided ignored -> false;
      };
    }

    private boolean isForm(String form) {
      return code.equals(form)
          && by.isEmpty()
          && heard.filter(words -> !words.equals(form)).isEmpty();
    }

    private boolean isOf(ReasonCode reason) {
      return code.equals(reason.code())
          && heard.filter(words -> !words.equals(reason.agentCode())).isEmpty();
    }

    @Override
    public String words() {
      return "deny "
          + code
          + (by.isEmpty() ? "" : " by " + list(by))
          + heard.map(words -> ", heard as " + words).orElse("");
    }
  }

  /** What came of it, in the same words. */
  static String words(Rehearsed rehearsed) {
    return switch (rehearsed) {
      case Rehearsed.Opened ignored -> "permit";
      case Rehearsed.UnknownTool ignored -> "deny unknown-tool";
      case Rehearsed.InvalidArguments(String words) -> "deny invalid-arguments (" + words + ")";
      case Rehearsed.Refused(ReasonCode reason) ->
          "deny " + reason.code() + " before policy, heard as " + reason.agentCode();
      case Rehearsed.Decided(Decision.Permit ignored) -> "permit";
      case Rehearsed.Decided(Decision.NeedsApproval needs) ->
          "ask " + list(ids(needs.rules())) + " from " + list(whom(needs.rules()));
      case Rehearsed.Decided(Decision.Deny deny) ->
          "deny " + deny.reason().code() + ", heard as " + deny.reason().agentCode();
    };
  }

  /** The policies that decided. */
  static List<String> determining(Rehearsed rehearsed) {
    return rehearsed instanceof Rehearsed.Decided(Decision decision)
        ? decision.determining()
        : List.of();
  }

  private static Set<String> ids(List<AskRule> rules) {
    return rules.stream().map(AskRule::id).collect(Collectors.toSet());
  }

  private static Set<String> whom(List<AskRule> rules) {
    return rules.stream()
        .flatMap(rule -> rule.from().stream())
        .map((Answers answers) -> answers.count() + " of " + answers.group())
        .collect(Collectors.toSet());
  }

  private static String list(Collection<String> words) {
    return String.join(", ", new TreeSet<>(words));
  }
}

package dev.remit.core.decision;

import dev.remit.core.task.TaskClass.AskRule;
import java.util.List;

/**
 * What policy says. The same question and the same policy version give the same decision.
 *
 * <p>{@code determining} are the identifiers of the policies that decided, sorted.
 */
public sealed interface Decision {

  /** The policies that decided, sorted by identifier. */
  List<String> determining();

  /** Allowed now. */
  record Permit(List<String> determining) implements Decision {
    public Permit {
      determining = List.copyOf(determining);
    }
  }

  /** Allowed once people answered by all of these rules. */
  record NeedsApproval(List<String> determining, List<AskRule> rules) implements Decision {
    public NeedsApproval {
      determining = List.copyOf(determining);
      rules = List.copyOf(rules);
      if (rules.isEmpty()) {
        throw new IllegalStateException("a wait without a rule would never end");
      }
    }
  }

  /** Refused. {@code detail} is for evidence, never for the agent. */
  record Deny(ReasonCode reason, List<String> determining, String detail) implements Decision {
    public Deny {
      determining = List.copyOf(determining);
    }
  }
}

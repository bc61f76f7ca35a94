package dev.remit.core.approval;

import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A proposal as a person reads it before answering.
 *
 * <p>Texts are as they came: whoever shows them makes invisible characters visible and marks {@code
 * isAgentWritten} words.
 *
 * @param kind {@code call}, {@code plan}, {@code key} or {@code lift}
 * @param tenantName the proven tenant's name
 * @param action the tool, or what is asked in a few words
 * @param arguments exactly what would be sent, in canonical order
 * @param diff old and new text where the action replaces one
 * @param targets what it would touch
 * @param why the rules that asked, in words
 * @param openedBy the ticket's requester
 * @param prompt the redacted excerpt that the agent claims to have been asked
 * @param needs what is wanted and what is there
 * @param steps of a plan, in their order; empty for all else
 * @param mayWithdraw whether this reader may take it back
 * @param mayAnswer whether this reader may answer now; {@code whyNot} says why otherwise
 * @param grantChallenge what the reader's key has to sign to grant, base64url; empty when it may
 *     not
 */
public record Card(
    ProposalId id,
    TenantId tenant,
    String kind,
    String digest,
    Proposal.State state,
    String tenantName,
    String environment,
    String action,
    String risk,
    Value.Obj arguments,
    Optional<Diff> diff,
    List<Target> targets,
    List<String> why,
    String ticket,
    String ticketSubject,
    String openedBy,
    String agent,
    String agentOwner,
    String task,
    Optional<String> prompt,
    List<Need> needs,
    List<Given> answers,
    Instant askedAt,
    Instant answerBy,
    Optional<Instant> useBy,
    boolean mayAnswer,
    Optional<String> whyNot,
    Optional<String> grantChallenge,
    Optional<String> refuseChallenge,
    List<String> keys,
    List<Step> steps,
    boolean mayWithdraw) {

  public Card {
    targets = List.copyOf(targets);
    why = List.copyOf(why);
    needs = List.copyOf(needs);
    answers = List.copyOf(answers);
    keys = List.copyOf(keys);
    steps = List.copyOf(steps);
  }

  /** What a text was and would be. */
  public record Diff(String argument, String before, String after) {}

  /**
   * A record that would be touched, with the attributes that were read of it.
   *
   * @param binding names of those attributes that the answer is bound to
   */
  public record Target(String kind, String id, Value.Obj attributes, Set<String> binding) {
    public Target {
      binding = Set.copyOf(binding);
    }

    /** A record of which no attribute is binding. */
    public Target(String kind, String id, Value.Obj attributes) {
      this(kind, id, attributes, Set.of());
    }
  }

  /**
   * One call of a plan.
   *
   * @param action the tool
   * @param isAsked whether people are asked because of this step; if not, policy lets it go alone
   * @param changes what it changes of the records, as {@code TARGET: ATTRIBUTE}
   */
  public record Step(
      String action,
      String risk,
      boolean isAsked,
      Value.Obj arguments,
      Optional<Diff> diff,
      List<Target> targets,
      List<String> changes) {
    public Step {
      targets = List.copyOf(targets);
      changes = List.copyOf(changes);
    }
  }

  /** So many answers of a group are wanted, so many are there. */
  public record Need(String group, int wanted, int given) {}

  /** An answer that was given. */
  public record Given(
      String person, String organisation, Verdict verdict, String reason, Instant at) {}
}

package dev.remit.core.oversight;

import dev.remit.core.approval.ProposalId;
import dev.remit.core.evidence.Entry;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.Optional;

/**
 * An entry of the log that oversight has to know: the outcome of an effect, a refusal, a kill, a
 * certification, a change of a level.
 *
 * @param leaf its canonical text
 * @param fields those of the leaf
 * @param taskClass of the entry's task, where it has one
 * @param intent of an outcome: what was to be done
 * @param mismatches of a refusal for another tenant's target: how many of its task there are up to
 *     this one
 */
public record Event(
    Entry.Kind kind,
    String leaf,
    Value.Obj fields,
    Optional<String> call,
    Optional<String> taskClass,
    Instant at,
    Optional<Intended> intent,
    int mismatches) {

  /**
   * What was to be done.
   *
   * @param fields of the intent's leaf
   * @param body beside it
   * @param approval the proposal that people granted for it
   */
  public record Intended(Value.Obj fields, Value.Obj body, Optional<ProposalId> approval) {}
}

package dev.remit.core.flow;

import dev.remit.core.approval.Proposal;
import dev.remit.core.evidence.Journal;
import java.util.Optional;

/** Why a proposal ended, for the agent that asked; what people wrote lies beside the log only. */
final class EndedWords {

  private static final int PAGE = 1_000;

  private final Journal journal;

  EndedWords(Journal journal) {
    this.journal = journal;
  }

  CallResult.Ended of(Proposal proposal, Proposal.State state) {
    return new CallResult.Ended(proposal.id(), state, words(proposal, state));
  }

  private String words(Proposal proposal, Proposal.State state) {
    return switch (state) {
      case REFUSED -> "a person refused it";
      case EXPIRED -> "nobody answered in time, or it was not used in time";
      case WITHDRAWN -> withdrawn(proposal);
      case OPEN, GRANTED, CONSUMED, STALE -> "";
    };
  }

  private String withdrawn(Proposal proposal) {
    var query =
        new Journal.Query(
            proposal.tenant(),
            0,
            PAGE,
            Optional.empty(),
            proposal.ofAgent().map(wanted -> wanted.task().value()),
            Optional.of(proposal.askedAt()));
    return journal.read(query).stream()
        .filter(stored -> stored.leaf().contains("\"kind\":\"proposal-ended\""))
        .filter(stored -> stored.leaf().contains("\"handle\":\"" + proposal.id().value() + "\""))
        .flatMap(stored -> stored.body().text("reason").stream())
        .findFirst()
        .map(reason -> "a person withdrew it: " + reason)
        .orElse("it was withdrawn with its task");
  }
}

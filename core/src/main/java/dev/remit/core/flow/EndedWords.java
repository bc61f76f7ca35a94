package dev.remit.core.flow;

import dev.remit.core.approval.Answer;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.Verdict;
import dev.remit.core.evidence.Journal;
import dev.remit.core.evidence.ProposalLedger;
import java.util.Optional;

/** Why a proposal ended, for the agent that asked; what people wrote lies beside the log only. */
final class EndedWords {

  private static final int PAGE = 1_000;

  private final Journal journal;
  private final ProposalLedger proposals;

  EndedWords(Journal journal, ProposalLedger proposals) {
    this.journal = journal;
    this.proposals = proposals;
  }

  CallResult.Ended of(Proposal proposal, Proposal.State state) {
    return new CallResult.Ended(proposal.id(), state, words(proposal, state));
  }

  private String words(Proposal proposal, Proposal.State state) {
    return switch (state) {
      case REFUSED -> refused(proposal);
      case EXPIRED -> "nobody answered in time, or it was not used in time";
      case WITHDRAWN -> withdrawn(proposal);
      case OPEN, GRANTED, CONSUMED, STALE -> "";
    };
  }

  private String refused(Proposal proposal) {
    return proposals.answers(proposal.tenant(), proposal.id()).stream()
        .filter(answer -> answer.verdict() == Verdict.REFUSE)
        .map(Answer::reason)
        .filter(reason -> !reason.isBlank())
        .findFirst()
        .map(reason -> "a person refused it: " + reason)
        .orElse("a person refused it");
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

package dev.remit.testkit;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Subject;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.task.TaskId;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;

/** Uses of standing approvals in memory: a use is opened for a task and used up by admission. */
final class MemoryStanding {

  private MemoryStanding() {}

  static int used(MemoryState state, Proposal standing) {
    return (int)
        IntStream.rangeClosed(1, 20)
            .mapToObj(n -> state.uses(standing.id().ofStep(n)))
            .flatMap(Optional::stream)
            .filter(use -> use.state() == Proposal.State.CONSUMED)
            .count();
  }

  static int open(MemoryState state, Proposal asked, TaskId task, int uses, Instant at) {
    var standing = state.proposals.get(asked.id());
    if (standing == null
        || !(standing.subject() instanceof Subject.OfStanding subject)
        || !standing.tenant().equals(asked.tenant())
        || standing.stateAt(at) != Proposal.State.GRANTED) {
      return 0;
    }
    var fresh = first(uses, n -> state.uses(standing.id().ofStep(n)).isEmpty());
    int use = fresh > 0 ? fresh : first(uses, n -> isFree(state, standing.id().ofStep(n)));
    if (use > 0) {
      state.openUses.put(
          standing.id().ofStep(use),
          new Proposal(
              standing.id().ofStep(use),
              standing.tenant(),
              new Subject.OfCall(
                  task,
                  subject.agent(),
                  new InstanceId("standing"),
                  subject.tool(),
                  subject.arguments(),
                  Optional.empty()),
              "",
              standing.rules(),
              standing.parties(),
              standing.facts(),
              standing.askedAt(),
              standing.answerBy(),
              standing.useBy(),
              Proposal.State.GRANTED));
    }
    return use;
  }

  private static boolean isFree(MemoryState state, ProposalId use) {
    return state.uses(use).filter(row -> row.state() == Proposal.State.GRANTED).isPresent()
        && state.intents.values().stream()
            .noneMatch(intent -> intent.approval().filter(use::equals).isPresent());
  }

  private static int first(int uses, java.util.function.IntPredicate wanted) {
    return IntStream.rangeClosed(1, Math.min(uses, 20)).filter(wanted).findFirst().orElse(0);
  }
}

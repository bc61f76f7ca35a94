package dev.remit.server;

import dev.remit.core.approval.Proposal;
import dev.remit.postgres.Database;
import dev.remit.postgres.PostgresNotices;
import dev.remit.postgres.PostgresProposalLedger;
import dev.remit.postgres.PostgresTasks;
import dev.remit.server.notice.Channel;
import dev.remit.server.notice.Notifier;
import dev.remit.server.notice.StandIns;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Puts together who is told of proposals, from which store, by which channels. */
final class Notices {

  private Notices() {}

  /** A notifier that runs until it is closed. */
  static Notifier start(
      List<Channel> channels,
      Database database,
      ActiveReleases releases,
      String origin,
      InstantSource clock) {
    var proposals = new PostgresProposalLedger(database);
    var tasks = new PostgresTasks(database);
    Function<Proposal, Optional<String>> owner =
        proposal ->
            proposal
                .call()
                .flatMap(call -> tasks.find(proposal.tenant(), call.task()))
                .flatMap(task ->
                    Optional.ofNullable(
                        releases.active().release().taskClasses().get(task.taskClass())))
                .map(taskClass -> taskClass.owner());
    var notifier =
        new Notifier(
            new PostgresNotices(database),
            new Notifier.Sources(
                proposals::find, StandIns.NONE, owner, proposal -> link(origin, proposal)),
            channels,
            clock);
    notifier.start();
    return notifier;
  }

  private static String link(String origin, Proposal proposal) {
    return origin + "/console/card/" + proposal.tenant().value() + "/" + proposal.id().value();
  }
}

package dev.remit.server;

import dev.remit.core.approval.Eligibility;
import dev.remit.core.approval.Proposal;
import dev.remit.core.release.People;
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
      PostgresProposalLedger proposals,
      Database database,
      ActiveReleases releases,
      String origin,
      InstantSource clock) {
    var tasks = new PostgresTasks(database);
    Function<Proposal, Optional<String>> owner =
        proposal ->
            proposal
                .ofAgent()
                .flatMap(wanted -> tasks.find(proposal.tenant(), wanted.task()))
                .flatMap(task ->
                    Optional.ofNullable(
                        releases.active().release().taskClasses().get(task.taskClass())))
                .map(taskClass -> taskClass.owner());
    var notifier =
        new Notifier(
            new PostgresNotices(database),
            new Notifier.Sources(
                proposals::find,
                proposal -> standIns(proposal, releases.active().release().people()),
                owner,
                proposal -> link(origin, proposal)),
            channels,
            clock);
    notifier.start();
    return notifier;
  }

  /** As {@link dev.remit.core.approval.Eligibility} lets them answer: for what agents want only. */
  private static List<StandIns.StandIn> standIns(Proposal proposal, People people) {
    return proposal.ofAgent().stream()
        .flatMap(wanted -> proposal.groups().stream())
        .flatMap(group ->
            people.standInOf(group, proposal.tenant()).stream()
                .map(standIn ->
                    new StandIns.StandIn(
                        group.equals(Eligibility.TENANT_APPROVERS)
                            ? People.TENANT_STAND_INS
                            : "msp." + standIn.group(),
                        proposal.askedAt().plus(standIn.after()))))
        .filter(standIn -> standIn.from().isBefore(proposal.answerBy()))
        .toList();
  }

  private static String link(String origin, Proposal proposal) {
    return origin + "/console/card/" + proposal.tenant().value() + "/" + proposal.id().value();
  }
}

package dev.remit.web.console;

import dev.remit.core.approval.Subject;
import dev.remit.core.flow.Oversight;
import dev.remit.core.flow.Standing;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.Value;
import dev.remit.web.people.Rights;
import dev.remit.web.people.Rights.Verb;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;

/** Reads the standing approvals of a tenant. */
final class StandingReading {

  private final Oversight oversight;

  StandingReading(Oversight oversight) {
    this.oversight = oversight;
  }

  StandingView standing(Sight sight, Tenant tenant, Instant now) {
    var mayEnd =
        new Rights(sight.release().people()).may(sight.person(), Verb.KILL_TENANT, tenant.id());
    return new StandingView(
        sight.tenancy(tenant, Verb.READ_PROPOSALS, "/console/standing"),
        oversight.standing().of(tenant.id()).stream()
            .flatMap(one -> row(one, now).stream())
            .toList(),
        mayEnd);
  }

  private static Optional<StandingView.Row> row(Standing.InForce one, Instant now) {
    var proposal = one.proposal();
    return proposal.subject() instanceof Subject.OfStanding subject
        ? Optional.of(
            new StandingView.Row(
                proposal.id().value(),
                proposal.tenant().value(),
                subject.tool(),
                subject.agent().text(),
                subject.taskClass(),
                exactly(subject),
                one.used(),
                subject.uses(),
                Moments.full(subject.until()),
                subject.asker().text(),
                subject.reason(),
                Badge.of(proposal.stateAt(now))))
        : Optional.empty();
  }

  private static String exactly(Subject.OfStanding subject) {
    Value.Obj same = subject.arguments();
    for (var name : subject.free()) {
      same = same.without(name);
    }
    var differing = new TreeSet<>(subject.free());
    return CanonicalJson.text(same)
        + (differing.isEmpty() ? "" : "; may differ: " + String.join(", ", differing));
  }
}

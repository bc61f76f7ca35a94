package dev.remit.web;

import dev.remit.core.evidence.ProposalLedger.OpenOf;
import dev.remit.core.flow.Fatigue;
import dev.remit.core.tenant.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A busy morning of people who answer, as far as it concerns these tenants. */
final class LoadSample {

  private LoadSample() {}

  static Fatigue.Measured of(Set<TenantId> tenants) {
    var hour = Samples.NOW;
    return new Fatigue.Measured(
        31,
        6,
        24,
        20,
        3,
        Duration.ofSeconds(252),
        Duration.ofSeconds(41),
        5,
        1,
        List.of(
            new Fatigue.PersonHour("staff/ada", hour, 14),
            new Fatigue.PersonHour("harbor/hana", hour.minusSeconds(3_600), 7),
            new Fatigue.PersonHour("staff/otto\u202e", hour.minusSeconds(7_200), 3)),
        List.of(
                new OpenOf(Team.HARBOR, "msp.senior-technicians", 17),
                new OpenOf(Team.HARBOR, "tenant.approvers", 2),
                new OpenOf(Team.SUMMIT, "msp.senior-technicians", 1))
            .stream()
            .filter(open -> tenants.contains(open.tenant()))
            .toList());
  }
}

package dev.remit.core.flow;

import dev.remit.core.advice.Advisor;
import dev.remit.core.call.Tool;
import dev.remit.core.kill.Kills;
import dev.remit.core.target.TargetListing;
import dev.remit.core.tenant.TenantId;
import java.util.stream.Collectors;

/** Answers enforcement points outside by the policy in force, and admits nothing. */
final class AdviceDesk implements Advisor {

  private final Ports ports;
  private final TargetListing listing;
  private final CallChecks checks;
  private final Judge judge;

  AdviceDesk(Ports ports, TargetListing listing) {
    this.ports = ports;
    this.listing = listing;
    this.checks = new CallChecks(ports, this::isAsPinned);
    this.judge = new Judge(ports.oversight().levels());
  }

  private boolean isAsPinned(Tool tool) {
    var connector = ports.connectors().all().get(tool.connector());
    return connector != null && !connector.changedTools().contains(tool.name());
  }

  @Override
  public View of(TenantId tenant) {
    var active = ports.releases().active();
    var killed =
        ports.kills().active().stream()
            .map(Kills.Active::scope)
            .map(scope -> scope.text())
            .collect(Collectors.toUnmodifiableSet());
    return new AdviceView(
        ports, listing, checks, judge, active, tenant, killed, ports.clock().instant());
  }
}

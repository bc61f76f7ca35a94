package dev.remit.core.flow;

import dev.remit.core.call.ArgumentSchema;
import dev.remit.core.evidence.CallLedger;
import dev.remit.core.evidence.Journal;
import dev.remit.core.evidence.LeaseLedger;
import dev.remit.core.evidence.ProposalLedger;
import dev.remit.core.evidence.TaskLedger;
import dev.remit.core.execution.Connector;
import dev.remit.core.kill.Kills;
import dev.remit.core.lease.PrincipalNames;
import dev.remit.core.oversight.OversightPorts;
import dev.remit.core.register.RegisterPorts;
import dev.remit.core.release.Releases;
import dev.remit.core.secret.SecretCheck;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.target.Inventory;
import dev.remit.core.task.Tasks;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/**
 * Everything the drivers stand on, wired once by the composition root.
 *
 * @param replica the stable name of this process's data folder
 * @param sendWithin how long after the decision a request may leave
 * @param skew how far clocks of replicas and targets may differ
 */
public record Ports(
    CallLedger calls,
    TaskLedger taskLedger,
    LeaseLedger leases,
    ProposalLedger proposals,
    Journal journal,
    Tasks tasks,
    Inventory inventory,
    Kills kills,
    Releases releases,
    Connectors connectors,
    PeoplePorts people,
    OversightPorts oversight,
    RegisterPorts register,
    ArgumentSchema schema,
    PrincipalNames names,
    SecretCheck secrets,
    InstantSource clock,
    Ticker ticker,
    Ids ids,
    Failpoints failpoints,
    String replica,
    Duration sendWithin,
    Duration skew) {

  /** The connectors of the active version. */
  @FunctionalInterface
  public interface Connectors {
    /** All of them by name, as of the active version. */
    Map<ConnectorId, Connector> all();
  }
}

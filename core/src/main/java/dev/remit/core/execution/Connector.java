package dev.remit.core.execution;

import dev.remit.core.call.Tool;
import dev.remit.core.lease.Broker;
import dev.remit.core.lease.Credential;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.target.Reading;
import dev.remit.core.target.TargetRef;
import dev.remit.core.task.Task;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A connection to one system: its broker, and everything that is sent to it.
 *
 * <p>Promises: nothing is sent but with a credential of the broker; identifiers travel only as
 * single encoded path segments or bound parameters; answers are limited in size; redirects are
 * refused; a time-out after sending is {@link Execution.Unknown}; no exception carries a secret.
 * Methods block; they throw {@link VendorException} when the system is away.
 */
public interface Connector {

  /** The connector's name. */
  ConnectorId id();

  /** Makes and ends its credentials. */
  Broker broker();

  /** What a lease must allow for this tool in this tenant, in the broker's terms. */
  Value.Obj scope(Tool tool, Tenant tenant);

  /** What a lease must allow to read the inventory and tickets. */
  Value.Obj readScope();

  /**
   * How long a credential of its target lives unless it is revoked; a lease ends no earlier,
   * because a target may not be able to make it shorter.
   */
  Duration leaseLife();

  /** Kinds of records it has an inventory of. */
  Set<String> kinds();

  /** All records of a kind. */
  List<Reading> inventory(String kind, Credential credential);

  /** One record as it is now; empty when there is none. */
  Optional<Reading> read(TargetRef target, Credential credential);

  /** A ticket as its record shows it; empty when there is none, or this system has no tickets. */
  Optional<Ticket> ticket(String id, Credential credential);

  /** Carries the request out. */
  Execution execute(Request request, Credential credential, SendBy sendBy, Cut cut);

  /** Names of this connector's tools whose upstream definition no longer equals its pin. */
  Set<String> changedTools();

  /** The same tools, each with what is different, in words for people. */
  default Map<String, List<String>> toolDifferences() {
    return changedTools().stream()
        .collect(Collectors.toUnmodifiableMap(tool -> tool, tool -> List.of()));
  }

  /** Whether its tools are another's, so that they may change without us. */
  default boolean hasUpstreamTools() {
    return false;
  }

  /**
   * One exact request.
   *
   * @param arguments exactly the canonical arguments that were decided on
   * @param deadline when the vendor's work must be over
   */
  record Request(
      String call,
      Tool tool,
      Value.Obj arguments,
      Tenant tenant,
      Optional<Task> task,
      Instant deadline) {}

  /** A ticket; {@code owner} is the system's own identifier of the company. */
  record Ticket(
      String id,
      String owner,
      String requester,
      boolean isOpenedByPerson,
      boolean isOpen,
      String subject) {}

  /** The system is away, slow, or answered what cannot be understood. */
  final class VendorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public VendorException(String message) {
      super(message);
    }

    public VendorException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}

package dev.remit.connectors.mcp;

import dev.remit.connectors.mcp.McpWire.Method;
import dev.remit.connectors.wire.Exchange;
import dev.remit.core.execution.Cut;
import dev.remit.core.lease.Broker;
import dev.remit.core.lease.Credential;
import dev.remit.core.lease.Lease;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/**
 * Upstream sessions as credentials.
 *
 * <p>Opening one also reads the upstream's tools and compares them with their pins, so that each
 * lease stands on definitions it saw itself. Revoking ends the session and looks that the upstream
 * refuses it. After a crash, or where the upstream cannot end sessions, nobody holds the identifier
 * any more; the lease lingers until its end and counts as gone then. A session has no name of ours,
 * so there is nothing to list.
 */
final class SessionBroker implements Broker {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final List<String> VERSIONS = List.of("2025-11-25", "2025-06-18");
  private static final Pattern SESSION = Pattern.compile("[\\x21-\\x7E]{1,1024}");
  private final McpWire wire;
  private final Definitions definitions;
  private final InstantSource clock;
  private final AtomicReference<Map<String, List<String>>> changed =
      new AtomicReference<>(Map.of());

  SessionBroker(McpWire wire, Definitions definitions, InstantSource clock) {
    this.wire = wire;
    this.definitions = definitions;
    this.clock = clock;
  }

  /** Tools that had changed when the tools were read last, each with what is different. */
  Map<String, List<String>> changed() {
    return changed.get();
  }

  @Override
  public Revocation revocation() {
    return Revocation.IMMEDIATE;
  }

  @Override
  public Issued issue(Lease lease) {
    if (!clock.instant().isBefore(lease.end())) {
      return new NotMade("the lease is over");
    }
    var params =
        Value.object(
            "protocolVersion", VERSIONS.getFirst(),
            "capabilities", Value.Obj.EMPTY,
            "clientInfo", Value.object("name", "remit", "version", "0.1.0"));
    var reply =
        wire.request(Optional.empty(), Method.INITIALIZE, params, TIMEOUT, () -> false, new Cut());
    return switch (reply) {
      case McpWire.NotSent(String detail) -> new NotMade(detail);
      case McpWire.Lost(String detail) -> new Uncertain(detail);
      case McpWire.Refused(long code) -> new NotMade("the upstream refused a session: " + code);
      case McpWire.Status(Exchange.Answer answer) ->
          answer.status() < 500
              ? new NotMade("the upstream answered " + answer.words())
              : new Uncertain("the upstream answered " + answer.words());
      case McpWire.Result(Value.Obj result, Optional<String> id) -> opened(lease, result, id);
    };
  }

  private Issued opened(Lease lease, Value.Obj result, Optional<String> id) {
    var version = result.text("protocolVersion").orElse("");
    var session = new McpSession(lease.principal(), id, version);
    if (id.isPresent() && !SESSION.matcher(id.get()).matches()) {
      return new Uncertain("the upstream's session cannot be named");
    }
    if (!VERSIONS.contains(version)) {
      return undone(session, "the upstream speaks another version of the protocol");
    }
    if (!wire.notify(session, Method.INITIALIZED, Value.Obj.EMPTY)) {
      return undone(session, "the upstream did not take the session up");
    }
    var tools = definitions.changed(wire, session);
    if (tools.isEmpty()) {
      return undone(session, "the upstream's tools could not be read");
    }
    session.changed(tools.get().keySet());
    changed.set(tools.get());
    return new Made(session);
  }

  private Issued undone(McpSession session, String why) {
    return ended(session) instanceof Gone ? new NotMade(why) : new Uncertain(why);
  }

  @Override
  public Ended revoke(Lease lease, Optional<Credential> credential) {
    var ended =
        credential.isPresent() && credential.get() instanceof McpSession session
            ? ended(session)
            : new Lingering("no session in hand");
    return ended instanceof Lingering && !clock.instant().isBefore(lease.end())
        ? new Gone("its end " + lease.end() + " is past and nobody holds its identifier")
        : ended;
  }

  private Ended ended(McpSession session) {
    if (session.id().isEmpty()) {
      return new Gone("the upstream keeps no sessions");
    }
    var deleted = wire.delete(session);
    if (!(deleted instanceof Exchange.Answer answer)) {
      return new Lingering("the upstream did not answer");
    }
    if (!answer.isSuccess() && answer.status() != 404) {
      return new Lingering("the upstream answered " + answer.words());
    }
    var look =
        wire.request(
            Optional.of(session), Method.PING, Value.Obj.EMPTY, TIMEOUT, () -> false, new Cut());
    return look instanceof McpWire.Status(Exchange.Answer refused) && refused.status() == 404
        ? new Gone("the upstream answers 404 to the session")
        : new Lingering("the upstream still takes the session");
  }

  @Override
  public Set<String> present() {
    return Set.of();
  }

  @Override
  public Ended remove(String principal) {
    return new Lingering("sessions have no name of ours");
  }
}

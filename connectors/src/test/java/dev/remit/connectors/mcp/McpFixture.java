package dev.remit.connectors.mcp;

import dev.remit.core.call.ScopeTruth;
import dev.remit.core.call.Tool;
import dev.remit.core.execution.Connector.Request;
import dev.remit.core.execution.Cut;
import dev.remit.core.execution.Execution;
import dev.remit.core.identity.Grade;
import dev.remit.core.lease.Broker;
import dev.remit.core.lease.Credential;
import dev.remit.core.lease.Lease;
import dev.remit.core.lease.LeaseId;
import dev.remit.core.release.ConnectorSpec;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import dev.remit.testkit.ManualClock;
import dev.remit.testkit.mcp.FixtureUpstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A connector in front of a real small upstream. */
final class McpFixture implements AutoCloseable {
  static final ConnectorId UP = new ConnectorId("up");
  static final Tenant HARBOR =
      new Tenant(new TenantId("harbor-dental"), "Harbor Dental", Map.of("up", "1"), List.of());

  final FixtureUpstream upstream =
      new FixtureUpstream(id -> id.equals("7") ? Optional.of(1L) : Optional.empty());
  final ManualClock clock = new ManualClock();
  final Cut cut = new Cut();
  private final List<McpConnector> open = new ArrayList<>();

  Tool tool(String name, Grade effect, Tool.Proof proof, Value.Obj settings) {
    return new Tool(
        "up_" + name,
        UP,
        name,
        name,
        name,
        effect,
        Value.Obj.EMPTY,
        McpConnector.pin(upstream.definition(name)),
        proof == Tool.Proof.ANSWER
            ? List.of(new Tool.TargetArgument("device", UP, "device"))
            : List.of(),
        false,
        proof,
        Duration.ofSeconds(10),
        settings.with("tool", Value.of(name)));
  }

  Tool tool(String name) {
    return tool(name, Grade.OBSERVE, Tool.Proof.RECORD, Value.Obj.EMPTY);
  }

  Tool health() {
    return tool(
        "device_health", Grade.OBSERVE, Tool.Proof.ANSWER, Value.object("owner", "/organization"));
  }

  McpConnector connector(Tool... tools) {
    var spec =
        new ConnectorSpec(
            UP,
            "Upstream",
            "mcp",
            "ops",
            ScopeTruth.VENDOR_ENFORCED,
            "up",
            Value.object("limit-bytes", 20_000));
    var endpoint = new McpEndpoint(upstream.uri(), Optional.of(() -> "vendor-key-1"));
    var connector = new McpConnector(spec, List.of(tools), endpoint, clock);
    open.add(connector);
    return connector;
  }

  Lease lease(String name) {
    return new Lease(
        new LeaseId(name),
        HARBOR.id(),
        UP,
        "remit_" + name,
        Optional.empty(),
        Value.Obj.EMPTY,
        clock.instant().plusSeconds(600),
        "r1",
        Lease.State.INTENDED);
  }

  Credential issue(McpConnector connector) {
    if (connector.broker().issue(lease("a")) instanceof Broker.Made(Credential made)) {
      return made;
    }
    throw new AssertionError("no session was opened");
  }

  Request request(Tool tool, Object... arguments) {
    return new Request(
        "call",
        tool,
        Value.object(arguments),
        HARBOR,
        Optional.empty(),
        clock.instant().plusSeconds(10));
  }

  Execution run(Tool tool, Object... arguments) {
    var connector = connector(tool);
    return connector.execute(request(tool, arguments), issue(connector), () -> false, cut);
  }

  long count(String rpcMethod) {
    return upstream.received().stream().filter(r -> r.rpcMethod().equals(rpcMethod)).count();
  }

  @Override
  public void close() {
    open.forEach(McpConnector::close);
    upstream.close();
  }
}

package dev.remit.connectors.http;

import dev.remit.connectors.common.Pause;
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
import dev.remit.json.Json;
import dev.remit.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An RMM behind a scripted vendor, on a clock that each pause moves. */
final class HttpFixture implements AutoCloseable {
  static final ConnectorId RMM = new ConnectorId("rmm");
  static final Tenant HARBOR =
      new Tenant(new TenantId("harbor-dental"), "Harbor Dental", Map.of("rmm", "1"), List.of());

  static final String SPEC =
      """
      {"broker": {"kind": "oauth-client", "life": "60s",
                  "scopes": {"read": "monitoring", "low": ["control"]}, "probe": "/v2/me"},
       "limit-bytes": 2000,
       "inventory": {"device": {
          "list": {"path": "/v2/devices", "page": {"size": 2, "after": "/id"}},
          "one": {"path": "/v2/device/{id}"}, "id": "/id", "owner": "/organizationId",
          "version-from": ["/role"], "attributes": {"role": "/role", "name": "/name"},
          "binding": ["role"]}},
       "tickets": {"one": {"path": "/v2/ticket/{id}"}, "owner": "/clientId",
          "requester": "/requesterUid", "person": {"pointer": "/source", "in": ["EMAIL"]},
          "open": {"pointer": "/status", "not-in": ["CLOSED"]}, "subject": "/subject",
          "requesters": {"list": {"path": "/v2/people"}, "id": "/uid", "owner": "/clientId"}}}
      """;

  static final String RESTART =
      """
      {"request": {"method": "POST", "path": "/v2/device/{device}/service/{service}/control",
                   "body": {"action": "RESTART", "why": "{why}"}},
       "read-back": {"path": "/v2/device/{device}/services", "query": {"name": "{service}"},
                     "pointer": "/0/state", "equals": "RUNNING", "within": "10s", "every": "1s"}}
      """;

  static final String REBOOT =
      """
      {"request": {"method": "POST", "path": "/v2/device/{device}/reboot"}, "completion": "job",
       "job": {"id": "/uid",
               "status": {"path": "/job/{job}", "pointer": "/state", "queued": ["QUEUED"],
                          "running": ["RUNNING"], "done": ["DONE"], "failed": ["BROKEN"],
                          "cancelled": ["CANCELLED"], "every": "1s"},
               "cancel": {"method": "POST", "path": "/job/{job}/cancel"}}}
      """;

  static final String READ =
      """
      {"request": {"path": "/v2/device/{device}"}, "owner": "/organizationId",
       "fields": ["/id", "/role"]}
      """;

  final ScriptedVendor vendor = new ScriptedVendor();
  final ManualClock clock = new ManualClock();
  final Cut cut = new Cut();
  final HttpConnector connector;
  final Tool restart = tool("restart", Grade.LOW, RESTART, Tool.Proof.RECORD);
  final Tool reboot = tool("reboot", Grade.LOW, REBOOT, Tool.Proof.RECORD);
  final Tool read = tool("read", Grade.OBSERVE, READ, Tool.Proof.ANSWER);

  HttpFixture() {
    Pause pause = (time, isCut) -> clock.advance(time);
    connector = connector(pause);
  }

  HttpConnector connector(Pause pause) {
    return connector(pause, true);
  }

  HttpConnector withoutIntrospection() {
    return connector((time, isCut) -> clock.advance(time), false);
  }

  private HttpConnector connector(Pause pause, boolean hasIntrospection) {
    return new HttpConnector(
        new ConnectorSpec(
            RMM, "RMM", "http", "ops", ScopeTruth.BROKER_ENFORCED, "rmm", Json.parseObject(SPEC)),
        List.of(restart, reboot, read),
        vendor.endpoint(hasIntrospection),
        clock,
        pause);
  }

  static Tool tool(String operation, Grade effect, String settings, Tool.Proof proof) {
    return new Tool(
        "rmm_" + operation,
        RMM,
        operation,
        operation,
        operation,
        effect,
        Value.Obj.EMPTY,
        "pin",
        List.of(new Tool.TargetArgument("device", RMM, "device")),
        true,
        proof,
        Duration.ofSeconds(30),
        Json.parseObject(settings));
  }

  Lease lease(String name) {
    return new Lease(
        new LeaseId(name),
        HARBOR.id(),
        RMM,
        "remit_" + name,
        Optional.empty(),
        connector.readScope(),
        clock.instant().plusSeconds(60),
        "r1",
        Lease.State.INTENDED);
  }

  static Lease ending(Lease lease, java.time.Instant end) {
    return new Lease(
        lease.id(),
        lease.tenant(),
        lease.connector(),
        lease.principal(),
        lease.task(),
        lease.scope(),
        end,
        lease.replica(),
        lease.state());
  }

  Credential credential() {
    if (connector.broker().issue(lease("one")) instanceof Broker.Made(Credential made)) {
      return made;
    }
    throw new AssertionError("the vendor made no token");
  }

  Execution run(Tool tool, Object... arguments) {
    return run(connector, tool, arguments);
  }

  Execution run(HttpConnector with, Tool tool, Object... arguments) {
    return with.execute(request(tool, arguments), credential(), () -> false, cut);
  }

  Request request(Tool tool, Object... arguments) {
    return new Request(
        "call",
        tool,
        Value.object(arguments),
        HARBOR,
        Optional.empty(),
        clock.instant().plusSeconds(30));
  }

  @Override
  public void close() {
    connector.close();
    vendor.close();
  }
}

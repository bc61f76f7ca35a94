package dev.remit.connectors.ldap;

import dev.remit.core.call.ScopeTruth;
import dev.remit.core.call.Tool;
import dev.remit.core.execution.Connector;
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
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The connector of the tests, with what a workspace would say of it. */
final class Fixture {
  static final ConnectorId DIRECTORY = new ConnectorId("directory");
  static final InstantSource CLOCK = InstantSource.system();
  static final String PREFIX = "remit_t1_";
  static final Tenant HARBOR = tenant("harbor-dental");
  static final Tenant NORTHWIND = tenant("northwind-legal");
  static final Tenant NOBODY = new Tenant(new TenantId("nobody"), "Nobody", Map.of(), List.of());

  static final String MADE =
      """
      "accounts": {"base": "ou=leases,dc=msp,dc=example"}
      """;
  static final String STANDING =
      """
      "accounts": {"base": "ou=standing,dc=msp,dc=example", "mark": "employeeNumber",
        "standing": ["cn=standing-1,ou=standing,dc=msp,dc=example",
                     "cn=standing-2,ou=standing,dc=msp,dc=example"]}
      """;

  private static final String SPEC =
      """
      {"broker": {ACCOUNTS,
         "rights": {"base": "ou=rights,dc=msp,dc=example",
           "read": ["cn=directory-read,ou=rights,dc=msp,dc=example"],
           "high": ["cn=reset-{owner},ou=rights,dc=msp,dc=example"],
           "destructive": ["cn=disable-{owner},ou=rights,dc=msp,dc=example"]}},
       "protected": {
         "admins": {"groups": ["cn=admins,ou=groups,ou={owner},ou=clients,dc=msp,dc=example"]},
         "break-glass": {"marks": {"employeeType": ["break-glass"]}}},
       "inventory": {
         "user": {"base": "ou=clients,dc=msp,dc=example", "class": "inetOrgPerson",
           "id": "mail", "owner": "subtree", "version-from": ["entryCSN", "modifyTimestamp"],
           "attributes": {"name": "cn", "admin": "{admins}", "break_glass": "{break-glass}"},
           "binding": ["admin", "break_glass"]},
         "group": {"base": "ou=clients,dc=msp,dc=example", "class": "groupOfNames",
           "id": "entryUUID", "owner": "subtree", "attributes": {"name": "cn"}}}}
      """;

  private Fixture() {}

  private static Tenant tenant(String slug) {
    return new Tenant(new TenantId(slug), slug, Map.of("directory", slug), List.of());
  }

  static LdapEndpoint endpoint(Served served, int port, Handover handover) {
    return new LdapEndpoint(
        "127.0.0.1",
        port,
        LdapEndpoint.Security.LDAPS,
        List.of(served.authority().trusted()),
        Optional.empty(),
        Tree.BROKER,
        () -> Tree.BROKER_PASSWORD,
        Optional.of(handover));
  }

  static ConnectorSpec spec(String accounts) {
    return spec(
        Json.parseObject(SPEC.replace("ACCOUNTS", accounts).replace("VERSION", "modifyTimestamp")));
  }

  static ConnectorSpec spec(Value.Obj settings) {
    return new ConnectorSpec(
        DIRECTORY, "Directory", "ldap", "ops", ScopeTruth.VENDOR_ENFORCED, "directory", settings);
  }

  static LdapConnector connector(LdapEndpoint endpoint, String accounts, Tool... tools) {
    return connector(endpoint, spec(accounts), tools);
  }

  static LdapConnector connector(LdapEndpoint endpoint, ConnectorSpec spec, Tool... tools) {
    return new LdapConnector(spec, List.of(tools), endpoint, PREFIX, new SecureRandom(), CLOCK);
  }

  static final Tool READ =
      tool("read_user", Grade.OBSERVE, "user", "{\"act\": \"read\", \"show\": [\"cn\"]}");
  static final Tool LIST =
      tool("list_members", Grade.OBSERVE, "group", "{\"act\": \"list-members\", \"rows\": 50}");
  static final Tool RESET =
      tool(
          "reset_password",
          Grade.HIGH,
          "user",
          """
          {"act": "reset-password", "password": "extended",
           "must-change": {"attribute": "pwdReset", "value": "TRUE"}}
          """);
  static final Tool DISABLE =
      tool(
          "disable_user",
          Grade.DESTRUCTIVE,
          "user",
          """
          {"act": "disable",
           "set": {"attribute": "pwdAccountLockedTime", "value": "000001010000Z"}}
          """);

  static Tool tool(String operation, Grade effect, String kind, String settings) {
    return new Tool(
        "directory_" + operation,
        DIRECTORY,
        operation,
        operation,
        operation,
        effect,
        Value.Obj.EMPTY,
        "pin",
        List.of(new Tool.TargetArgument("target", DIRECTORY, kind)),
        true,
        Tool.Proof.RECORD,
        Duration.ofSeconds(5),
        Json.parseObject(settings));
  }

  static Lease lease(String name, Value.Obj scope, Instant end) {
    return new Lease(
        new LeaseId(name),
        HARBOR.id(),
        DIRECTORY,
        PREFIX + name,
        Optional.empty(),
        scope,
        end,
        "r1",
        Lease.State.INTENDED);
  }

  static Lease lease(String name, Value.Obj scope) {
    return lease(name, scope, CLOCK.instant().plusSeconds(300));
  }

  static Credential issue(Broker broker, Lease lease) {
    if (broker.issue(lease) instanceof Broker.Made(Credential credential)) {
      return credential;
    }
    throw new AssertionError("no credential was made");
  }

  static Connector.Request request(Tool tool, String target, Tenant tenant) {
    return new Connector.Request(
        "call-1",
        tool,
        Value.object("target", target),
        tenant,
        Optional.empty(),
        CLOCK.instant().plusSeconds(5));
  }
}

package dev.remit.connectors.ssh;

import dev.remit.connectors.ssh.SshEndpoint.Host;
import dev.remit.core.call.ScopeTruth;
import dev.remit.core.call.Tool;
import dev.remit.core.execution.Connector.Request;
import dev.remit.core.identity.Grade;
import dev.remit.core.lease.Broker;
import dev.remit.core.lease.Lease;
import dev.remit.core.lease.LeaseId;
import dev.remit.core.release.ConnectorSpec;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Two clients' hosts that trust one authority, and connectors to them. */
final class SshFixture {
  static final ConnectorId LINUX = new ConnectorId("linux");
  static final Tenant HARBOR =
      new Tenant(new TenantId("harbor-dental"), "Harbor", Map.of("linux", "harbor"), List.of());
  static final String PREFIX = "remit_0123abcd_";
  static final InstantSource CLOCK = InstantSource.system();
  private static final Set<String> PROGRAMS =
      Set.of("/usr/bin/printf", "/bin/sleep", "/bin/cat", "/bin/false", "/usr/bin/yes", "/bin/sh");
  private static final String SPEC =
      """
      {"broker": {"kind": "ssh-certificate", "account": "%s", "life": "60s", "skew": "1s"},
       "inventory": {"server": {"attributes": ["role", "key"], "binding": ["key"]}}}
      """
          .formatted(SshdHost.ACCOUNT);

  private static Optional<SshFixture> shared = Optional.empty();

  final Path authority;
  final SshdHost web1;
  final SshdHost web2;

  private SshFixture() {
    authority = authority();
    web1 = new SshdHost("web1", Path.of(authority + ".pub"));
    web2 = new SshdHost("web2", Path.of(authority + ".pub"));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              web1.close();
              web2.close();
            }));
  }

  /** A fresh authority's private key. */
  static Path authority() {
    try {
      var key = Files.createTempDirectory("ca").resolve("ca");
      SshdHost.keygen("-t", "ed25519", "-N", "", "-C", "", "-f", key.toString());
      return key;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static synchronized SshFixture shared() {
    SshdHost.require();
    var it = shared.orElseGet(SshFixture::new);
    shared = Optional.of(it);
    return it;
  }

  SshConnector connector(List<Host> hosts, Tool... tools) {
    return connector(authority, List.of("127.0.0.1/32"), hosts, CLOCK, tools);
  }

  static SshConnector connector(
      Path authority, List<String> sources, List<Host> hosts, InstantSource clock, Tool... tools) {
    return new SshConnector(
        new ConnectorSpec(
            LINUX,
            "Linux",
            "ssh",
            "ops",
            ScopeTruth.VENDOR_ENFORCED,
            "linux",
            Json.parseObject(SPEC)),
        List.of(tools),
        new SshEndpoint(() -> read(authority), sources, PROGRAMS, hosts),
        PREFIX,
        new SecureRandom(),
        clock);
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Tool tool(Grade effect, Duration timeout, String settings) {
    return new Tool(
        "linux_do",
        LINUX,
        "do",
        "t",
        "d",
        effect,
        Value.Obj.EMPTY,
        "pin",
        List.of(new Tool.TargetArgument("server", LINUX, "server")),
        true,
        Tool.Proof.RECORD,
        timeout,
        Json.parseObject(settings));
  }

  /** A tool that prints its argument and nothing else. */
  static Tool printing() {
    return tool(
        Grade.LOW,
        Duration.ofSeconds(10),
        """
        {"command": {"program": "/usr/bin/printf", "arguments": ["--", "%s", "{text}"]}}
        """);
  }

  static Tool running(Grade effect, String program, String argument) {
    return tool(
        effect,
        Duration.ofSeconds(10),
        Json.text(
            Value.object(
                "command", Value.object("program", program, "arguments", List.of(argument)))));
  }

  static Lease lease(String name, Value.Obj scope, Instant end) {
    return new Lease(
        new LeaseId(name),
        HARBOR.id(),
        LINUX,
        PREFIX + name,
        Optional.empty(),
        scope,
        end,
        "r1",
        Lease.State.INTENDED);
  }

  static Lease lease(SshConnector connector, Tool tool, String name) {
    return lease(name, connector.scope(tool, HARBOR), CLOCK.instant().plusSeconds(120));
  }

  static SshCredential issue(SshConnector connector, Lease lease) {
    if (connector.broker().issue(lease) instanceof Broker.Made(var credential)) {
      return (SshCredential) credential;
    }
    throw new AssertionError("not made: " + connector.broker().issue(lease));
  }

  static Request request(Tool tool, Object... arguments) {
    var all = Value.object(arguments);
    return new Request(
        "call",
        tool,
        all.get("server").isPresent() ? all : all.with("server", Value.of("web1")),
        HARBOR,
        Optional.empty(),
        CLOCK.instant().plusSeconds(20));
  }
}

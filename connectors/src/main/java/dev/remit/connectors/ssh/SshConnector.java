package dev.remit.connectors.ssh;

import dev.remit.connectors.common.Settings;
import dev.remit.core.call.Tool;
import dev.remit.core.execution.Connector;
import dev.remit.core.execution.Cut;
import dev.remit.core.execution.Execution;
import dev.remit.core.execution.SendBy;
import dev.remit.core.lease.Broker;
import dev.remit.core.lease.Credential;
import dev.remit.core.release.ConnectorSpec;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.target.Reading;
import dev.remit.core.target.TargetRef;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.value.Value;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Hosts that run OpenSSH: only commands of the catalogue run, and a host is what its pinned key
 * says it is.
 *
 * <p>Settings of the connector: {@code broker.account} (who runs commands), {@code broker.life},
 * {@code broker.skew} (how far hosts' clocks may be off), and one {@code inventory} kind with its
 * {@code attributes}. Settings of a tool: {@code command} ({@code program}, {@code arguments}),
 * {@code exit} ({@code done}, {@code rejected}, {@code failed}), {@code output}, {@code bytes},
 * {@code owner}, {@code fields}, {@code withhold}. Whose a host is stands in the server's own
 * configuration beside its key; the key is proven at every reading.
 */
public final class SshConnector implements Connector, AutoCloseable {
  private final ConnectorId id;
  private final Settings brokerSettings;
  private final HostInventory inventory;
  private final Links links = new Links();
  private final CertificateBroker broker;
  private final CommandExecutor executor;
  private final Map<String, SshOperation> operations = new LinkedHashMap<>();

  /**
   * Reads the declaration; connects when first needed.
   *
   * @param prefix how this installation's principals begin
   */
  public SshConnector(
      ConnectorSpec spec,
      Collection<Tool> tools,
      SshEndpoint endpoint,
      String prefix,
      SecureRandom random,
      InstantSource clock) {
    this.id = spec.id();
    var settings = new Settings("connector `" + spec.id() + "`", spec.settings());
    this.brokerSettings = settings.part("broker");
    var account = brokerSettings.text("account");
    var skew = brokerSettings.duration("skew", Duration.ofSeconds(30));
    this.inventory = HostInventory.of(id, settings.part("inventory"), endpoint.hosts(), account);
    tools.stream()
        .filter(tool -> tool.connector().equals(id))
        .forEach(tool -> operations.put(tool.name(), SshOperation.of(tool, endpoint.programs())));
    var authority =
        new Authority(endpoint.caKey(), endpoint.sourceAddresses(), skew, random, clock);
    this.broker = new CertificateBroker(prefix, account, endpoint, links, authority, skew, clock);
    this.executor = new CommandExecutor(account, endpoint.hosts(), links, clock);
  }

  @Override
  public ConnectorId id() {
    return id;
  }

  @Override
  public Broker broker() {
    return broker;
  }

  @Override
  public Value.Obj scope(Tool tool, Tenant tenant) {
    return Value.object(
        "operation", tool.operation(), "owner", tenant.externalIds().getOrDefault(id.value(), ""));
  }

  /** Hosts prove themselves before anybody logs in, so their inventory needs no certificate. */
  @Override
  public Value.Obj readScope() {
    return Value.object("use", "inventory");
  }

  @Override
  public Duration leaseLife() {
    return brokerSettings.duration("life", Duration.ofSeconds(60));
  }

  @Override
  public Set<String> kinds() {
    return Set.of(inventory.kind());
  }

  @Override
  public List<Reading> inventory(String kind, Credential credential) {
    if (!kind.equals(inventory.kind())) {
      throw new IllegalStateException("no inventory of this kind: " + kind);
    }
    ssh(credential);
    return inventory.all(links);
  }

  @Override
  public Optional<Reading> read(TargetRef target, Credential credential) {
    ssh(credential);
    return inventory.one(target, links);
  }

  private static SshCredential ssh(Credential credential) {
    if (credential instanceof SshCredential ssh) {
      return ssh;
    }
    throw new IllegalStateException("a credential of another connector");
  }

  /** A host has no tickets. */
  @Override
  public Optional<Ticket> ticket(String ticket, Credential credential) {
    return Optional.empty();
  }

  @Override
  public Execution execute(Request request, Credential credential, SendBy sendBy, Cut cut) {
    var operation = operations.get(request.tool().name());
    return operation == null
        ? new Execution.Failed("this connector has no such operation")
        : executor.execute(operation, request, ssh(credential), sendBy, cut);
  }

  /** Declared commands are their own definition, so their pins hold by construction. */
  @Override
  public Set<String> changedTools() {
    return Set.of();
  }

  @Override
  public void close() {
    links.close();
  }
}

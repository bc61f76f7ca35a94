package dev.remit.connectors.ldap;

import com.unboundid.ldap.sdk.LDAPException;
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
import dev.remit.core.value.InvalidValueException;
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
 * A directory over LDAP of which each tenant owns one container.
 *
 * <p>Settings of the connector: {@code broker.accounts} ({@link Accounts}), {@code broker.rights}
 * ({@link Rights}), {@code broker.life}; {@code protected.admins} and {@code protected.break-glass}
 * ({@link Protection}); {@code inventory} ({@link RecordKind}). Settings of a tool: {@link Act}.
 */
public final class LdapConnector implements Connector, AutoCloseable {
  private final ConnectorId id;
  private final Settings brokerSettings;
  private final Rights rights;
  private final BrokerConnections connections;
  private final AccountBroker broker;
  private final LdapExecutor executor;
  private final Map<String, RecordKind> kinds = new LinkedHashMap<>();
  private final Map<String, LdapExecutor.Operation> operations = new LinkedHashMap<>();
  private final Optional<Handover> handover;

  /**
   * Reads the declaration; connects when first needed.
   *
   * @param prefix how this installation's principals begin
   */
  public LdapConnector(
      ConnectorSpec spec,
      Collection<Tool> tools,
      LdapEndpoint endpoint,
      String prefix,
      SecureRandom random,
      InstantSource clock) {
    this.id = spec.id();
    this.handover = endpoint.handover();
    var settings = new Settings("connector `" + spec.id() + "`", spec.settings());
    this.brokerSettings = settings.part("broker");
    this.rights = Rights.of(brokerSettings.part("rights"));
    var member = settings.optionalText("member").orElse("member");
    readKinds(settings, member);
    tools.stream().filter(tool -> tool.connector().equals(id)).forEach(this::declare);
    var passwords = new Passwords(random);
    var directory = new Directory(endpoint);
    this.connections = new BrokerConnections(directory, clock);
    var accounts = Accounts.of(brokerSettings.part("accounts"), passwords);
    this.broker =
        new AccountBroker(prefix, accounts, rights, connections, directory, passwords, clock);
    this.executor = new LdapExecutor(clock, new Changes(passwords, handover), member);
  }

  private void readKinds(Settings settings, String member) {
    var protections = new LinkedHashMap<String, Protection>();
    settings
        .optionalPart("protected")
        .ifPresent(part -> {
          protections.put(RecordKind.ADMINS, Protection.of(part.part("admins"), member));
          protections.put(RecordKind.BREAK_GLASS, Protection.of(part.part("break-glass"), member));
        });
    var inventory = settings.part("inventory");
    for (String kind : inventory.object().members().keySet()) {
      kinds.put(kind, RecordKind.of(id, kind, inventory.part(kind), protections));
    }
  }

  private void declare(Tool tool) {
    var operation = LdapExecutor.Operation.of(tool, kinds);
    if (operation.act() instanceof Act.ResetPassword && handover.isEmpty()) {
      throw new InvalidValueException(
          "tool `"
              + tool.name()
              + "` sets passwords of people: the endpoint needs a `handover` that takes them");
    }
    operations.put(tool.name(), operation);
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
    return rights.scope(tool.effect(), tenant.externalIds().getOrDefault(id.value(), ""));
  }

  @Override
  public Value.Obj readScope() {
    return rights.readScope();
  }

  @Override
  public Duration leaseLife() {
    return brokerSettings.duration("life", Duration.ofSeconds(60));
  }

  @Override
  public Set<String> kinds() {
    return Set.copyOf(kinds.keySet());
  }

  @Override
  public List<Reading> inventory(String kind, Credential credential) {
    var records = kinds.get(kind);
    if (records == null) {
      throw new IllegalStateException("no inventory of this kind: " + kind);
    }
    return reading(credential, records::all);
  }

  @Override
  public Optional<Reading> read(TargetRef target, Credential credential) {
    var records = kinds.get(target.kind());
    return records == null || !target.connector().equals(id)
        ? Optional.empty()
        : reading(credential, session -> records.one(session, target.id()));
  }

  private static <T> T reading(Credential credential, BrokerConnections.Work<T> work) {
    try {
      return account(credential).with(work);
    } catch (LDAPException e) {
      throw new VendorException(Answers.words(e));
    } catch (InvalidValueException e) {
      throw new VendorException("the directory's records cannot be understood");
    }
  }

  private static AccountCredential account(Credential credential) {
    if (credential instanceof AccountCredential account) {
      return account;
    }
    throw new IllegalStateException("a credential of another connector");
  }

  /** A directory has no tickets. */
  @Override
  public Optional<Ticket> ticket(String ticket, Credential credential) {
    return Optional.empty();
  }

  @Override
  public Execution execute(Request request, Credential credential, SendBy sendBy, Cut cut) {
    var operation = operations.get(request.tool().name());
    return operation == null
        ? new Execution.Failed("this connector has no such operation")
        : executor.execute(operation, request, account(credential), sendBy, cut);
  }

  /** Declared acts are their own definition, so their pins hold by construction. */
  @Override
  public Set<String> changedTools() {
    return Set.of();
  }

  @Override
  public void close() {
    connections.close();
    if (handover.orElse(null) instanceof HttpHandover http) {
      http.close();
    }
  }
}

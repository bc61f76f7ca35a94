package dev.remit.connectors.http;

import dev.remit.connectors.common.Pause;
import dev.remit.connectors.common.Settings;
import dev.remit.connectors.wire.Wire;
import dev.remit.core.call.ScopeTruth;
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
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

/**
 * A system that speaks HTTP and JSON: only what the workspace declares is ever sent.
 *
 * <p>Settings of the connector: {@code broker.life} (the vendor's life of a token), {@code
 * broker.scopes} (a list, or lists under {@code read} and under the grades), {@code broker.probe},
 * {@code limit-bytes}, {@code inventory}, {@code tickets}. Settings of a tool: {@code request},
 * {@code completion}, {@code job}, {@code read-back}, {@code owner}, {@code fields}, {@code
 * withhold}, {@code scopes}. A declaration that cannot be understood is an {@link
 * InvalidValueException} when the connector is built.
 */
public final class HttpConnector implements Connector, AutoCloseable {
  private static final int LIMIT = 4 * 1024 * 1024;
  private static final String SEALED_KEY = "sealed-key";
  private static final String VAULT_LEASE = "vault-lease";
  private final ConnectorId id;
  private final Settings brokerSettings;
  private final Wire wire;
  private final Broker broker;
  private final HttpExecutor executor;
  private final Map<String, HttpOperation> operations = new LinkedHashMap<>();
  private final Map<String, HttpInventory> inventories = new LinkedHashMap<>();
  private final Optional<HttpTickets> tickets;

  public HttpConnector(
      ConnectorSpec spec,
      Collection<Tool> tools,
      HttpEndpoint endpoint,
      InstantSource clock,
      Pause pause) {
    this(
        spec,
        tools,
        endpoint.baseUri(),
        clock,
        pause,
        (settings, wire) -> new BearerBroker(endpoint, settings, wire, clock));
  }

  /** A system that knows standing keys alone; the workspace has to say that it knows. */
  public HttpConnector(
      ConnectorSpec spec,
      Collection<Tool> tools,
      KeyEndpoint endpoint,
      InstantSource clock,
      Pause pause) {
    this(
        spec,
        tools,
        endpoint.baseUri(),
        clock,
        pause,
        (settings, wire) -> new KeyBroker(endpoint, clock));
    requireKind(spec, SEALED_KEY);
    if (spec.scopeTruth() == ScopeTruth.VENDOR_ENFORCED) {
      throw new InvalidValueException(
          "endpoint `"
              + spec.endpoint()
              + "` has one key for all clients: say a `scope-truth` of `broker-enforced` or `none`");
    }
  }

  /** A system whose credentials Vault or OpenBao makes; the workspace has to say so, too. */
  public HttpConnector(
      ConnectorSpec spec,
      Collection<Tool> tools,
      VaultEndpoint endpoint,
      InstantSource clock,
      Pause pause) {
    this(
        spec,
        tools,
        endpoint.baseUri(),
        clock,
        pause,
        (settings, wire) -> new VaultBroker(endpoint, clock));
    requireKind(spec, VAULT_LEASE);
  }

  private void requireKind(ConnectorSpec spec, String kind) {
    if (!brokerSettings.optionalText("kind").equals(Optional.of(kind))) {
      throw new InvalidValueException(
          "endpoint `" + spec.endpoint() + "` needs `broker: {kind: " + kind + "}`");
    }
  }

  private HttpConnector(
      ConnectorSpec spec,
      Collection<Tool> tools,
      URI base,
      InstantSource clock,
      Pause pause,
      BiFunction<Settings, Wire, Broker> brokers) {
    this.id = spec.id();
    var settings = new Settings("connector `" + spec.id() + "`", spec.settings());
    this.brokerSettings = settings.part("broker");
    tools.stream()
        .filter(tool -> tool.connector().equals(id))
        .forEach(tool -> operations.put(tool.name(), HttpOperation.of(tool)));
    this.wire = new Wire("https".equalsIgnoreCase(base.getScheme()));
    var vendor =
        new VendorApi(
            base, wire, clock, settings.integer("limit-bytes", LIMIT, 1, 16 * 1024 * 1024));
    this.broker = brokers.apply(brokerSettings, wire);
    this.executor = new HttpExecutor(vendor, clock, pause);
    settings
        .optionalPart("inventory")
        .ifPresent(part ->
            part.object()
                .members()
                .keySet()
                .forEach(kind ->
                    inventories.put(kind, new HttpInventory(id, kind, part.part(kind), vendor))));
    this.tickets = settings.optionalPart("tickets").map(part -> new HttpTickets(part, vendor));
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
    var words = new TreeSet<>(readScopes());
    words.addAll(new Settings("tool `" + tool.name() + "`", tool.settings()).texts("scopes"));
    perGrade().ifPresent(part -> words.addAll(part.texts(tool.effect().text())));
    return Value.object("scope", Value.texts(words));
  }

  @Override
  public Value.Obj readScope() {
    return Value.object("scope", Value.texts(new TreeSet<>(readScopes())));
  }

  private List<String> readScopes() {
    return perGrade()
        .map(part -> part.texts(part.object().get("read").isPresent() ? "read" : "observe"))
        .orElseGet(() -> brokerSettings.texts("scopes"));
  }

  private Optional<Settings> perGrade() {
    return brokerSettings.object().object("scopes").isPresent()
        ? brokerSettings.optionalPart("scopes")
        : Optional.empty();
  }

  @Override
  public Duration leaseLife() {
    return brokerSettings.duration("life", Duration.ofSeconds(60));
  }

  @Override
  public Set<String> kinds() {
    return Set.copyOf(inventories.keySet());
  }

  @Override
  public List<Reading> inventory(String kind, Credential credential) {
    return inventoryOf(kind).all(credential);
  }

  @Override
  public Optional<Reading> read(TargetRef target, Credential credential) {
    if (!target.connector().equals(id) || !inventories.containsKey(target.kind())) {
      return Optional.empty();
    }
    try {
      return inventoryOf(target.kind()).one(target.id(), credential);
    } catch (InvalidValueException e) {
      return Optional.empty();
    }
  }

  private HttpInventory inventoryOf(String kind) {
    var inventory = inventories.get(kind);
    if (inventory == null) {
      throw new IllegalStateException("no inventory of this kind: " + kind);
    }
    return inventory;
  }

  @Override
  public Optional<Ticket> ticket(String ticket, Credential credential) {
    try {
      return tickets.flatMap(reader -> reader.one(ticket, credential));
    } catch (InvalidValueException e) {
      return Optional.empty();
    }
  }

  @Override
  public Execution execute(Request request, Credential credential, SendBy sendBy, Cut cut) {
    var operation = operations.get(request.tool().name());
    return operation == null
        ? new Execution.Failed("this connector has no such operation")
        : executor.execute(operation, request, credential, sendBy, cut);
  }

  /** Declared operations are their own definition, so their pins hold by construction. */
  @Override
  public Set<String> changedTools() {
    return Set.of();
  }

  @Override
  public void close() {
    wire.close();
  }
}

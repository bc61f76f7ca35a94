package dev.remit.connectors.postgres;

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
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A PostgreSQL database of which each tenant owns one schema (a {@code collection}).
 *
 * <p>Settings of the connector: {@code broker.life}, {@code broker.statement-timeout}, {@code
 * broker.grants.roles} and {@code broker.grants.tables} ({@link Grants}), and one {@code inventory}
 * kind with its {@code query}. Settings of a tool: {@code query}, {@code grants}, {@code rows},
 * {@code bytes}, {@code owner}, {@code fields}, {@code withhold}. The tenant's collection is found
 * by the owner that its record names, and queries see it as their only search path.
 */
public final class PostgresConnector implements Connector, AutoCloseable {
  private final ConnectorId id;
  private final Settings brokerSettings;
  private final CollectionQuery collections;
  private final BrokerPool pool;
  private final RoleBroker broker;
  private final QueryExecutor executor;
  private final Map<String, QueryExecutor.Operation> operations = new LinkedHashMap<>();

  /**
   * Reads the declaration; connects when first needed.
   *
   * @param prefix how this installation's principals begin
   */
  public PostgresConnector(
      ConnectorSpec spec,
      Collection<Tool> tools,
      PostgresEndpoint endpoint,
      String prefix,
      SecureRandom random,
      InstantSource clock) {
    this.id = spec.id();
    var settings = new Settings("connector `" + spec.id() + "`", spec.settings());
    this.brokerSettings = settings.part("broker");
    this.collections = collections(settings.part("inventory"));
    tools.stream()
        .filter(tool -> tool.connector().equals(id))
        .forEach(tool -> operations.put(tool.name(), QueryExecutor.Operation.of(tool)));
    var sessions = new Sessions(endpoint.jdbcUrl());
    this.pool = new BrokerPool(endpoint, sessions, clock);
    this.broker =
        new RoleBroker(prefix, brokerSettings, pool, sessions, collections, random, clock);
    this.executor = new QueryExecutor(clock, collections.kind());
  }

  private CollectionQuery collections(Settings inventory) {
    var kinds = inventory.object().members().keySet();
    if (kinds.size() != 1) {
      throw new InvalidValueException(inventory.where() + ": name exactly one kind of record");
    }
    var kind = kinds.iterator().next();
    return new CollectionQuery(id, kind, inventory.part(kind));
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
    var own = new Settings("tool `" + tool.name() + "`", tool.settings()).optionalPart("grants");
    var grants = Grants.of(own.orElseGet(this::grants));
    var owner = tenant.externalIds().getOrDefault(id.value(), "");
    return grants.value().with("owner", Value.of(owner));
  }

  @Override
  public Value.Obj readScope() {
    return Grants.of(grants()).shared().value();
  }

  private Settings grants() {
    return brokerSettings.part("grants");
  }

  @Override
  public Duration leaseLife() {
    return brokerSettings.duration("life", Duration.ofSeconds(60));
  }

  @Override
  public Set<String> kinds() {
    return Set.of(collections.kind());
  }

  @Override
  public List<Reading> inventory(String kind, Credential credential) {
    if (!kind.equals(collections.kind())) {
      throw new IllegalStateException("no inventory of this kind: " + kind);
    }
    return reading(credential, collections::all);
  }

  @Override
  public Optional<Reading> read(TargetRef target, Credential credential) {
    if (!target.connector().equals(id) || !target.kind().equals(collections.kind())) {
      return Optional.empty();
    }
    return reading(credential, session -> collections.one(session, target.id()));
  }

  private static <T> T reading(Credential credential, BrokerPool.Work<T> work) {
    try {
      return role(credential)
          .with(session -> {
            try {
              return work.run(session);
            } finally {
              if (!session.isClosed()) {
                session.rollback();
              }
            }
          });
    } catch (SQLException e) {
      throw new VendorException(SqlStates.words(e));
    } catch (InvalidValueException e) {
      throw new VendorException("the database's records cannot be understood");
    }
  }

  private static RoleCredential role(Credential credential) {
    if (credential instanceof RoleCredential role) {
      return role;
    }
    throw new IllegalStateException("a credential of another connector");
  }

  /** A database has no tickets. */
  @Override
  public Optional<Ticket> ticket(String ticket, Credential credential) {
    return Optional.empty();
  }

  @Override
  public Execution execute(Request request, Credential credential, SendBy sendBy, Cut cut) {
    var operation = operations.get(request.tool().name());
    return operation == null
        ? new Execution.Failed("this connector has no such operation")
        : executor.execute(operation, request, role(credential), sendBy, cut);
  }

  /** Declared queries are their own definition, so their pins hold by construction. */
  @Override
  public Set<String> changedTools() {
    return Set.of();
  }

  @Override
  public void close() {
    pool.close();
  }
}

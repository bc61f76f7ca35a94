package dev.remit.server;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import dev.remit.core.evidence.Entry;
import dev.remit.core.flow.Drivers;
import dev.remit.core.flow.Failpoints;
import dev.remit.core.flow.Ports;
import dev.remit.core.lease.PrincipalNames;
import dev.remit.core.release.Release;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.Value;
import dev.remit.evidence.CheckpointSigning;
import dev.remit.identity.HttpJwksSource;
import dev.remit.identity.KeyTimes;
import dev.remit.identity.OidcAuthenticator;
import dev.remit.json.SchemaCheck;
import dev.remit.log.SignedNote;
import dev.remit.postgres.Database;
import dev.remit.postgres.DatabaseCheck;
import dev.remit.postgres.PostgresCallLedger;
import dev.remit.postgres.PostgresIntegrator;
import dev.remit.postgres.PostgresInventory;
import dev.remit.postgres.PostgresJournal;
import dev.remit.postgres.PostgresKills;
import dev.remit.postgres.PostgresLeaseLedger;
import dev.remit.postgres.PostgresProposalLedger;
import dev.remit.postgres.PostgresTaskLedger;
import dev.remit.postgres.PostgresTasks;
import dev.remit.postgres.PostgresVersions;
import dev.remit.web.Behind;
import dev.remit.web.RemitWeb;
import dev.remit.web.WireConfig;
import dev.remit.web.http.OperatorToken;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * One running server. {@link #start} is the composition root: read it to see what stands on what.
 *
 * <p>It serves only after the database passed its check, recovery ran once and both listeners are
 * open.
 */
final class RemitServer implements AutoCloseable {

  private static final Duration SEND_WITHIN = Duration.ofSeconds(5);
  private static final Duration SKEW = Duration.ofSeconds(2);
  private static final Duration FIRST_ROUND = Duration.ofSeconds(10);
  private static final int CONNECTIONS = 20;

  private final FileLock lock;
  private final DatabaseHost host;
  private final Database database;
  private final Drivers drivers;
  private final PostgresIntegrator integrator;
  private final Timers timers;
  private final RemitWeb web;
  private final DataFolder data;

  private RemitServer(
      FileLock lock,
      DatabaseHost host,
      Database database,
      Drivers drivers,
      PostgresIntegrator integrator,
      Timers timers,
      RemitWeb web,
      DataFolder data) {
    this.lock = lock;
    this.host = host;
    this.database = database;
    this.drivers = drivers;
    this.integrator = integrator;
    this.timers = timers;
    this.web = web;
    this.data = data;
  }

  static RemitServer start(Options options) {
    AmazonCorrettoCryptoProvider.install();
    var random = new SecureRandom();
    var clock = InstantSource.system();
    var data = DataFolder.open(options.data(), random);
    var lock = data.lock();
    var outside = Outside.read(options.config(), options.lab());
    var policyFolder = new PolicyFolder(options, outside, clock);
    var warmUp = Thread.ofPlatform().daemon().start(policyFolder::warmUp);

    var host = DatabaseHost.open(options, data, random);
    new DatabaseCheck(host.serving()).require();
    var database = new Database(host.serving(), CONNECTIONS);
    var versions = new PostgresVersions(database);
    var names = new PrincipalNames(data.installation(), data.namesKey());
    var connectors =
        new ConnectorRegistry(
            new ConnectorFactory(outside, data, random, clock, names.prefix())::make);
    var releases = new ActiveReleases(versions, policyFolder::compile, connectors::rebuild);
    var inventory = new PostgresInventory(database, releases::tenants, Duration.ofSeconds(5));
    var ids = new SecureIds(random);

    var ports =
        new Ports(
            new PostgresCallLedger(database, inventory::recheck),
            new PostgresTaskLedger(database),
            new PostgresLeaseLedger(database),
            new PostgresProposalLedger(database),
            new PostgresJournal(database),
            new PostgresTasks(database),
            inventory,
            new PostgresKills(database),
            releases,
            connectors,
            new SchemaCheck(),
            names,
            clock,
            System::nanoTime,
            ids,
            options.lab().isPresent()
                ? new FileFailpoints(data.root().resolve("failpoint"))
                : Failpoints.NONE,
            data.replica(),
            SEND_WITHIN,
            SKEW);
    var drivers = new Drivers(ports);

    boolean isFirst = versions.activeVersion().isEmpty();
    policyFolder.activateFirst(versions, activation(ids, clock));
    releases.refresh();
    policyFolder.tellIfFolderDiffers(releases);

    var signing = CheckpointSigning.open(data.root(), random);
    var integrator =
        new PostgresIntegrator(
            database,
            signing.installation(),
            (tenant, checkpoint) ->
                SignedNote.parse(
                    signing.sign(tenant, checkpoint.head()).getBytes(StandardCharsets.UTF_8)),
            clock);

    var timers = new Timers();
    recover(drivers);
    var rounds =
        new InventoryRounds(
            () -> releases.release().map(Release::connectors).orElse(Map.of()).keySet(),
            drivers::refreshInventory,
            clock);
    if (isFirst) {
      rounds.first(FIRST_ROUND);
    }
    start(timers, drivers, releases, integrator, rounds);
    var web = web(options, outside, data, drivers, releases, database, clock, random);
    var server = new RemitServer(lock, host, database, drivers, integrator, timers, web, data);
    server.describe(signing.verifierKey());
    warmUp.interrupt();
    return server;
  }

  private static java.util.function.BiFunction<Release, String, Entry> activation(
      SecureIds ids, InstantSource clock) {
    return (release, how) ->
        new Entry(
            ids.id(),
            TenantId.OPERATOR,
            Entry.Kind.POLICY_ACTIVATED,
            Optional.empty(),
            Optional.empty(),
            clock.instant(),
            Value.object("version", release.version().value(), "how", how),
            Value.Obj.EMPTY,
            ids.salt());
  }

  /** Leases and intents of an earlier life are looked at before anything new is let in. */
  private static void recover(Drivers drivers) {
    try {
      drivers.sweeper().tick();
    } catch (RuntimeException e) {
      System.getLogger("dev.remit.server")
          .log(System.Logger.Level.WARNING, "recovery will be tried again: " + e.getMessage());
    }
  }

  private static void start(
      Timers timers,
      Drivers drivers,
      ActiveReleases releases,
      PostgresIntegrator integrator,
      InventoryRounds rounds) {
    timers.every("sweep", Duration.ofSeconds(1), drivers.sweeper()::tick);
    timers.every("reconcile", Duration.ofSeconds(30), drivers.sweeper()::reconcile);
    timers.every("policy", Duration.ofSeconds(5), releases::refresh);
    timers.every(
        "integrate",
        Duration.ofMillis(250),
        () -> {
          while (integrator.runOnce() > 0) {
            Thread.onSpinWait();
          }
        });
    timers.every("inventory", Duration.ofSeconds(2), rounds);
  }

  private static RemitWeb web(
      Options options,
      Outside outside,
      DataFolder data,
      Drivers drivers,
      ActiveReleases releases,
      Database database,
      InstantSource clock,
      SecureRandom random) {
    var authenticator =
        new OidcAuthenticator(
            outside.trusted(),
            () -> releases.active().release(),
            new HttpJwksSource(Duration.ofSeconds(3)),
            KeyTimes.DEFAULT,
            clock);
    var config =
        WireConfig.loopback(options.machinesPort(), options.peoplePort())
            .withAuthorizationServers(
                outside.trusted().stream().map(issuer -> issuer.issuer()).sorted().toList());
    return RemitWeb.start(
        config,
        new Behind(
            drivers,
            drivers.oversight(),
            authenticator,
            OperatorToken.of(data.operatorToken()),
            database::isReachable,
            clock,
            random));
  }

  private void describe(String logKey) {
    data.write(
        "server.json",
        CanonicalJson.text(
            Value.object(
                "machines", web.machinesUrl(),
                "people", web.peopleUrl(),
                "operatorToken", data.operatorToken(),
                "pid", ProcessHandle.current().pid(),
                "logKey", logKey)));
  }

  /** Where it listens, as JSON. */
  String readyLine() {
    return CanonicalJson.text(
        Value.object("machines", web.machinesUrl(), "people", web.peopleUrl()));
  }

  /** Stops taking calls, ends what runs, then the database. */
  @Override
  public void close() {
    web.stop();
    drivers.stop();
    timers.close();
    integrator.close();
    database.close();
    host.close();
    try {
      lock.release();
    } catch (java.io.IOException e) {
      // The lock ends with the process.
    }
  }
}

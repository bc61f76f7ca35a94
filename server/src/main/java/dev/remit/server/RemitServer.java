package dev.remit.server;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import dev.remit.core.flow.Drivers;
import dev.remit.core.flow.Failpoints;
import dev.remit.core.flow.Ports;
import dev.remit.core.flow.RecordedSessions;
import dev.remit.core.lease.PrincipalNames;
import dev.remit.core.oversight.OversightPorts;
import dev.remit.core.secret.SecretCheck;
import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.Value;
import dev.remit.evidence.CheckpointSigning;
import dev.remit.json.SchemaCheck;
import dev.remit.postgres.Database;
import dev.remit.postgres.DatabaseCheck;
import dev.remit.postgres.KeyedDraw;
import dev.remit.postgres.PostgresCallLedger;
import dev.remit.postgres.PostgresInventory;
import dev.remit.postgres.PostgresJournal;
import dev.remit.postgres.PostgresKills;
import dev.remit.postgres.PostgresLeaseLedger;
import dev.remit.postgres.PostgresLogFiles;
import dev.remit.postgres.PostgresOversightLedger;
import dev.remit.postgres.PostgresPersonKeyLedger;
import dev.remit.postgres.PostgresProposalLedger;
import dev.remit.postgres.PostgresSessions;
import dev.remit.postgres.PostgresTargetListing;
import dev.remit.postgres.PostgresTaskLedger;
import dev.remit.postgres.PostgresTasks;
import dev.remit.postgres.PostgresVersions;
import dev.remit.postgres.ProposalSignals;
import dev.remit.postgres.RowSeal;
import dev.remit.server.notice.TicketChannel;
import dev.remit.web.Behind;
import dev.remit.web.RemitWeb;
import dev.remit.web.WireConfig;
import dev.remit.web.http.OperatorToken;
import dev.remit.web.people.PeopleDesk;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Optional;

/**
 * One running server. {@link #start} is the composition root: read it to see what stands on what.
 *
 * <p>It serves only after the database passed its check, recovery ran once and both listeners are
 * open.
 */
final class RemitServer {

  private static final Duration SEND_WITHIN = Duration.ofSeconds(5);
  private static final Duration SKEW = Duration.ofSeconds(2);
  private static final Duration FIRST_ROUND = Duration.ofSeconds(10);
  private static final int CONNECTIONS = 20;

  private final RemitWeb web;
  private final DataFolder data;

  private RemitServer(RemitWeb web, DataFolder data) {
    this.web = web;
    this.data = data;
  }

  /** Starts it; what was started is on {@code closing} at each moment, newest first. */
  static RemitServer start(Options options, Deque<Runnable> closing) {
    try {
      return assemble(options, closing);
    } catch (RuntimeException e) {
      close(closing);
      throw e;
    }
  }

  /**
   * Stops taking calls, ends what runs, then the database: the start in reverse, as far as it came.
   */
  static void close(Deque<Runnable> closing) {
    for (var step = closing.poll(); step != null; step = closing.poll()) {
      step.run();
    }
  }

  /** What everything stands on. */
  private record Ground(
      Options options,
      DataFolder data,
      Outside outside,
      SecureRandom random,
      ClockGuard guard,
      SecretCheck secrets) {

    InstantSource clock() {
      return guard.clock();
    }
  }

  private static Ground ground(Options options, Deque<Runnable> closing) {
    AmazonCorrettoCryptoProvider.install();
    var random = new SecureRandom();
    var data = DataFolder.open(options.data(), random);
    var lock = data.lock();
    closing.push(() -> DataFolder.release(lock));
    return new Ground(
        options,
        data,
        Outside.read(options.config(), options.lab()),
        random,
        ClockGuard.of(options, data, SKEW),
        SecretDuty.begin(data.root(), random));
  }

  private static RemitServer assemble(Options options, Deque<Runnable> closing) {
    var ground = ground(options, closing);
    var data = ground.data();
    var random = ground.random();
    var policyFolder = new PolicyFolder(options, ground.outside(), ground.clock());
    Thread.ofPlatform().daemon().start(policyFolder::warmUp);

    var database = database(ground, closing);
    var clockRound = ground.guard().require(database);
    var names = new PrincipalNames(data.installation(), data.namesKey());
    var factory =
        new ConnectorFactory(
            ground.outside(), data, ground.secrets(), random, ground.clock(), names.prefix());
    var connectors = new ConnectorRegistry(factory::make);
    var versions = new PostgresVersions(database);
    var second = SecondPoints.of(ground.outside(), factory, ground.clock());
    var releases =
        new ActiveReleases(versions, second.after(policyFolder::compile), connectors::rebuild);
    var seal = new RowSeal(data.rowsKey());
    var office =
        new PeopleOffice(
            new PostgresPersonKeyLedger(database, seal), ground.outside().people().site());
    var journal = LogDuty.journal(database, data.root(), closing);
    var drivers =
        new Drivers(ports(ground, database, journal, releases, connectors, names, office));
    closing.push(drivers::stop);
    boolean isFirst = versions.activeVersion().isEmpty();
    policyFolder.activateFirst(versions, Activations.of(new SecureIds(random), ground.clock()));
    releases.refresh();
    policyFolder.tellIfFolderDiffers(releases);

    var signing = LogDuty.signing(ground.options(), data.root(), random, closing);
    var integrator = LogDuty.integrator(database, signing, data.root(), ground.clock(), closing);
    closing.push(integrator::close);
    Recovery.run(drivers);
    var restoration = EpochDuty.begin(data, database, drivers, random, ground.clock());
    var rounds =
        ConnectorRounds.ofInventory(releases::release, drivers::refreshInventory, ground.clock());
    if (isFirst) {
      rounds.first(FIRST_ROUND);
    }
    var timers = new Timers();
    closing.push(timers::close);
    timers.every("clock", ClockGuard.PAUSE, clockRound);
    start(timers, ground, drivers, releases, rounds);
    timers.every("refusals", Duration.ofSeconds(1), journal::enter);
    timers.every("epoch", Duration.ofMinutes(1), restoration::look);
    RegisterDuty.start(timers, drivers, ground.options().lab().isPresent());
    PolicyDuty.start(timers, database, policyFolder, new SecureIds(random), ground.clock());
    var logs = new PostgresLogFiles(database, ground.clock());
    var witnesses = ground.outside().witnesses().sites();
    LogDuty.start(timers, integrator, logs, witnesses, drivers.oversight());
    var web = web(ground, drivers, office, factory, releases, database, signing, timers, closing);
    var server = new RemitServer(web, data);
    server.describe(signing.verifierKey());
    return server;
  }

  /** Opens both listeners; people come in by the office's desk and are told by notices. */
  private static RemitWeb web(
      Ground ground,
      Drivers drivers,
      PeopleOffice office,
      ConnectorFactory factory,
      ActiveReleases releases,
      Database database,
      CheckpointSigning signing,
      Timers timers,
      Deque<Runnable> closing) {
    var clock = ground.clock();
    var sessions =
        new RecordedSessions(
            new PostgresSessions(database),
            new PostgresJournal(database),
            new SecureIds(ground.random()),
            clock);
    timers.every("sessions", Duration.ofMinutes(5), () -> sessions.sweep(clock.instant()));
    var desk =
        office.desk(
            sessions,
            ground.outside().people().issuers(factory::secret),
            releases,
            drivers,
            new FirstKeyFile(ground.data()),
            clock,
            ground.random());
    var channels =
        new ArrayList<>(
            ground.outside().notices().channels(name -> factory.secret(name, Optional.empty())));
    var outward = outward(ground, factory, releases, database, signing, closing);
    var door = door(ground, releases, timers, closing);
    var web =
        listeners(
            ground,
            drivers,
            desk,
            database,
            outward,
            door,
            TokenOffice.open(
                ground.data(), database, door, () -> releases.active().release(), timers, clock));
    closing.push(web::stop);
    office.opened(web.peopleSite(), desk::firstKeys);
    closing.push(desk.firstKeys()::close);
    RegisterDuty.tell(
        timers, drivers, channels, releases, outward, web.peopleSite().origin(), clock);
    channels.add(new TicketChannel(drivers.ticketNotes(), web.peopleSite().origin()));
    var notifier =
        Notices.start(
            channels,
            new PostgresProposalLedger(database, new RowSeal(ground.data().rowsKey())),
            database,
            releases,
            web.peopleSite().origin(),
            clock);
    closing.push(notifier::close);
    listen(timers, database, drivers, notifier::wake);
    return web;
  }

  private static Outward outward(
      Ground ground,
      ConnectorFactory factory,
      ActiveReleases releases,
      Database database,
      CheckpointSigning signing,
      Deque<Runnable> closing) {
    return Outward.start(
        ground.options(),
        ground.data(),
        database,
        releases,
        signing.installation(),
        name -> factory.secret(name, Optional.empty()),
        ground.clock(),
        ground.random(),
        closing);
  }

  private static void listen(Timers timers, Database database, Drivers drivers, Runnable wake) {
    var signals =
        new ProposalSignals(
            database,
            handle -> {
              drivers.heard(handle);
              wake.run();
            },
            KillRounds.start(timers, drivers::lookForStops));
    timers.every("signals", Duration.ofSeconds(1), signals::listen);
  }

  private static MachineDoor door(
      Ground ground, ActiveReleases releases, Timers timers, Deque<Runnable> closing) {
    return MachineDoor.open(
        ground.outside(),
        () -> releases.active().release(),
        ground.data().replica(),
        ground.random(),
        ground.clock(),
        timers,
        closing);
  }

  /** A database that passed its check; anything else refuses to serve. */
  private static Database database(Ground ground, Deque<Runnable> closing) {
    var host = DatabaseHost.open(ground.options(), ground.data(), ground.random());
    closing.push(host::close);
    new DatabaseCheck(host.serving()).require();
    var database = new Database(host.serving(), CONNECTIONS);
    closing.push(database::close);
    return database;
  }

  private static Ports ports(
      Ground ground,
      Database database,
      dev.remit.core.evidence.Journal journal,
      ActiveReleases releases,
      ConnectorRegistry connectors,
      PrincipalNames names,
      PeopleOffice office) {
    var inventory = new PostgresInventory(database, releases::tenants, Duration.ofSeconds(5));
    var seal = new RowSeal(ground.data().rowsKey());
    return new Ports(
        ground.guard().over(new PostgresCallLedger(database, inventory::recheck)),
        new PostgresTaskLedger(database),
        new PostgresLeaseLedger(database),
        new PostgresProposalLedger(database, seal),
        journal,
        new PostgresTasks(database),
        inventory,
        new PostgresKills(database),
        releases,
        connectors,
        office.ports(),
        OversightPorts.over(
            new PostgresOversightLedger(database, seal), new KeyedDraw(seal), System::nanoTime),
        RegisterDuty.ports(database, seal),
        new SchemaCheck(),
        names,
        ground.secrets(),
        ground.clock(),
        System::nanoTime,
        new SecureIds(ground.random()),
        ground.options().lab().isPresent()
            ? new FileFailpoints(ground.data().root().resolve("failpoint"))
            : Failpoints.NONE,
        ground.data().replica(),
        SEND_WITHIN,
        SKEW);
  }

  private static void start(
      Timers timers,
      Ground ground,
      Drivers drivers,
      ActiveReleases releases,
      ConnectorRounds rounds) {
    timers.every("sweep", Duration.ofSeconds(1), drivers.sweeper()::tick);
    timers.every("reconcile", Duration.ofSeconds(30), drivers.sweeper()::reconcile);
    timers.every("oversight", Duration.ofSeconds(1), drivers::oversee);
    timers.every("autonomy", Duration.ofMillis(500), drivers::refreshLevels);
    timers.every("retention", Duration.ofMinutes(10), drivers.custody()::round);
    timers.every("policy", Duration.ofSeconds(5), releases::refresh);
    timers.every("inventory", Duration.ofSeconds(2), rounds);
    var every = ground.options().connectionsEvery();
    ConnectorRounds.ofConnections(timers, releases, drivers.connections(), every, ground.clock());
  }

  private static RemitWeb listeners(
      Ground ground,
      Drivers drivers,
      PeopleDesk desk,
      Database database,
      Outward outward,
      MachineDoor door,
      TokenOffice tokens) {
    drivers.showInPosture("sinks", outward.sinks()::posture);
    var config =
        WireConfig.loopback(ground.options().machinesPort(), ground.options().peoplePort())
            .withAuthorizationServers(ground.outside().issuerNames());
    return RemitWeb.start(
        door.withSecured(config),
        new Behind(
            outward.measured(drivers),
            outward.measured(drivers.advisor(new PostgresTargetListing(database))),
            drivers.oversight(),
            new PostgresLogFiles(database, ground.clock()),
            ground.guard().over(tokens.authenticator()),
            OperatorToken.of(ground.data().operatorToken()),
            desk,
            () -> ground.guard().isRight() && database.isReachable(),
            ground.clock(),
            ground.random(),
            outward.telemetry(),
            Optional.of(tokens.desk())));
  }

  private void describe(String logKey) {
    data.write(
        "server.json",
        CanonicalJson.text(
            Value.object(
                "machines", web.machinesUrl(),
                "machinesTls", web.securedUrl().orElse(""),
                "people", web.peopleUrl(),
                "site", web.peopleSite().origin(),
                "operatorToken", data.operatorToken(),
                "pid", ProcessHandle.current().pid(),
                "logKey", logKey)));
  }

  /** Where it listens, as JSON. */
  String readyLine() {
    return CanonicalJson.text(
        Value.object(
            "machines", web.machinesUrl(),
            "people", web.peopleUrl(),
            "site", web.peopleSite().origin()));
  }
}

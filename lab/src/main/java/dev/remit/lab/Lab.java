package dev.remit.lab;

import dev.remit.lab.assets.AssetCluster;
import dev.remit.lab.control.ControlApi;
import dev.remit.lab.directory.LabDirectory;
import dev.remit.lab.estate.Estate;
import dev.remit.lab.estate.Later;
import dev.remit.lab.estate.Seed;
import dev.remit.lab.http.Json;
import dev.remit.lab.monitoring.Monitoring;
import dev.remit.lab.oidc.Issuer;
import dev.remit.lab.oidc.IssuerApi;
import dev.remit.lab.people.PeopleIssuers;
import dev.remit.lab.people.RedirectUris;
import dev.remit.lab.psa.Psa;
import dev.remit.lab.rmm.Rmm;
import dev.remit.lab.vendor.OAuthClient;
import dev.remit.lab.vendor.Tokens;
import dev.remit.lab.vendor.Vendors;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A running lab. The RMM's state lives in memory and starts from the seed; secrets, keys, ports and
 * the asset database stay in the folder.
 */
public final class Lab implements AutoCloseable {
  /** The MSP's client at each vendor. */
  static final String BROKER = "remit-broker";

  private final LabFiles files;
  private final FileLock lock;
  private final ScheduledExecutorService timer;
  private final WebServer server;
  private final AssetCluster assets;
  private final LabDirectory directory;
  private boolean closed;

  private Lab(
      LabFiles files,
      FileLock lock,
      ScheduledExecutorService timer,
      WebServer server,
      AssetCluster assets,
      LabDirectory directory) {
    this.directory = directory;
    this.files = files;
    this.lock = lock;
    this.timer = timer;
    this.server = server;
    this.assets = assets;
  }

  /** Starts everything; `lab.json` is written last. */
  public static Lab start(LabOptions options) throws IOException, InterruptedException {
    LabFiles files = LabFiles.open(options.data());
    FileLock lock = files.lock();
    files.delete("lab.json");
    Seed seed = Seed.of(options.seed());
    Secrets secrets = Secrets.of(files, seed);
    Ports ports = Ports.last(files, options.port());
    CompletableFuture<AssetCluster> starting = assets(files, ports, secrets, seed);
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("lab-timer").factory());
    InstantSource clock = InstantSource.system();
    Estate estate = new Estate(seed, clock, later(timer));
    Vendors vendors = vendors(estate, clock, options, secrets);
    Issuer issuer = new Issuer(clock, new KeyFile(files, "issuer-keys.json"));
    PeopleIssuers people = people(files, seed, clock, secrets);
    LabDirectory directory = directory(files, seed, secrets, ports);
    ControlApi control =
        new ControlApi(
            estate,
            vendors,
            issuer,
            people,
            secrets.get("control.key"),
            () -> {
              starting.join().reset();
              directory.reset();
            });
    WebServer server = Listeners.start(ports, routings(vendors, issuer, secrets, people, control));
    issuer.at(Listeners.url(server, "oidc"));
    people.at(Listeners.url(server, "people"));
    AssetCluster cluster = joined(starting, server);
    ports(server, cluster, directory).keep(files);
    Map<String, Object> description =
        new Description(server, secrets).of(options.seed(), cluster.port(), people);
    description.put("directory", directory.description());
    files.write("lab.json", description);
    return new Lab(files, lock, timer, server, cluster, directory);
  }

  private static Map<String, Consumer<HttpRouting.Builder>> routings(
      Vendors vendors, Issuer issuer, Secrets secrets, PeopleIssuers people, ControlApi control) {
    Map<String, Consumer<HttpRouting.Builder>> routings = new LinkedHashMap<>();
    vendors.all().forEach(vendor -> routings.put(vendor.name(), vendor::routing));
    routings.put("oidc", new IssuerApi(issuer, secrets.agents())::routing);
    routings.put("people", people::routing);
    routings.put("control", control::routing);
    return routings;
  }

  /** The RMM first: it is the one that a fault on every operation means. */
  private static Vendors vendors(
      Estate estate, InstantSource clock, LabOptions options, Secrets secrets) {
    Supplier<Tokens> tokens = () -> new Tokens(clock, options.tokenLife());
    Function<String, OAuthClient> client =
        name -> new OAuthClient(BROKER, secrets.get(name + ".client"));
    return new Vendors(
        List.of(
            Rmm.of(estate, tokens.get(), client.apply("rmm")),
            Psa.of(estate, tokens.get(), client.apply("psa")),
            Monitoring.of(estate, tokens.get(), client.apply("monitoring"))));
  }

  private static CompletableFuture<AssetCluster> assets(
      LabFiles files, Ports ports, Secrets secrets, Seed seed) {
    return CompletableFuture.supplyAsync(
        () ->
            AssetCluster.start(
                files.path("pg"),
                ports.of(Ports.ASSETS),
                secrets.get("assets.super"),
                secrets.get("assets.broker"),
                seed),
        task -> Thread.ofPlatform().name("lab-assets").start(task));
  }

  private static PeopleIssuers people(
      LabFiles files, Seed seed, InstantSource clock, Secrets secrets) throws IOException {
    String redirects = "redirect-uris.json";
    Object kept = files.read(redirects).orElse(Map.of()).getOrDefault("redirectUris", List.of());
    List<String> known =
        kept instanceof List<?> items ? items.stream().map(String::valueOf).toList() : List.of();
    return new PeopleIssuers(
        seed,
        clock,
        name -> new KeyFile(files, "people-keys-" + name + ".json"),
        name -> secrets.get("people." + name),
        new RedirectUris(known, uris -> files.write(redirects, Json.object("redirectUris", uris))));
  }

  private static LabDirectory directory(LabFiles files, Seed seed, Secrets secrets, Ports ports)
      throws IOException {
    String file = "directory-identity.json";
    if (files.read(file).isEmpty()) {
      files.write(file, LabDirectory.newIdentity(InstantSource.system().instant()));
    }
    LabDirectory.Keys keys =
        new LabDirectory.Keys(
            secrets.get("directory.broker"),
            secrets.get("directory.people"),
            secrets.get("directory.letters"),
            secrets.get("control.key"));
    return LabDirectory.start(
        seed,
        keys,
        files.read(file).orElseThrow(),
        ports.of(LabDirectory.LDAPS),
        ports.of(LabDirectory.LETTERS));
  }

  private static Ports ports(WebServer server, AssetCluster assets, LabDirectory directory) {
    Map<String, Integer> used = new LinkedHashMap<>();
    Ports.LISTENERS.forEach(name -> used.put(name, Listeners.port(server, name)));
    used.put(Ports.ASSETS, assets.port());
    used.put(LabDirectory.LDAPS, directory.port());
    used.put(LabDirectory.LETTERS, directory.letterboxPort());
    return new Ports(used);
  }

  private static Later later(ScheduledExecutorService timer) {
    return (millis, act) -> {
      var _ = timer.schedule(act, millis, TimeUnit.MILLISECONDS);
    };
  }

  private static AssetCluster joined(CompletableFuture<AssetCluster> starting, WebServer server)
      throws IOException {
    try {
      return starting.join();
    } catch (CompletionException e) {
      server.stop();
      throw new IOException("the asset database did not start: " + e.getCause(), e);
    }
  }

  /** The file that says where everything is. */
  public Path file() {
    return files.path("lab.json");
  }

  /** Stops listeners and PostgreSQL. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    server.stop();
    directory.close();
    timer.shutdownNow();
    try {
      assets.close();
      files.delete("lab.json");
      lock.channel().close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}

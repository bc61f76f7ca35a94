package dev.remit.lab;

import dev.remit.lab.assets.AssetCluster;
import dev.remit.lab.control.ControlApi;
import dev.remit.lab.estate.Estate;
import dev.remit.lab.estate.Later;
import dev.remit.lab.estate.Seed;
import dev.remit.lab.http.Json;
import dev.remit.lab.oidc.Issuer;
import dev.remit.lab.oidc.IssuerApi;
import dev.remit.lab.rmm.OAuthClient;
import dev.remit.lab.rmm.Rmm;
import dev.remit.lab.rmm.Tokens;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A running lab. The RMM's state lives in memory and starts from the seed; secrets, keys, ports and
 * the asset database stay in the folder.
 */
public final class Lab implements AutoCloseable {
  private static final String RMM_CLIENT = "remit-broker";
  private final LabFiles files;
  private final FileLock lock;
  private final ScheduledExecutorService timer;
  private final WebServer server;
  private final AssetCluster assets;
  private boolean closed;

  private Lab(
      LabFiles files,
      FileLock lock,
      ScheduledExecutorService timer,
      WebServer server,
      AssetCluster assets) {
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
    Map<String, String> secrets = files.secrets(secretNames());
    Seed seed = Seed.of(options.seed());
    Ports ports = Ports.last(files, options.port());
    CompletableFuture<AssetCluster> starting =
        CompletableFuture.supplyAsync(
            () ->
                AssetCluster.start(
                    files.path("pg"),
                    ports.assets(),
                    secret(secrets, "assets.super"),
                    secret(secrets, "assets.broker"),
                    seed),
            task -> Thread.ofPlatform().name("lab-assets").start(task));
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("lab-timer").factory());
    Estate estate = new Estate(seed, InstantSource.system(), later(timer));
    Rmm rmm =
        new Rmm(
            estate,
            new Tokens(InstantSource.system(), options.tokenLife()),
            new OAuthClient(RMM_CLIENT, secret(secrets, "rmm.client")));
    Issuer issuer = new Issuer(InstantSource.system(), new KeyFile(files));
    Runnable resetAssets = () -> starting.join().reset();
    ControlApi control =
        new ControlApi(estate, rmm, issuer, secret(secrets, "control.key"), resetAssets);
    IssuerApi issuerApi = new IssuerApi(issuer, agentSecrets(secrets));
    WebServer server = Listeners.start(ports, rmm::routing, issuerApi::routing, control::routing);
    issuer.at("http://127.0.0.1:" + server.port("oidc"));
    Lab lab = new Lab(files, lock, timer, server, joined(starting, server));
    lab.announce(options.seed(), secrets);
    return lab;
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

  private static List<String> secretNames() {
    List<String> names =
        new ArrayList<>(List.of("rmm.client", "assets.super", "assets.broker", "control.key"));
    Agents.all().forEach(agent -> names.add("agent." + agent));
    return names;
  }

  private static String secret(Map<String, String> secrets, String name) {
    String secret = secrets.get(name);
    if (secret == null) {
      throw new IllegalStateException("no secret " + name);
    }
    return secret;
  }

  private static Map<String, String> agentSecrets(Map<String, String> secrets) {
    Map<String, String> agents = new LinkedHashMap<>();
    Agents.all().forEach(agent -> agents.put(agent, secret(secrets, "agent." + agent)));
    return agents;
  }

  private void announce(long seed, Map<String, String> secrets) {
    new Ports(server.port(), server.port("oidc"), server.port("control"), assets.port())
        .keep(files);
    String rmm = "http://127.0.0.1:" + server.port();
    String oidc = "http://127.0.0.1:" + server.port("oidc");
    files.write(
        "lab.json",
        Json.object(
            "rmm",
            Json.object(
                "baseUrl",
                rmm,
                "tokenUrl",
                rmm + "/ws/oauth/token",
                "revokeUrl",
                rmm + "/ext/oauth/revoke",
                "introspectUrl",
                rmm + "/ext/oauth/introspect",
                "clientId",
                RMM_CLIENT,
                "clientSecret",
                secret(secrets, "rmm.client")),
            "assets",
            Json.object(
                "host",
                "127.0.0.1",
                "port",
                assets.port(),
                "database",
                AssetCluster.DATABASE,
                "brokerUser",
                AssetCluster.BROKER,
                "brokerPassword",
                secret(secrets, "assets.broker"),
                "superUser",
                AssetCluster.SUPER_USER,
                "superPassword",
                secret(secrets, "assets.super")),
            "oidc",
            Json.object(
                "issuer",
                oidc,
                "jwksUri",
                oidc + "/jwks",
                "tokenUrl",
                oidc + "/token",
                "clients",
                agentSecrets(secrets)),
            "control",
            Json.object(
                "baseUrl",
                "http://127.0.0.1:" + server.port("control"),
                "key",
                secret(secrets, "control.key")),
            "seed",
            seed));
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

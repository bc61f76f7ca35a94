package dev.remit.bench.call;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import dev.remit.bench.load.Load;
import dev.remit.bench.load.Samples;
import dev.remit.bench.load.Side;
import dev.remit.bench.process.Companion;
import dev.remit.bench.process.Memory;
import dev.remit.bench.upstream.Tool;
import dev.remit.bench.upstream.Upstream;
import dev.remit.cli.process.Installation;
import dev.remit.core.value.Value;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * One governed call: the same upstream bare, behind Remit and behind a plain proxy, and an effect
 * with a database role of its own beside the same query on a standing connection.
 */
public final class CallBench {

  private static final int CLIENTS = 16;
  private static final int EFFECT_CLIENTS = 4;
  private static final Duration WARM_UP = Duration.ofSeconds(6);
  private static final Duration TURN = Duration.ofSeconds(2);
  private static final int TURNS = 3;
  private static final int ROUNDS = 40;
  private static final int BLOCK = 40;
  private static final String COLLECTION = "harbor_dental";
  private static final String BEFORE = "2027-06-01";
  private static final Value.Obj DEVICE = Value.object("device", "1001");

  private final Installation installation;
  private final Consumer<String> progress;
  private final AtomicLong keys = new AtomicLong();

  public CallBench(Installation installation, Consumer<String> progress) {
    this.installation = installation;
    this.progress = progress;
  }

  /** Starts everything, measures, stops everything. */
  public CallFigures run() {
    AmazonCorrettoCryptoProvider.install(); // agents prove their keys with native code, too
    // Agents sign a proof for each call on the same two cores: with the quickest provider at hand.
    AmazonCorrettoCryptoProvider.install();
    Path folder = installation.root().resolve("bench/target/call");
    Path workspace = folder.resolve("workspace");
    BenchWorkspace.write(installation.root().resolve("examples/msp"), workspace);
    progress.accept("starting the lab, the upstream and mcp-proxy");
    try (var lab = Lab.start(installation, folder.resolve("lab"));
        var upstream = Companion.start("upstream", upstream(), folder);
        var peer =
            Peer.start(
                installation.root().resolve("bench/target/npm"), folder, upstream("--stdio"))) {
      var direct = URI.create(upstream.await(Upstream.READY, Duration.ofSeconds(20)));
      progress.accept("starting the server on a new folder, then on the existing one");
      try (var governor =
          Governor.start(installation, folder.resolve("data"), workspace, lab.file(), direct)) {
        return measure(lab, governor, direct, peer.uri());
      }
    }
  }

  private CallFigures measure(Lab lab, Governor governor, URI direct, URI proxied) {
    var reader = agent(lab, governor, "observe");
    reader.openTask("read-health", "5001", "rmm/device/1001");
    var changer = agent(lab, governor, "change");
    changer.openTask("audit-assets", "5002", "assets/collection/" + COLLECTION);

    var reads = new LinkedHashMap<String, Side>();
    reads.put(CallFigures.DIRECT, plain(direct));
    reads.put(CallFigures.GOVERNED, reader.side("health_" + Tool.NAME, () -> DEVICE, Tool.SIGN));
    reads.put(CallFigures.PROXIED, plain(proxied));
    var queries = new LinkedHashMap<String, Side>();
    var effects = changer.side("assets_audit_warranties", this::query, "warranty_until");
    queries.put(CallFigures.GOVERNED, effects);
    queries.put(CallFigures.DIRECT, new StandingQuery(lab, COLLECTION, BEFORE));
    queries.put(CallFigures.BY_HAND, new RoleByHand(lab, COLLECTION, BEFORE));

    warmUp(reads);
    Load.perSecond(effects, EFFECT_CLIENTS, WARM_UP.multipliedBy(2));
    progress.accept("timing single reads, the sides in turns");
    var single = Load.alternate(reads, ROUNDS, BLOCK);
    progress.accept("timing single effects, each with a role of its own");
    var effect = Load.alternate(queries, 20, 20);
    progress.accept("loading with " + CLIENTS + " clients, the sides in turns");
    var rates = Load.throughput(reads, CLIENTS, TURNS, TURN);
    return new CallFigures(
        of(single, CallFigures.DIRECT),
        of(single, CallFigures.GOVERNED),
        of(single, CallFigures.PROXIED),
        of(effect, CallFigures.GOVERNED),
        of(effect, CallFigures.DIRECT),
        of(effect, CallFigures.BY_HAND),
        rates,
        governor.readySeconds(),
        Memory.residentMb(governor.pid()));
  }

  private void warmUp(Map<String, Side> sides) {
    progress.accept("warming up");
    for (var side : sides.entrySet()) {
      boolean isOurs = side.getKey().equals(CallFigures.GOVERNED);
      Load.perSecond(
          side.getValue(), CLIENTS, isOurs ? WARM_UP.multipliedBy(3) : WARM_UP.dividedBy(2));
    }
  }

  private static Samples of(Map<String, Samples> all, String side) {
    var samples = all.get(side);
    if (samples == null) {
      throw new IllegalStateException("the side `" + side + "` was not measured");
    }
    return samples;
  }

  private static Agent agent(Lab lab, Governor governor, String family) {
    return new Agent(governor.mcp(), lab.agent("service-desk.harbor-dental.production." + family));
  }

  private static Side plain(URI uri) {
    return Agent.side(uri, Optional.empty(), Tool.NAME, () -> DEVICE, Tool.SIGN);
  }

  /** A key of its own, or an equal call within ten minutes would join the first. */
  private Value.Obj query() {
    return Value.object(
        "collection", COLLECTION,
        "before", BEFORE,
        "remit_idempotency_key", "effect-" + keys.incrementAndGet());
  }

  private List<String> upstream(String... arguments) {
    var command =
        new java.util.ArrayList<>(
            List.of(
                Installation.java().toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-cp",
                installation.classPath("bench"),
                Upstream.class.getName()));
    command.addAll(List.of(arguments));
    return command;
  }
}

package dev.remit.cli;

import dev.remit.core.tenant.TenantId;
import dev.remit.evidence.TrustFile;
import dev.remit.evidence.WitnessFolder;
import dev.remit.log.InvalidLogDataException;
import dev.remit.log.LogVerifier;
import dev.remit.log.NoteVerifier;
import dev.remit.log.Origin;
import dev.remit.log.TrustedKeys;
import dev.remit.log.witness.Witness;
import dev.remit.log.witness.WitnessServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code remit witness}: runs at the client's site and needs nothing of the MSP's but log keys. */
@Command(
    name = "witness",
    mixinStandardHelpOptions = true,
    description = {
      "Cosigns a tenant's log as long as it never changes what it once showed.",
      "Run it where the MSP has no hand; its key and memory lie in one folder."
    })
final class WitnessCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "DIR",
      description = "the witness's folder; made on the first start, and not to be set back")
  private Path folder = Path.of("witness");

  @Option(
      names = "--name",
      paramLabel = "NAME",
      required = true,
      description = "the witness's name, usually a URL without scheme")
  private String name = "";

  @Option(
      names = "--trust",
      paramLabel = "KEYS",
      required = true,
      description = "a file with the log's verifier key, as the MSP's `log.pub` shows it")
  private Path trust = Path.of("log.pub");

  @Option(
      names = "--tenant",
      paramLabel = "T",
      description = "whose log to witness; may be repeated")
  private List<String> tenants = new ArrayList<>();

  @Option(
      names = "--origin",
      paramLabel = "O",
      description = "another log to witness, by its origin; may be repeated")
  private List<String> origins = new ArrayList<>();

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:7600",
      description = "where to listen, without TLS (default: ${DEFAULT-VALUE})")
  private String listen = "127.0.0.1:7600";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    Map<Origin, TrustedKeys> logs = logs();
    bound();
    var out = spec.commandLine().getOut();
    try (var files = WitnessFolder.open(folder, name, new SecureRandom())) {
      var cosigner = files.cosigner(InstantSource.system());
      var witness = new Witness(logs, cosigner, files.seen());
      try (var server = WitnessServer.start(witness, address())) {
        out.println("witness key: " + cosigner.verifier());
        logs.keySet().forEach(log -> out.println("witnessing: " + Output.printable(log.value())));
        out.println("listening on http://" + shown(server.address()) + "/");
        out.flush();
        new CountDownLatch(1).await();
      }
    } catch (UncheckedIOException e) {
      throw CommandException.broken(Output.printable(String.valueOf(e.getMessage())));
    } catch (IOException e) {
      throw CommandException.broken("cannot listen on `" + listen + "`: " + e.getMessage());
    }
    return 0;
  }

  /** Limits of the JDK's server against callers who take their time; it reads them on first use. */
  private static void bound() {
    System.setProperty("sun.net.httpserver.maxReqTime", "30");
    System.setProperty("sun.net.httpserver.maxRspTime", "30");
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("jdk.httpserver.maxConnections", "200");
  }

  private Map<Origin, TrustedKeys> logs() {
    if (tenants.isEmpty() && origins.isEmpty()) {
      throw CommandException.usage("name a log: --tenant or --origin");
    }
    List<LogVerifier> keys = keys();
    Map<Origin, List<NoteVerifier>> logs = new HashMap<>();
    for (String tenant : tenants) {
      for (LogVerifier key : keys) {
        var origin = new Origin(key.name() + "/" + new TenantId(tenant));
        logs.computeIfAbsent(origin, o -> new ArrayList<>()).add(key);
      }
    }
    try {
      origins.forEach(origin -> logs.put(new Origin(origin), List.copyOf(keys)));
      Map<Origin, TrustedKeys> trusted = new HashMap<>();
      logs.forEach((origin, trustedKeys) -> trusted.put(origin, TrustedKeys.of(trustedKeys)));
      return trusted;
    } catch (InvalidLogDataException e) {
      throw CommandException.usage("an origin is none: " + e.getMessage());
    }
  }

  private List<LogVerifier> keys() {
    try {
      return TrustFile.read(trust).logs();
    } catch (IOException e) {
      throw CommandException.usage("cannot read the key file: " + e.getMessage());
    }
  }

  private InetSocketAddress address() {
    int colon = listen.lastIndexOf(':');
    if (colon > 0 && listen.substring(colon + 1).matches("[0-9]{1,5}")) {
      int port = Integer.parseInt(listen.substring(colon + 1));
      if (port <= 65_535) {
        return new InetSocketAddress(listen.substring(0, colon), port);
      }
    }
    throw CommandException.usage("`" + listen + "` is no address: write `127.0.0.1:7600`");
  }

  private static String shown(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }
}

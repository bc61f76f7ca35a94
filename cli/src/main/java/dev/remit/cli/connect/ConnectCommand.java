package dev.remit.cli.connect;

import dev.remit.cli.CommandException;
import dev.remit.cli.people.DataFolder;
import dev.remit.core.identity.AgentId;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code remit connect}. */
@Command(
    name = "connect",
    mixinStandardHelpOptions = true,
    description = {
      "Bridges an MCP client that knows only stdio, or a plain address, to the gateway.",
      "Proves the workload and a key at every request; the client holds neither."
    })
public final class ConnectCommand implements Callable<Integer> {

  @Option(
      names = "--agent",
      paramLabel = "A",
      required = true,
      description = "the agent that this client is: class/tenant/environment/family")
  private String agent = "";

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "the gateway's MCP address; else that of the server on the data folder")
  private String url = "";

  @Option(names = "--data", paramLabel = "DIR", defaultValue = DataFolder.DEFAULT)
  private Path data = Path.of(DataFolder.DEFAULT);

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = "keep the key here, made when it is missing; else it ends with this process")
  private Optional<Path> keyFile = Optional.empty();

  @Option(
      names = "--task",
      paramLabel = "ID",
      description = "work with tokens for this task alone, had from the gateway (RFC 8693)")
  private Optional<String> task = Optional.empty();

  @Option(
      names = "--listen",
      paramLabel = "PORT",
      arity = "0..1",
      fallbackValue = "0",
      description = "serve a plain address on 127.0.0.1 instead of stdio; prints the address")
  private Optional<Integer> port = Optional.empty();

  @Mixin private WorkloadOptions workload = new WorkloadOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    var id = AgentId.parse(agent);
    var gateway = Wire.safe(url.isEmpty() ? ofServer() : url);
    var random = new SecureRandom();
    var clock = InstantSource.system();
    var key =
        keyFile.map(file -> ProofKey.keptIn(file, random)).orElseGet(() -> ProofKey.fresh(random));
    var proofs = new Proofs(key, clock, random);
    var wire = workload.wire();
    var client = new Client(wire, proofs, clock);
    var own = workload.source(client, proofs, clock, gateway, id);
    var endpoint = gateway.resolve("/oauth2/token");
    var tokens =
        task.<Token.Source>map(
                one -> new TaskTokens(client, endpoint, gateway.toString(), one, own, clock))
            .orElse(own);
    var outward = new Outward(gateway, wire, tokens, proofs);
    say("agent `" + id.text() + "` at `" + gateway + "`, key " + key.thumbprint());
    return port.isPresent() ? listen(outward, port.get(), key.privateName()) : stdio(outward);
  }

  private String ofServer() {
    return new DataFolder(data).server().text("machines").orElse("") + "/mcp";
  }

  private int stdio(Outward outward) throws IOException {
    new Stdio(outward, System.out, this::say).serve(System.in);
    return 0;
  }

  private int listen(Outward outward, int wanted, String name) {
    try (var open = LoopbackPort.open(outward, wanted, name, this::say)) {
      var out = spec.commandLine().getOut();
      out.println(open.url());
      out.flush();
      new CountDownLatch(1).await();
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.broken("interrupted");
    }
  }

  private void say(String words) {
    var err = spec.commandLine().getErr();
    err.println("remit: " + words);
    err.flush();
  }
}

package dev.remit.cli.connect;

import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A bridge in this process towards a fake gateway. */
final class Bridge {

  static final InstantSource CLOCK = () -> Instant.parse("2026-03-02T10:00:00Z");

  final FakeGateway gateway;
  final ProofKey key = ProofKey.fresh(new SecureRandom());
  final Proofs proofs = new Proofs(key, CLOCK, new SecureRandom());
  final Wire wire = new Wire(new Wire.Pem(Optional.empty(), Optional.empty(), Optional.empty()));
  final Client client = new Client(wire, proofs, CLOCK);
  final AtomicInteger made = new AtomicInteger();
  final List<String> said = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int freshened;

  Bridge(FakeGateway gateway) {
    this.gateway = gateway;
  }

  /** Tokens `token-N`, bound to the bridge's key; N rises when a fresh one is wanted. */
  Token.Source tokens() {
    return isFresh -> {
      freshened += isFresh ? 1 : 0;
      return Optional.of(new Token("token-" + freshened, true, Instant.MAX));
    };
  }

  Outward outward() {
    return new Outward(gateway.mcp(), wire, tokens(), proofs);
  }

  Stdio stdio() {
    return new Stdio(outward(), out, said::add);
  }

  /** Everything that these lines brought back, once the input ended. */
  List<Value.Obj> run(String... lines) {
    try (var pipe = new PipedOutputStream();
        var in = new PipedInputStream(pipe, 1 << 16)) {
      var bridge = stdio();
      var writer =
          Thread.ofVirtual()
              .start(() -> {
                try (pipe) {
                  for (var line : lines) {
                    pipe.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                    pipe.flush();
                  }
                } catch (IOException e) {
                  said.add("the pipe broke");
                }
              });
      bridge.serve(in);
      writer.join();
      return answers();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  String written() {
    return out.toString(StandardCharsets.UTF_8);
  }

  List<Value.Obj> answers() {
    return written().lines().map(Json::parseObject).toList();
  }
}

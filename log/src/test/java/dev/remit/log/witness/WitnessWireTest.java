package dev.remit.log.witness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.log.Checkpoint;
import dev.remit.log.Ed25519Cosigner;
import dev.remit.log.SignedNote;
import dev.remit.log.TrustedKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Client and witness over a real socket. */
class WitnessWireTest {
  @TempDir private Path folder;
  private final WitnessedLog log = new WitnessedLog("log.example/a", 1);
  private final HttpClient http = HttpClient.newHttpClient();
  private FolderStates states;
  private WitnessServer server;

  @BeforeEach
  void start() throws IOException {
    FolderStates.create(folder.resolve("states"));
    states = FolderStates.open(folder.resolve("states"));
    var witness = new Witness(Map.of(log.origin, log.keys()), WitnessedLog.COSIGNER, states);
    server =
        WitnessServer.start(witness, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    states.close();
    http.close();
  }

  private URI prefix(int port) {
    return URI.create("http://127.0.0.1:" + port + "/");
  }

  private WitnessClient client() {
    return client(prefix(server.address().getPort()));
  }

  private WitnessClient client(URI prefix) {
    return new WitnessClient(http, prefix, WitnessedLog.COSIGNER.verifier(), Duration.ofSeconds(5));
  }

  @Test
  void aGrowingLogIsCosignedAndTheNoteVerifiesUnderBothKeys() {
    WitnessClient client = client();
    for (int size : new int[] {1, 7, 7, 64, 100}) {
      SignedNote note = cosigned(client.cosign(log.note(size), log.hashes));
      assertThat(note.signatures()).hasSize(2);
      assertThat(Checkpoint.open(note.toBytes(), log.origin, log.keys()).isProven()).isTrue();
      assertThat(note.verify(TrustedKeys.of(WitnessedLog.COSIGNER.verifier())).isProven()).isTrue();
    }
  }

  private static SignedNote cosigned(WitnessClient.Result result) {
    if (result instanceof WitnessClient.Result.Cosigned(SignedNote note)) {
      return note;
    }
    throw new AssertionError(result);
  }

  @Test
  void aClientThatForgotTheSizeAsksForIt() {
    client().cosign(log.note(40), log.hashes);

    assertThat(cosigned(client().cosign(log.note(90), log.hashes)).signatures()).hasSize(2);
  }

  @Test
  void aForkIsToldFromALogThatIsBehind() {
    client().cosign(log.note(40), log.hashes);
    var fork = log.forked(30);

    assertThat(client().cosign(fork.note(40), fork.hashes))
        .isInstanceOf(WitnessClient.Result.Forked.class);
    assertThat(client().cosign(fork.note(60), fork.hashes))
        .isInstanceOf(WitnessClient.Result.Forked.class);
    assertThat(client().cosign(log.note(20), log.hashes))
        .isEqualTo(new WitnessClient.Result.Ahead(40));
  }

  @Test
  void whatTheWitnessDoesNotTakeIsSaidWithItsStatus() {
    var unknown = new WitnessedLog("log.example/b", 1);
    var stranger = new WitnessedLog("log.example/a", 2);

    assertThat(client().cosign(unknown.note(5), unknown.hashes))
        .isEqualTo(new WitnessClient.Result.Refused(404, "the witness answered 404"));
    assertThat(client().cosign(stranger.note(5), stranger.hashes))
        .isEqualTo(new WitnessClient.Result.Refused(403, "the witness answered 403"));
  }

  @Test
  void aCosignatureOfAnotherKeyIsOfNoUse() {
    var other =
        new Ed25519Cosigner(
            WitnessedLog.signer("witness.example/w1", 78),
            InstantSource.fixed(Instant.parse("2026-03-01T10:00:00Z")));
    var client =
        new WitnessClient(
            http, prefix(server.address().getPort()), other.verifier(), Duration.ofSeconds(5));

    assertThat(client.cosign(log.note(5), log.hashes))
        .isInstanceOf(WitnessClient.Result.Unreachable.class);
  }

  @Test
  void aWitnessThatIsAwayOrSilentEndsWithinTheDeadline() throws IOException {
    try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var client =
          new WitnessClient(
              http,
              prefix(silent.getLocalPort()),
              WitnessedLog.COSIGNER.verifier(),
              Duration.ofMillis(200));
      assertThat(client.cosign(log.note(5), log.hashes))
          .isInstanceOf(WitnessClient.Result.Unreachable.class);
    }
    assertThat(client(prefix(1)).cosign(log.note(5), log.hashes))
        .isInstanceOf(WitnessClient.Result.Unreachable.class);
  }

  @Test
  void theWireAnswersInTheProtocolsTerms() throws Exception {
    String base = "http://127.0.0.1:" + server.address().getPort();
    var conflict = post(base + "/add-checkpoint", log.request(5, 50));
    assertThat(conflict.statusCode()).isEqualTo(409);
    assertThat(conflict.headers().firstValue("content-type")).contains("text/x.tlog.size");
    assertThat(conflict.body()).isEqualTo("0\n");
    assertThat(post(base + "/add-checkpoint", new byte[] {1}).statusCode()).isEqualTo(400);
    assertThat(post(base + "/add-checkpoint/more", log.request(0, 5)).statusCode()).isEqualTo(404);
    assertThat(post(base + "/add-checkpoint", new byte[(1 << 20) + 1]).statusCode()).isEqualTo(413);
    assertThat(get(base + "/add-checkpoint").statusCode()).isEqualTo(405);
    assertThat(post(base + "/add-checkpoint", log.request(0, 50)).statusCode()).isEqualTo(200);
    assertThat(get(base + "/checkpoint?origin=log.example%2Fa").body())
        .startsWith("log.example/a\n50\n");
    assertThat(get(base + "/checkpoint?origin=log.example%2Fb").statusCode()).isEqualTo(404);
    assertThat(get(base + "/checkpoint").statusCode()).isEqualTo(400);
  }

  private HttpResponse<String> post(String uri, byte[] body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(uri))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String uri) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString());
  }
}

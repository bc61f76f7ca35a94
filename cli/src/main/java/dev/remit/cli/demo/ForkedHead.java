package dev.remit.cli.demo;

import dev.remit.cli.demo.Act.Happened;
import dev.remit.core.tenant.TenantId;
import dev.remit.evidence.CheckpointSigning;
import dev.remit.evidence.TrustFile;
import dev.remit.evidence.WitnessFolder;
import dev.remit.log.Ed25519Verifier;
import dev.remit.log.Origin;
import dev.remit.log.SignedNote;
import dev.remit.log.TrustedKeys;
import dev.remit.log.witness.AddCheckpoint;
import dev.remit.log.witness.Witness;
import dev.remit.log.witness.WitnessClient;
import dev.remit.log.witness.WitnessServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * An act in which the holder of the log's own key rewrites history: its signature is right, and the
 * client's witness remembers what it was shown.
 */
final class ForkedHead {

  private static final String NAME = "harbor-dental.example/witness";
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  private ForkedHead() {}

  static Act act() {
    return new Act(
        "forked-head",
        "The log's own key signs a history in which an attempt on another client is none; the"
            + " client's witness refuses it",
        "real head cosigned; fork of the same size 409, a larger one 422; by the log's key alone"
            + " verified; with the witness: real pack verified verified, fork unwitnessed"
            + " unwitnessed, with the real cosignature refuted refuted",
        ForkedHead::refused);
  }

  private static Happened refused(Stage stage) {
    Path exported = stage.scratch("witnessed-before.jsonl");
    Evidence.exported(stage, exported);
    var signing = CheckpointSigning.open(stage.data().path(), new SecureRandom());
    var folder = stage.scratch("client-witness");
    try (var files = WitnessFolder.open(folder, NAME, new SecureRandom());
        var http = HttpClient.newHttpClient()) {
      var cosigner = files.cosigner(InstantSource.system());
      var key = Ed25519Verifier.parse(Evidence.keys(stage));
      var log = new Origin(signing.origin(new TenantId(Stage.TENANT)));
      var witness = new Witness(Map.of(log, TrustedKeys.of(key)), cosigner, files.seen());
      var policy = "log %s\nwitness client %s\nquorum client\n".formatted(key, cosigner.verifier());
      Path trust = Files.writeString(stage.scratch("witness-trust.txt"), policy);
      try (var server = WitnessServer.start(witness, loopback())) {
        var url = URI.create("http://127.0.0.1:" + server.address().getPort());
        var client = new WitnessClient(http, url, cosigner.verifier(), DEADLINE);
        return new Forking(stage, signing, http, url, client).play(History.read(exported), trust);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** The witness listens, and both histories are shown to it. */
  private record Forking(
      Stage stage, CheckpointSigning signing, HttpClient http, URI url, WitnessClient client) {

    Happened play(History real, Path trust) throws IOException {
      var cosigned = client.cosign(real.checkpoint(), real.hashes());
      var head =
          cosigned instanceof WitnessClient.Result.Cosigned c ? c.checkpoint() : real.checkpoint();
      var fork = real.forked();
      var forkNote = sign(fork);
      var longer = fork.longer();
      int same = show(new AddCheckpoint(real.size(), List.of(), forkNote));
      int larger = show(new AddCheckpoint(real.size(), longer.pathFrom(real.size()), sign(longer)));
      Path truth = real.write(head, stage.scratch("witnessed.jsonl"));
      Path lie = fork.write(forkNote, stage.scratch("forked.jsonl"));
      Path pasted =
          fork.write(
              forkNote.with(head.signatures().getLast()), stage.scratch("forked-pasted.jsonl"));
      return new Happened(
          ("real head %s; fork of the same size %d, a larger one %d; by the log's key alone %s;"
                  + " with the witness: real pack %s, fork %s, with the real cosignature %s")
              .formatted(
                  cosigned instanceof WitnessClient.Result.Cosigned ? "cosigned" : "not cosigned",
                  same,
                  larger,
                  Evidence.verify(stage, lie).status().text(),
                  both(truth, trust),
                  both(lie, trust),
                  both(pasted, trust)),
          "entry %d of %d changed, `%s`, by the policy in `%s`"
              .formatted(real.rewritten(), real.size(), lie, trust));
    }

    private SignedNote sign(History history) {
      var note = signing.sign(new TenantId(Stage.TENANT), history.head());
      return SignedNote.parse(note.getBytes(StandardCharsets.UTF_8));
    }

    /** What the witness answers, as a status. */
    private int show(AddCheckpoint request) throws IOException {
      try {
        var body = HttpRequest.BodyPublishers.ofByteArray(request.toBytes());
        return http.send(
                HttpRequest.newBuilder(url.resolve("/add-checkpoint")).POST(body).build(),
                HttpResponse.BodyHandlers.discarding())
            .statusCode();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }

    private static String both(Path pack, Path trust) throws IOException {
      var first = Evidence.verify(pack, TrustFile.read(trust)).status().text();
      return first + " " + Evidence.second(pack, trust);
    }
  }
}

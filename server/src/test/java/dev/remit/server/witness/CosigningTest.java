package dev.remit.server.witness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.evidence.LogFiles;
import dev.remit.core.tenant.TenantId;
import dev.remit.log.Checkpoint;
import dev.remit.log.Ed25519Cosigner;
import dev.remit.log.Ed25519Signer;
import dev.remit.log.Frontier;
import dev.remit.log.KeyName;
import dev.remit.log.MemoryHashes;
import dev.remit.log.MerkleTree;
import dev.remit.log.MlDsa44Cosigner;
import dev.remit.log.Origin;
import dev.remit.log.SignedNote;
import dev.remit.log.TrustedKeys;
import dev.remit.log.Verified;
import dev.remit.log.tile.TilePath;
import dev.remit.log.tile.Tiles;
import dev.remit.log.witness.Witness;
import dev.remit.log.witness.WitnessServer;
import dev.remit.log.witness.WitnessStates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a real witness over HTTP. */
class CosigningTest {

  private static final TenantId HARBOR = new TenantId("harbor-dental");
  private static final Origin ORIGIN = new Origin("remit/lab/harbor-dental");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Ed25519Signer logKey = Ed25519Signer.generate(new KeyName("remit/lab"), RANDOM);
  private final Ed25519Cosigner witnessKey =
      new Ed25519Cosigner(
          Ed25519Signer.generate(new KeyName("witness.example"), RANDOM),
          InstantSource.fixed(Instant.parse("2026-03-01T10:00:00Z")));
  private final WitnessServer witness = start();
  private final List<String> stopped = new ArrayList<>();

  /** A log that tests write: what a leaf says makes its history. */
  private final class Log implements LogFiles {

    private final MemoryHashes hashes = new MemoryHashes();
    private final Frontier frontier = new Frontier();
    private final Map<Long, String> lines = new HashMap<>();
    private String note = "";

    Log(String... leaves) {
      grow(leaves);
    }

    void grow(String... leaves) {
      for (String leaf : leaves) {
        frontier.append(MerkleTree.hashLeaf(leaf.getBytes(StandardCharsets.UTF_8)), hashes);
      }
      note = new Checkpoint(ORIGIN, frontier.head()).sign(logKey).toString();
    }

    @Override
    public Optional<byte[]> read(TenantId tenant, String path) {
      return Optional.of(
          path.equals(CHECKPOINT)
              ? (note + lines.getOrDefault(frontier.size(), "")).getBytes(StandardCharsets.UTF_8)
              : Tiles.bytes((TilePath.Hashes) TilePath.parse(path), hashes));
    }

    @Override
    public List<String> cosigned(TenantId tenant, int limit) {
      return List.of();
    }

    @Override
    public List<TenantId> without(String name) {
      return lines.containsKey(frontier.size()) ? List.of() : List.of(HARBOR);
    }

    @Override
    public void cosign(TenantId tenant, long size, String name, String line) {
      assertThat(name).isEqualTo("witness.example");
      lines.put(size, line + "\n");
    }

    boolean isCosigned() {
      var note = SignedNote.parse(read(HARBOR, CHECKPOINT).orElseThrow());
      return note.verify(TrustedKeys.of(witnessKey.verifier())) instanceof Verified.Proven;
    }
  }

  private WitnessServer start() {
    var memory = new HashMap<Origin, SignedNote>();
    var states =
        new WitnessStates() {
          @Override
          public Optional<SignedNote> latest(Origin log) {
            return Optional.ofNullable(memory.get(log));
          }

          @Override
          public void remember(Origin log, SignedNote checkpoint) {
            memory.put(log, checkpoint);
          }
        };
    try {
      return WitnessServer.start(
          new Witness(Map.of(ORIGIN, TrustedKeys.of(logKey.verifier())), witnessKey, states),
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void close() {
    witness.close();
  }

  private Cosigning with(LogFiles logs, Set<TenantId> tenants) {
    var prefix = URI.create("http://127.0.0.1:" + witness.address().getPort() + "/");
    return new Cosigning(
        new WitnessSite(witnessKey.verifier(), prefix, tenants),
        logs,
        (tenant, why) -> stopped.add(tenant + ": " + why),
        HttpClient.newHttpClient());
  }

  private Cosigning with(LogFiles logs) {
    return with(logs, Set.of());
  }

  @Test
  void aWitnessIsShownAllSignaturesOfTheLogAndNoneOfAnother() {
    var newer = MlDsa44Cosigner.forLog(logKey.name(), RANDOM);
    var note = new Checkpoint(ORIGIN, new Frontier().head()).sign(logKey, newer, witnessKey);

    assertThat(Cosigning.bare(note).signatures())
        .containsExactlyElementsOf(note.signatures().subList(0, 2));
  }

  @Test
  void aLogThatOnlyGrowsIsCosignedEachTime() {
    var log = new Log("a", "b", "c");
    var cosigning = with(log);
    cosigning.runOnce();
    assertThat(log.isCosigned()).isTrue();
    log.grow("d", "e");
    assertThat(log.isCosigned()).isFalse();
    cosigning.runOnce();
    assertThat(log.isCosigned()).isTrue();
    assertThat(stopped).isEmpty();
    assertThat(cosigning.troubles()).isEmpty();
  }

  @Test
  void aReplicaThatDoesNotKnowTheWitnessesSizeAsksForIt() {
    var log = new Log("a", "b", "c");
    with(log).runOnce();
    log.grow("d");
    with(log).runOnce();
    assertThat(log.isCosigned()).isTrue();
  }

  @Test
  void anotherHistoryOfTheSameSizeStopsTheTenant() {
    with(new Log("a", "b", "c")).runOnce();
    var forked = new Log("a", "b", "x");
    with(forked).runOnce();
    assertThat(forked.isCosigned()).isFalse();
    assertThat(stopped).singleElement().asString().startsWith("harbor-dental: witness");
  }

  @Test
  void anotherHistoryThatGrewStopsTheTenant() {
    with(new Log("a", "b", "c")).runOnce();
    var forked = new Log("a", "x", "c", "d", "e");
    with(forked).runOnce();
    assertThat(forked.isCosigned()).isFalse();
    assertThat(stopped).hasSize(1);
  }

  @Test
  void aLogThatLostEntriesStopsTheTenant() {
    with(new Log("a", "b", "c")).runOnce();
    with(new Log("a", "b")).runOnce();
    assertThat(stopped).singleElement().asString().contains("entries were lost");
  }

  @Test
  void aWitnessThatIsAwayHoldsUpNothing() {
    var log = new Log("a");
    witness.close();
    var cosigning = with(log);
    cosigning.runOnce();
    assertThat(log.isCosigned()).isFalse();
    assertThat(stopped).isEmpty();
    assertThat(cosigning.troubles()).containsOnlyKeys(HARBOR);
  }

  @Test
  void aLogThatCannotBeReadKeepsNoOtherFromBeingShown() {
    var log = new Log("a");
    var broken = new TenantId("anchor-books");
    var both =
        new LogFiles() {
          @Override
          public Optional<byte[]> read(TenantId tenant, String path) {
            if (tenant.equals(broken)) {
              throw new IllegalStateException("the log lacks hashes that its head covers");
            }
            return log.read(tenant, path);
          }

          @Override
          public List<String> cosigned(TenantId tenant, int limit) {
            return List.of();
          }

          @Override
          public List<TenantId> without(String name) {
            return List.of(broken, HARBOR);
          }

          @Override
          public void cosign(TenantId tenant, long size, String name, String line) {
            log.cosign(tenant, size, name, line);
          }
        };
    var cosigning = with(both);
    cosigning.runOnce();
    assertThat(log.isCosigned()).isTrue();
    assertThat(cosigning.troubles()).containsOnlyKeys(broken);
    assertThat(stopped).isEmpty();
  }

  @Test
  void aWitnessIsShownOnlyTheLogsThatAreItsBusiness() {
    var log = new Log("a");
    with(log, Set.of(new TenantId("north-legal"))).runOnce();
    assertThat(log.isCosigned()).isFalse();
  }
}

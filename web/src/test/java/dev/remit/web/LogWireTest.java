package dev.remit.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.evidence.LogFiles;
import dev.remit.log.Checkpoint;
import dev.remit.log.Hash;
import dev.remit.log.MerkleTree;
import dev.remit.log.SignedNote;
import dev.remit.log.tile.EntryBundle;
import dev.remit.log.tile.TileIndex;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What whoever mirrors a log gets, and what nobody else does. */
class LogWireTest {

  private static final String LOG = "/log/harbor-dental/";

  private final Rig rig = new Rig();

  @AfterEach
  void stop() {
    rig.close();
  }

  private Rig.Reply get(String token, String path) {
    return rig.get(
        URI.create(rig.web.machinesUrl() + path), Map.of("Authorization", "Bearer " + token));
  }

  @Test
  void aMirrorRebuildsTheHeadFromWhatItGets() {
    var note = get("mirror", LOG + LogFiles.CHECKPOINT);
    assertThat(note.status()).isEqualTo(200);
    assertThat(note.header("Content-Type")).contains("text/plain; charset=utf-8");
    assertThat(note.header("Cache-Control")).contains("no-store");
    var head =
        Checkpoint.parse(SignedNote.parse(note.body().getBytes(StandardCharsets.UTF_8)).text())
            .head();
    var bundle = get("mirror", LOG + "tile/entries/000.p/" + head.size());
    assertThat(bundle.status()).isEqualTo(200);
    assertThat(bundle.header("Cache-Control")).contains("immutable");
    List<Hash> leaves =
        EntryBundle.decode(
                bundle.body().getBytes(StandardCharsets.UTF_8),
                new TileIndex(0, Math.toIntExact(head.size())))
            .stream()
            .map(MerkleTree::hashLeaf)
            .toList();
    assertThat(MerkleTree.head(leaves.iterator())).isEqualTo(head);
  }

  @ParameterizedTest
  @ValueSource(strings = {"agent-one", "orchestrator", "pep"})
  void nobodyElseReadsIt(String token) {
    var told = get(token, LOG + LogFiles.CHECKPOINT);
    assertThat(told.status()).isEqualTo(403);
    assertThat(told.body()).doesNotContain("harbor");
  }

  @Test
  void withoutATokenNothingIsTold() {
    assertThat(rig.get(URI.create(rig.web.machinesUrl() + LOG + "checkpoint"), Map.of()).status())
        .isEqualTo(401);
  }

  /** A foreign log, one that is not there, and files that no log has. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/log/northwind-legal/checkpoint",
        "/log/nobody/checkpoint",
        "/log/_operator/checkpoint",
        "/log/Harbor-Dental/checkpoint",
        LOG + "tile/0/001",
        LOG + "tile/0/000.p/9",
        LOG + "tile/0/0",
        LOG + "tile/9/000",
        LOG + "tile/entries/x000/000",
        LOG + "tile/entries/000.p/0",
        LOG + "tile/0/x000/x000/x000/x000/x000/000"
      })
  void whatIsNotTheReadersIsNotThere(String path) {
    var known = get("mirror", "/log/nobody-at-all/checkpoint");
    var told = get("mirror", path);
    assertThat(told.status()).isEqualTo(404);
    assertThat(told.body()).isEqualTo(known.body());
  }
}

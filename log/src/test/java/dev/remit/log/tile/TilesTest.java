package dev.remit.log.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.log.ConsistencyProof;
import dev.remit.log.Frontier;
import dev.remit.log.Hash;
import dev.remit.log.HashSource;
import dev.remit.log.InclusionProof;
import dev.remit.log.InvalidLogDataException;
import dev.remit.log.MemoryHashes;
import dev.remit.log.MerkleTree;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TilesTest {
  private static final int SIZE = 70_000;
  private static final MemoryHashes HASHES = new MemoryHashes();

  static {
    Frontier frontier = new Frontier();
    for (int i = 0; i < SIZE; i++) {
      frontier.append(leaf(i), HASHES);
    }
  }

  private static Hash leaf(int i) {
    return MerkleTree.hashLeaf(ByteBuffer.allocate(4).putInt(i).array());
  }

  private static Map<String, byte[]> written(long... sizes) {
    Map<String, byte[]> files = new HashMap<>();
    long before = 0;
    for (long size : sizes) {
      for (TilePath.Hashes tile : Tiles.added(before, size)) {
        files.put(tile.path(), Tiles.bytes(tile, HASHES));
      }
      before = size;
    }
    return files;
  }

  private static TileHashes over(long size, Map<String, byte[]> files) {
    return new TileHashes(size, path -> Optional.ofNullable(files.get(path.path())));
  }

  @Test
  void theWorkedExampleOfSeventyThousandHasTheTilesOfTheText() {
    List<TilePath.Hashes> tiles = Tiles.added(0, SIZE);

    assertThat(tiles.stream().filter(t -> t.level() == 0 && t.at().isFull())).hasSize(273);
    assertThat(tiles.stream().filter(t -> !t.at().isFull()).map(TilePath::path))
        .containsExactly("tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1");
    assertThat(tiles.stream().filter(t -> t.level() == 1 && t.at().isFull())).hasSize(1);
    assertThat(tiles).hasSize(277);
  }

  @Test
  void theWorkedExampleOfTwoHundredFiftySixHasAPartialTileAbove() {
    assertThat(Tiles.added(0, 256).stream().map(TilePath::path))
        .containsExactly("tile/0/000", "tile/1/000.p/1");
    assertThat(Tiles.added(0, 0)).isEmpty();
    assertThat(Tiles.added(256, 256)).isEmpty();
    assertThat(Tiles.added(255, 257).stream().map(TilePath::path))
        .containsExactly("tile/0/000", "tile/0/001.p/1", "tile/1/000.p/1");
    assertThat(Tiles.addedEntries(255, 257).stream().map(TilePath::path))
        .containsExactly("tile/entries/000", "tile/entries/001.p/1");
  }

  @Test
  void theWorkedExampleOfAnIndexIsWrittenInGroupsOfThree() {
    var tile = new TilePath.Hashes(0, new TileIndex(1_234_067, 256));

    assertThat(tile.path()).isEqualTo("tile/0/x001/x234/067");
    assertThat(TilePath.parse("tile/0/x001/x234/067")).isEqualTo(tile);
  }

  @Test
  void everyPathReadsAgain() {
    Random random = new Random(5);
    for (int i = 0; i < 2000; i++) {
      long index = random.nextLong() >>> (9 + random.nextInt(55));
      var at = new TileIndex(index, 1 + random.nextInt(256));
      TilePath path =
          random.nextInt(3) == 0
              ? new TilePath.Entries(at)
              : new TilePath.Hashes(random.nextInt(8), at);
      assertThat(TilePath.parse(path.path())).isEqualTo(path);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tile",
        "tile/0",
        "tile/0/",
        "tile/8/000",
        "tile/00/000",
        "tile/-1/000",
        "tile/0/0",
        "tile/0/0000",
        "tile/0/x000/000",
        "tile/0/x1/000",
        "tile/0/001/000",
        "tile/0/x001/x000",
        "tile/0/x001",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000.p/",
        "tile/0/000.p/1/",
        "tile/0/000.p/1.p/1",
        "tile/0/x999/x999/x999/x999/x999/999",
        "tile/data/000",
        "tile/entries/../000",
        "/tile/0/000",
        "tile/0/000/",
        "tile/0/٠٠٠"
      })
  void whatIsNoPathOfATileIsRefused(String path) {
    assertThatThrownBy(() -> TilePath.parse(path)).isInstanceOf(InvalidLogDataException.class);
  }

  @Test
  void proofsOutOfTilesAreThoseOutOfMemory() {
    Random random = new Random(6);
    for (int size : new int[] {1, 2, 255, 256, 257, 511, 512, 1000, 65_535, 65_536, 65_537, SIZE}) {
      HashSource tiles = over(size, written(size));
      assertThat(MerkleTree.head(size, tiles)).isEqualTo(MerkleTree.head(size, HASHES));
      for (int i = 0; i < 8; i++) {
        int index = random.nextInt(size);
        InclusionProof proof = InclusionProof.create(index, size, tiles);
        assertThat(proof).isEqualTo(InclusionProof.create(index, size, HASHES));
        assertThat(proof.verify(leaf(index), MerkleTree.head(size, HASHES)).isProven()).isTrue();
        int older = 1 + random.nextInt(size);
        assertThat(ConsistencyProof.create(older, size, tiles))
            .isEqualTo(ConsistencyProof.create(older, size, HASHES));
      }
    }
  }

  @Test
  void aPartialTileThatIsGoneIsTakenFromTheFullOne() {
    Map<String, byte[]> files = written(1000, 70_000);
    assertThat(files.remove("tile/0/003.p/232")).isNotNull();

    assertThat(MerkleTree.head(1000, over(1000, files))).isEqualTo(MerkleTree.head(1000, HASHES));
  }

  @Test
  void aMissingTileAndAHashBeyondTheSizeAreSaid() {
    Map<String, byte[]> files = written(1000);
    files.remove("tile/0/001");

    assertThatThrownBy(() -> MerkleTree.head(300, over(300, Map.of())))
        .isInstanceOf(NoSuchElementException.class);
    assertThatThrownBy(() -> InclusionProof.create(300, 1000, over(1000, files)))
        .hasMessageContaining("tile/0/001");
    assertThatThrownBy(
            () -> over(1000, written(1000)).read(List.of(new dev.remit.log.NodeId(0, 1000))))
        .isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void aTileOfTheWrongLengthIsRefusedAndAFalseOneProvesNothing() {
    Map<String, byte[]> files = written(300);
    files.put("tile/0/000", new byte[31]);
    assertThatThrownBy(() -> InclusionProof.create(5, 300, over(300, files)))
        .isInstanceOf(InvalidLogDataException.class);

    files.put("tile/0/000", new byte[8192]);
    InclusionProof proof = InclusionProof.create(5, 300, over(300, files));
    assertThat(proof.verify(leaf(5), MerkleTree.head(300, HASHES)).isProven()).isFalse();
  }

  @Test
  void aTileIsPartOfALogOnlyUpToItsFilling() {
    assertThat(Tiles.isPartOf(TilePath.parse("tile/0/003.p/232"), 1000)).isTrue();
    assertThat(Tiles.isPartOf(TilePath.parse("tile/0/003.p/233"), 1000)).isFalse();
    assertThat(Tiles.isPartOf(TilePath.parse("tile/0/003"), 1000)).isFalse();
    assertThat(Tiles.isPartOf(TilePath.parse("tile/0/002"), 1000)).isTrue();
    assertThat(Tiles.isPartOf(TilePath.parse("tile/1/000.p/3"), 1000)).isTrue();
    assertThat(Tiles.isPartOf(TilePath.parse("tile/1/000.p/4"), 1000)).isFalse();
    assertThat(Tiles.isPartOf(TilePath.parse("tile/entries/003.p/232"), 1000)).isTrue();
  }

  @Test
  void bundlesReadAgainUpToTheLongestEntry() {
    List<byte[]> entries =
        List.of(new byte[0], new byte[] {1}, new byte[EntryBundle.LIMIT_ENTRY_BYTES]);

    byte[] bundle = EntryBundle.encode(entries);

    assertThat(bundle).hasSize(3 * 2 + 1 + 65_535).startsWith(0, 0, 0, 1, 1, 0xff, 0xff);
    assertThat(EntryBundle.decode(bundle, new TileIndex(0, 3)))
        .usingElementComparator(java.util.Arrays::compare)
        .isEqualTo(entries);
  }

  @Test
  void whatABundleCannotCarryIsRefused() {
    assertThatThrownBy(() -> EntryBundle.encode(List.of(new byte[65_536])))
        .isInstanceOf(InvalidLogDataException.class)
        .hasMessageContaining("65535");
    byte[] bundle = EntryBundle.encode(List.of(new byte[] {1, 2}, new byte[] {3}));
    for (int length = 0; length < bundle.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(bundle, length);
      assertThatThrownBy(() -> EntryBundle.decode(cut, new TileIndex(0, 2)))
          .isInstanceOf(InvalidLogDataException.class);
    }
    assertThatThrownBy(() -> EntryBundle.decode(bundle, new TileIndex(0, 1)))
        .isInstanceOf(InvalidLogDataException.class);
    assertThatThrownBy(() -> EntryBundle.decode(bundle, new TileIndex(0, 3)))
        .isInstanceOf(InvalidLogDataException.class);
  }
}

package dev.remit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
  private static final List<String> KNOWN_ROOTS =
      List.of(
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  @Test
  void theEmptyTreeHasTheHashOfNothing() {
    assertThat(MerkleTree.emptyRoot().toHex())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(new Frontier().head()).isEqualTo(TreeHead.EMPTY);
  }

  @Test
  void theWellKnownTreesHaveTheirKnownRoots() {
    for (int size = 1; size <= 8; size++) {
      List<byte[]> entries = Trees.KNOWN_ENTRIES.subList(0, size);
      TreeHead head = MerkleTree.head(entries.stream().map(MerkleTree::hashLeaf).iterator());
      assertThat(head.root().toHex()).isEqualTo(KNOWN_ROOTS.get(size - 1));
      assertThat(head).isEqualTo(Trees.naiveHead(entries));
    }
  }

  @Test
  void aNodeNeverPassesForAnEntry() {
    Hash left = MerkleTree.hashLeaf(new byte[] {1});
    Hash right = MerkleTree.hashLeaf(new byte[] {2});
    byte[] children = new byte[64];
    left.copyTo(children, 0);
    right.copyTo(children, 32);
    assertThat(MerkleTree.hashLeaf(children)).isNotEqualTo(MerkleTree.hashNode(left, right));
  }

  @Test
  void theOrderOfEntriesMatters() {
    Hash left = MerkleTree.hashLeaf(new byte[] {1});
    Hash right = MerkleTree.hashLeaf(new byte[] {2});
    assertThat(MerkleTree.hashNode(left, right)).isNotEqualTo(MerkleTree.hashNode(right, left));
  }

  @Test
  void anEntryInsideABufferHashesLikeTheEntryAlone() {
    byte[] buffer = "..entry..".getBytes(StandardCharsets.UTF_8);
    assertThat(MerkleTree.hashLeaf(buffer, 2, 5))
        .isEqualTo(MerkleTree.hashLeaf("entry".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aMillionLeavesNeedTheStateOfTwenty() {
    Hash leaf = MerkleTree.hashLeaf(new byte[] {7});
    Frontier frontier = new Frontier();
    Stream.generate(() -> leaf).limit((1 << 20) - 1).forEach(frontier::append);
    assertThat(frontier.toBytes()).hasSize(8 + 20 * 32);
  }

  @Test
  void anEarlierHeadIsReadFromStoredHashes() {
    List<byte[]> entries = Trees.entries(130, 3);
    MemoryHashes stored = Trees.stored(entries);
    for (int size = 0; size <= entries.size(); size++) {
      assertThat(MerkleTree.head(size, stored))
          .isEqualTo(Trees.naiveHead(entries.subList(0, size)));
    }
  }

  @Test
  void aHeadCannotBeImpossible() {
    Hash other = MerkleTree.hashLeaf(new byte[0]);
    assertThatThrownBy(() -> new TreeHead(-1, other)).isInstanceOf(InvalidLogDataException.class);
    assertThatThrownBy(() -> new TreeHead(0, other)).isInstanceOf(InvalidLogDataException.class);
  }

  @Test
  void aSourceThatForgetsAHashIsNoticed() {
    assertThatThrownBy(() -> MerkleTree.head(3, nodes -> List.of()))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> MerkleTree.head(3, new MemoryHashes()))
        .isInstanceOf(java.util.NoSuchElementException.class);
  }

  @Test
  void placesOutsideEveryTreeAreRefused() {
    assertThatThrownBy(() -> new NodeId(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new NodeId(63, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new NodeId(0, -1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new NodeId(62, 2)).isInstanceOf(IllegalArgumentException.class);
  }
}

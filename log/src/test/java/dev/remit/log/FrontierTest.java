package dev.remit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrontierTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theHeadIsRightAtEverySizeAndSurvivesStoring(long seed) {
    List<byte[]> entries = Trees.entries(130, seed);
    Frontier frontier = new Frontier();
    for (int size = 0; size < entries.size(); size++) {
      assertThat(frontier.head()).isEqualTo(Trees.naiveHead(entries.subList(0, size)));
      frontier = Frontier.fromBytes(frontier.toBytes());
      frontier.append(MerkleTree.hashLeaf(entries.get(size)));
      assertThat(frontier.size()).isEqualTo(size + 1);
    }
  }

  @Test
  void aCopyGoesItsOwnWay() {
    Frontier frontier = new Frontier();
    frontier.append(MerkleTree.hashLeaf(new byte[] {1}));
    TreeHead before = frontier.head();
    frontier.copy().append(MerkleTree.hashLeaf(new byte[] {2}));
    assertThat(frontier.head()).isEqualTo(before);
  }

  @Test
  void everyLengthButTheRightOneIsRefused() {
    Frontier frontier = new Frontier();
    Trees.entries(13, 1).forEach(entry -> frontier.append(MerkleTree.hashLeaf(entry)));
    byte[] stored = frontier.toBytes();
    for (int length = 0; length < stored.length + 40; length++) {
      if (length != stored.length) {
        byte[] other = Arrays.copyOf(stored, length);
        assertThatThrownBy(() -> Frontier.fromBytes(other))
            .isInstanceOf(InvalidLogDataException.class);
      }
    }
  }

  @Test
  void aNegativeSizeIsRefused() {
    byte[] stored = ByteBuffer.allocate(8 + 64 * 32).putLong(-1).array();
    assertThatThrownBy(() -> Frontier.fromBytes(stored))
        .isInstanceOf(InvalidLogDataException.class);
  }

  @Test
  void everyChangedByteOfTheStoredFormIsAnotherHeadOrRefused() {
    Frontier frontier = new Frontier();
    Trees.entries(13, 1).forEach(entry -> frontier.append(MerkleTree.hashLeaf(entry)));
    byte[] stored = frontier.toBytes();
    for (int at = 0; at < stored.length; at++) {
      byte[] changed = stored.clone();
      changed[at] ^= 0x10;
      assertThat(headOrEmpty(changed)).isNotEqualTo(frontier.head());
    }
  }

  private static TreeHead headOrEmpty(byte[] stored) {
    try {
      return Frontier.fromBytes(stored).head();
    } catch (InvalidLogDataException e) {
      return TreeHead.EMPTY;
    }
  }
}

package dev.remit.server.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.log.MerkleTree;
import dev.remit.log.TreeHead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeadsFileTest {

  private static final TenantId HARBOR = new TenantId("harbor-dental");
  private static final TenantId NORTH = new TenantId("north-legal");

  @TempDir private Path folder = Path.of("unset");

  private static TreeHead head(int size) {
    return new TreeHead(size, MerkleTree.hashLeaf(new byte[] {(byte) size}));
  }

  @Test
  void whatWasSignedIsRememberedAfterAStart() {
    try (var heads = HeadsFile.open(folder)) {
      assertThat(heads.last(HARBOR)).isEmpty();
      heads.signed(Map.of(HARBOR, head(1), NORTH, head(2)));
      heads.signed(Map.of(HARBOR, head(3)));
    }
    try (var heads = HeadsFile.open(folder)) {
      assertThat(heads.last(HARBOR)).contains(head(3));
      assertThat(heads.last(NORTH)).contains(head(2));
    }
    assertThat(folder.resolve(HeadsFile.NAME)).content().hasLineCount(2);
  }

  @Test
  void aLineThatACrashCutShortSaysNothingAndHarmsNoLaterOne() throws IOException {
    var file = folder.resolve(HeadsFile.NAME);
    String whole;
    try (var heads = HeadsFile.open(folder)) {
      heads.signed(Map.of(HARBOR, head(1)));
      whole = Files.readString(file);
    }
    for (int length = 1; length < whole.length(); length++) {
      Files.writeString(file, whole + whole.substring(0, length));
      try (var heads = HeadsFile.open(folder)) {
        assertThat(heads.last(HARBOR)).contains(head(1));
        heads.signed(Map.of(HARBOR, head(2)));
      }
      try (var heads = HeadsFile.open(folder)) {
        assertThat(heads.last(HARBOR)).contains(head(2));
      }
    }
  }

  @Test
  void anyOtherDamageStopsTheStart() throws IOException {
    try (var heads = HeadsFile.open(folder)) {
      heads.signed(Map.of(HARBOR, head(1)));
    }
    var file = folder.resolve(HeadsFile.NAME);
    Files.writeString(file, "nonsense\n", StandardOpenOption.APPEND);
    assertThatThrownBy(() -> HeadsFile.open(folder))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("damaged");
  }
}

package dev.remit.evidence;

import static dev.remit.evidence.SampleLog.pack;
import static dev.remit.evidence.SampleLog.trust;
import static dev.remit.evidence.SampleLog.verify;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PackMutationTest {

  private final SampleLog log = SampleLog.complete();
  private final byte[] good = log.pack();

  @Test
  void everyByteFlippedIsFoundAtOrBeforeTheEnd() {
    for (int i = 0; i < good.length; i++) {
      for (int bit : new int[] {0x20, 1 << i % 8}) {
        byte[] bad = good.clone();
        bad[i] ^= (byte) bit;
        refuted(bad, "byte " + i + " bit " + bit);
      }
    }
  }

  @Test
  void aFlippedByteInALeafIsNamedByItsLine() {
    int start = new String(good, StandardCharsets.UTF_8).indexOf("restart-service");
    byte[] bad = good.clone();
    bad[start] ^= 1;

    assertThat(verify(bad).findings().getFirst().place().line()).isEqualTo(2);
  }

  @Test
  void aLineThatIsNotCanonicalIsNamedByItsByte() {
    String text = new String(good, StandardCharsets.UTF_8);
    int space = text.indexOf(",\"index\":3") + 1;
    byte[] bad =
        (text.substring(0, space) + " " + text.substring(space)).getBytes(StandardCharsets.UTF_8);

    var place = verify(bad).findings().getFirst().place();

    assertThat(place.line()).isEqualTo(5);
    assertThat(place.byteOffset()).isEqualTo(byteOffset(text, space));
  }

  private static long byteOffset(String text, int index) {
    return text.substring(0, index).getBytes(StandardCharsets.UTF_8).length;
  }

  @Test
  void everyTruncationIsFound() {
    for (int length = 0; length < good.length; length++) {
      refuted(Arrays.copyOf(good, length), "cut to " + length);
    }
  }

  @Test
  void everyBytePutInOrTakenOutIsFound() {
    for (int i = 0; i < good.length; i++) {
      byte[] longer = new byte[good.length + 1];
      System.arraycopy(good, 0, longer, 0, i);
      longer[i] = good[i];
      System.arraycopy(good, i, longer, i + 1, good.length - i);
      refuted(longer, "doubled byte " + i);
      byte[] shorter = new byte[good.length - 1];
      System.arraycopy(good, 0, shorter, 0, i);
      System.arraycopy(good, i + 1, shorter, i, good.length - i - 1);
      refuted(shorter, "without byte " + i);
    }
  }

  @Test
  void swappedDoubledAndMissingLinesAreFound() {
    List<String> lines = new String(good, StandardCharsets.UTF_8).lines().toList();
    for (int a = 0; a < lines.size(); a++) {
      var doubled = new ArrayList<>(lines);
      doubled.add(a, lines.get(a));
      refuted(join(doubled), "doubled line " + a);
      var missing = new ArrayList<>(lines);
      missing.remove(a);
      refuted(join(missing), "missing line " + a);
      for (int b = a + 1; b < lines.size(); b++) {
        var swapped = new ArrayList<>(lines);
        Collections.swap(swapped, a, b);
        refuted(join(swapped), "swapped lines " + a + " and " + b);
      }
    }
  }

  @Test
  void whoRepairsHashesAndDigestIsFoundInEveryLeafAndInTheCheckpoint() {
    var export = log.export();
    List<Value> entries = export.items("entries");
    for (int i = 0; i < entries.size(); i++) {
      var entry = (Value.Obj) entries.get(i);
      String leaf = entry.text("leaf").orElseThrow();
      for (int at = 0; at < leaf.length(); at++) {
        var changed = new ArrayList<>(entries);
        changed.set(i, entry.with("leaf", Value.of(changed(leaf, at))));
        refuted(pack(export.with("entries", new Value.Array(changed))), "leaf " + i + " at " + at);
      }
    }
    String note = log.note(6);
    for (int at = 0; at < note.length(); at++) {
      try {
        refuted(pack(log.export(changed(note, at))), "note at " + at);
      } catch (InvalidValueException e) {
        assertThat(e).as("note at %d", at).hasMessageContaining("checkpoint");
      }
    }
  }

  @Test
  void whoRepairsHashesAndDigestIsFoundWhenEntriesAreMovedOrLeftOut() {
    var export = log.export();
    for (int i = 0; i < 6; i++) {
      var entries = new ArrayList<>(log.export().items("entries"));
      var moved = entries.remove(i);
      refuted(pack(export.with("entries", new Value.Array(renumbered(entries)))), "without " + i);
      entries.add((i + 1) % 6, moved);
      refuted(pack(export.with("entries", new Value.Array(renumbered(entries)))), "moved " + i);
    }
  }

  private static List<Value> renumbered(List<Value> entries) {
    List<Value> all = new ArrayList<>();
    entries.forEach(e -> all.add(((Value.Obj) e).with("index", Value.of(all.size()))));
    return all;
  }

  private static String changed(String text, int at) {
    char c = text.charAt(at);
    return text.substring(0, at) + (c == 'x' ? 'y' : 'x') + text.substring(at + 1);
  }

  private static byte[] join(List<String> lines) {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static void refuted(byte[] pack, String what) {
    var report = verify(pack, Optional.of(trust()), Optional.empty());
    assertThat(report.status()).as(what).isEqualTo(VerificationReport.Status.REFUTED);
    assertThat(report.findings()).as(what).isNotEmpty();
  }
}

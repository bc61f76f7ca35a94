package dev.remit.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.evidence.Entry;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import dev.remit.log.MerkleTree;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryScanTest {

  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "\"a\"",
          "\"b\"",
          "\"ab\"",
          "\"\"",
          "0",
          "-0",
          "-1",
          "01",
          "9007199254740991",
          "9007199254740992",
          "1.5",
          "1e3",
          "true",
          "false",
          "null",
          "\"\\u0001\"",
          "\"\\u0008\"",
          "\"\\u001F\"",
          "\"\\u001f\"",
          "\"\\/\"",
          "\"\\n\"",
          " ",
          "\"é\"",
          "\"\u0000\"",
          "{\"a\":1}",
          "\"a\":",
          "\"b\":",
          "{\"a\":",
          "[1,",
          "\"\\ud800\"");

  private static final TenantId TENANT = new TenantId("harbor-dental");

  private static Entry entry(String id, Value.Obj fields, Value.Obj body, Instant at) {
    return new Entry(
        id,
        TENANT,
        Entry.Kind.OUTCOME,
        Optional.of("call-" + id),
        Optional.empty(),
        at,
        fields,
        body,
        "00112233445566778899aabbccddeeff");
  }

  private static byte[] line(Entry entry, long index) {
    var leaf = entry.leaf();
    return CanonicalJson.bytes(
        Value.object(
            "index",
            index,
            "leaf",
            leaf,
            "hash",
            MerkleTree.hashLeaf(leaf.getBytes(StandardCharsets.UTF_8)).toBase64(),
            "salt",
            entry.salt(),
            "body",
            entry.body()));
  }

  private static List<byte[]> samples() {
    var at = Instant.parse("2026-02-28T23:59:59.123Z");
    var plain = Value.object("tool", "rmm.restart", "n", 7, "list", List.of(1, -2, 0));
    var odd =
        Value.object(
            "quote\u0001", "a \" b \\ c \n \u001f \u007f é 漢 \uD83D\uDE00", "deep", List.of(plain));
    return List.of(
        line(entry("a", plain, plain, at), 0),
        line(entry("b", odd, odd, Instant.parse("2026-03-02T10:00:30Z")), 1),
        line(entry("c", Value.Obj.EMPTY, Value.Obj.EMPTY, at.plusNanos(1_000)), 123_456));
  }

  /** The slow way's word on a line: what is read of it, or nothing. */
  private static Optional<PackLine.Covered> slowly(byte[] line) {
    try {
      var value = Json.parseObject(line);
      if (!Arrays.equals(CanonicalJson.bytes(value), line)
          || !(PackForm.line(new Place(1, 0), value) instanceof PackLine.Covered covered)) {
        return Optional.empty();
      }
      var hash = MerkleTree.hashLeaf(covered.content().leaf().getBytes(StandardCharsets.UTF_8));
      var refusal =
          new EntryCheck(TENANT.value())
              .check(covered.place(), covered.content(), hash)
              .filter(found -> found.code() != Finding.Code.OUTCOME);
      return refusal.isPresent() ? Optional.empty() : Optional.of(covered);
    } catch (InvalidValueException e) {
      return Optional.empty();
    }
  }

  private static void assertNeverMoreThanTheSlowWay(byte[] line) {
    var scan = new EntryScan(TENANT.value());
    if (!scan.accepts(line)) {
      return;
    }
    var covered = slowly(line);
    assertThat(covered).as(new String(line, StandardCharsets.UTF_8)).isPresent();
    var leaf = Json.parseObject(covered.get().content().leaf());
    assertThat(scan.index()).isEqualTo(covered.get().index());
    assertThat(scan.hash().toBase64()).isEqualTo(covered.get().content().hash());
    assertThat(Optional.of(scan.id())).isEqualTo(leaf.text("id"));
    assertThat(Optional.of(scan.kind())).isEqualTo(leaf.text("kind"));
    assertThat(scan.call()).isEqualTo(leaf.text("call"));
    assertThat(scan.hasBody()).isEqualTo(covered.get().content().body().isPresent());
  }

  @Test
  void anEntryThatIsRightIsAccepted() {
    var scan = new EntryScan(TENANT.value());
    assertThat(scan.accepts(samples().getFirst())).isTrue();
    assertThat(scan.accepts(samples().getLast())).isTrue();
    samples().forEach(EntryScanTest::assertNeverMoreThanTheSlowWay);
  }

  @Test
  void everyFlippedBitIsJudgedAsTheSlowWayDoes() {
    for (byte[] sample : samples()) {
      for (int at = 0; at < sample.length; at++) {
        for (int bit = 0; bit < 8; bit++) {
          byte[] changed = sample.clone();
          changed[at] ^= (byte) (1 << bit);
          assertNeverMoreThanTheSlowWay(changed);
        }
      }
    }
  }

  /** Bodies are digested and leaves hashed, so what is inside is tried without its digests. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatTheScanTakesForCanonicalIsCanonical(long seed) {
    var random = new Random(seed);
    var scan = new CanonicalScan();
    int accepted = 0;
    for (int round = 0; round < 100_000; round++) {
      var text = new StringBuilder("{\"a\":");
      for (int i = random.nextInt(6); i >= 0; i--) {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      byte[] bytes = text.append('}').toString().getBytes(StandardCharsets.UTF_8);
      if (random.nextInt(8) == 0) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      if (scan.isObject(bytes, bytes.length, 64)) {
        accepted++;
        var value = Json.parseObject(bytes);
        assertThat(CanonicalJson.bytes(value)).isEqualTo(bytes);
        assertThat(value.members()).hasSize(scan.count());
      }
    }
    assertThat(accepted).isGreaterThan(1_000);
  }

  @Test
  void nestingIsCountedAsTheSlowWayCounts() {
    var scan = new CanonicalScan();
    for (int deep = 1; deep < 70; deep++) {
      byte[] bytes =
          ("{\"a\":" + "[".repeat(deep) + "]".repeat(deep) + "}").getBytes(StandardCharsets.UTF_8);
      boolean isWithin = PackForm.isWithin(Json.parseObject(shallow(bytes, deep)), 64);
      assertThat(scan.isObject(bytes, bytes.length, 64)).isEqualTo(isWithin && deep < 64);
      if (deep < 64) {
        assertThat(scan.depth(0)).isEqualTo(deep);
      }
    }
  }

  private static byte[] shallow(byte[] bytes, int deep) {
    return deep < 64 ? bytes : "{}".getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void timesAreTakenAsTheSlowWayTakesThem() {
    var times = new ArrayList<String>();
    for (var date : List.of("2026-02-29", "2024-02-29", "2026-13-01", "2026-1-01", "+202-01-01")) {
      for (var time : List.of("T00:00:00Z", "T24:00:00Z", "T23:59:60Z", "T1:00:00Z", "T10:00Z")) {
        times.add(date + time);
      }
    }
    for (var fraction : List.of(".1", ".100", ".000", ".120000", ".123456", ".123456000", "")) {
      times.add("2026-03-02T10:00:30" + fraction + "Z");
      times.add("2026-03-02T10:00:30" + fraction + "+00:00");
    }
    var entry = entry("a", Value.Obj.EMPTY, Value.Obj.EMPTY, Instant.EPOCH);
    int accepted = 0;
    for (var time : times) {
      var leaf = entry.leaf().replace("1970-01-01T00:00:00Z", time);
      var line =
          CanonicalJson.bytes(
              Value.object(
                  "index",
                  0,
                  "leaf",
                  leaf,
                  "hash",
                  MerkleTree.hashLeaf(leaf.getBytes(StandardCharsets.UTF_8)).toBase64()));
      accepted += new EntryScan(TENANT.value()).accepts(line) ? 1 : 0;
      assertThat(new EntryScan(TENANT.value()).accepts(line))
          .as(time)
          .isEqualTo(slowly(line).isPresent());
    }
    assertThat(accepted).isEqualTo(4);
  }
}

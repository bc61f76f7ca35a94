package dev.remit.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.evidence.Entry;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PackStreamTest {

  @Test
  void writingTakesOneEntryAfterTheOtherAndKeepsNone() throws IOException {
    var log = SampleLog.complete();
    var seen = new long[1];
    var written = new long[1];
    var out =
        new OutputStream() {
          @Override
          public void write(int b) {
            written[0]++;
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            written[0] += length;
          }
        };
    String note = log.note(6);
    var first = SampleLog.value(log.entries.getFirst());
    Iterator<Value.Obj> entries =
        IntStream.range(0, 6 + 20_000)
            .mapToObj(i -> {
              seen[0] = Math.max(seen[0], i * 100L - written[0]);
              return first.with("index", Value.of(i));
            })
            .iterator();

    EvidencePack.write(
        new PackExport(log.header(), List.of(), note, entries, Collections.emptyIterator()), out);

    // Never more than one buffer of 64 KiB behind, at over 100 bytes an entry.
    assertThat(seen[0]).isLessThan(1 << 17);
    assertThat(written[0]).isGreaterThan(20_000 * 100L);
  }

  @Test
  void theStreamGivesTheSamePackAsTheWhole() throws IOException {
    var log = SampleLog.complete();
    var out = new ByteArrayOutputStream();

    EvidencePack.write(PackExport.of(log.export(log.note(3))), out);

    assertThat(out.toByteArray()).isEqualTo(SampleLog.pack(log.export(log.note(3))));
  }

  private static Value.Obj nested(int depth) {
    Value value = Value.of(1);
    for (int i = 1; i < depth; i++) {
      value = i % 2 == 0 ? new Value.Array(List.of(value)) : Value.object("a", value);
    }
    return Value.object("a", value);
  }

  private static SampleLog withBody(int depth, boolean isPending) {
    var log = SampleLog.complete();
    var plain = log.entry(50, Entry.Kind.REFUSAL, "call-9", Value.Obj.EMPTY);
    var deep =
        new Entry(
            plain.id(),
            plain.tenant(),
            plain.kind(),
            plain.call(),
            plain.task(),
            plain.at(),
            plain.fields(),
            nested(depth),
            plain.salt());
    (isPending ? log.pending : log.entries).add(deep);
    return log;
  }

  @Test
  void whateverIsWrittenCanBeReadHoweverDeepItNests() {
    for (boolean isPending : new boolean[] {false, true}) {
      for (int depth = 1; depth < 90; depth++) {
        var report = SampleLog.verify(withBody(depth, isPending).pack());
        assertThat(report.status())
            .as("depth %d, pending %s", depth, isPending)
            .isEqualTo(VerificationReport.Status.VERIFIED);
        assertThat(report.counts().absentBodies())
            .as("depth %d, pending %s", depth, isPending)
            .isEqualTo(depth > PackForm.MAX_BODY_DEPTH ? 1 : 0);
      }
    }
  }

  @Test
  void aBodyBelowTheBoundIsRefusedEvenWhereTheLineCouldBeRead() {
    var log = withBody(PackForm.MAX_BODY_DEPTH, false);
    String pack = new String(log.pack(), java.nio.charset.StandardCharsets.UTF_8);
    String deeper = pack.replace("\"a\":1}", "\"a\":[1]}").replace("[1]", "[[1]]");

    var report =
        SampleLog.verify(
            deeper.getBytes(java.nio.charset.StandardCharsets.UTF_8),
            Optional.of(SampleLog.trust()),
            Optional.empty());

    assertThat(Json.MAX_DEPTH).isGreaterThan(PackForm.MAX_BODY_DEPTH + 2);
    assertThat(SampleLog.codes(report)).containsExactly(Finding.Code.MALFORMED);
  }
}

package dev.remit.evidence;

import dev.remit.core.evidence.Entry;
import dev.remit.core.value.Value;
import dev.remit.evidence.TwoVerifiersTest.Case;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Packs of a part of the log, whole ones of version 2, and what can be done to them. */
final class PeriodCases {
  private final CaseList cases;
  private final SampleLog log = SampleLog.complete();
  private final String note = log.note(6, Witnesses.ONE);

  PeriodCases(CaseList cases) {
    this.cases = cases;
  }

  /** Entries 2 to 4 of six, with a head after the fifth that a witness saw. */
  byte[] pack() {
    var part = SampleLog.complete();
    part.cosigned.add(part.note(5, Witnesses.ONE));
    return pack(part.period(2, 4, part.note(6, Witnesses.TWO), 5));
  }

  private static byte[] pack(Value.Obj export) {
    return SampleLog.pack(export);
  }

  void gather() {
    cases.add(true, "period", CaseList.POLICY, pack());
    ranges();
    longer();
    witnessed();
    since();
    skips();
    calls();
    periods();
  }

  private void ranges() {
    for (int first = 0; first <= 6; first++) {
      for (int last = first; last <= 6; last++) {
        byte[] pack = pack(log.period(first, last, note));
        cases.add(true, "entries " + first + " to " + last, CaseList.POLICY, pack);
        cases.add(
            false, "of another log: " + first + " to " + last, CaseList.POLICY, other(first, last));
      }
    }
  }

  /** Everything fits but the checkpoint, which is of a log that another key signed. */
  private byte[] other(int first, int last) {
    var own = SampleLog.complete();
    own.signer = SampleLog.signer(SampleLog.INSTALLATION);
    return pack(own.period(first, last, own.note(6)));
  }

  private void longer() {
    var many = SampleLog.complete();
    for (int i = 0; i < 31; i++) {
      many.add(Entry.Kind.REFUSAL, "more-" + i, Value.object("n", i));
    }
    many.pending.clear();
    for (int size = 7; size <= 37; size += 5) {
      for (int first = 0; first < size; first += 4) {
        String head = many.note(size);
        byte[] pack = pack(many.period(first, Math.min(size, first + 5), head));
        cases.add(true, "from " + first + " of " + size, CaseList.KEYS, pack);
      }
    }
  }

  private void witnessed() {
    var part = SampleLog.complete();
    part.cosigned.add(part.note(5, Witnesses.ONE));
    cases.add(
        true, "the shown are witnessed", CaseList.POLICY, pack(part.period(1, 4, log.note(6), 5)));
    cases.add(false, "the shown are not", CaseList.POLICY, pack(part.period(1, 6, log.note(6), 5)));
    cases.add(
        false, "a head within the left out", CaseList.POLICY, pack(part.period(1, 4, log.note(6))));
    var early = SampleLog.complete();
    early.cosigned.add(early.note(1, Witnesses.ONE));
    cases.add(false, "witnessed before", CaseList.POLICY, pack(early.period(2, 4, log.note(6), 1)));
  }

  private void since() {
    for (int older = 0; older <= 6; older++) {
      var keys = Optional.of(CaseList.KEYS);
      var kept = Optional.of(log.note(older));
      byte[] split = pack(log.period(3, 5, note, older));
      cases.add(Case.of("kept " + older + ", split", keys, kept, split, true));
      boolean isSeen = List.of(0, 2, 3, 4, 5, 6).contains(older);
      byte[] whole = pack(log.period(3, 5, note));
      cases.add(Case.of("kept " + older + ", not split", keys, kept, whole, isSeen));
      var fork = SampleLog.complete();
      fork.entries.set(0, fork.entry(90, Entry.Kind.KILL, "", Value.Obj.EMPTY));
      if (older > 0) {
        var forked = Optional.of(fork.note(older));
        cases.add(Case.of("another history kept at " + older, keys, forked, split, false));
      }
    }
  }

  private void skips() {
    var export = log.period(3, 5, note);
    String text = new String(pack(export), StandardCharsets.UTF_8);
    for (String side : List.of("before", "after")) {
      var skip = (Value.Obj) export.items(side).getFirst();
      long until = skip.integer("until").orElseThrow();
      for (long other : List.of(until - 1, until + 1, 1L, 1L << 40, 9007199254740991L)) {
        if (other != until) {
          change(export, side, skip.with("until", Value.of(other)), side + " until " + other);
        }
      }
      List<Value> hashes = skip.items("hashes");
      for (int i = 0; i < hashes.size(); i++) {
        var changed = new ArrayList<>(hashes);
        changed.set(i, Value.of(log.head(i + 1).root().toBase64()));
        if (!changed.equals(hashes)) {
          change(export, side, skip.with("hashes", new Value.Array(changed)), side + " hash " + i);
        }
      }
      var more = new ArrayList<>(hashes);
      more.add(hashes.getFirst());
      change(export, side, skip.with("hashes", new Value.Array(more)), side + " with a hash more");
      cases.bad(side + " twice", pack(export.with(side, doubled(export, side))));
      cases.bad(side + " is missing", pack(export.with(side, new Value.Array(List.of()))));
    }
    for (String shape :
        List.of(
            "{\"hashes\":[],\"until\":3}",
            "{\"hashes\":\"\",\"until\":3}",
            "{\"hashes\":[1],\"until\":3}",
            "{\"hashes\":[\"AAAA\"],\"until\":3}",
            "{\"hashes\":[\"=\"],\"until\":3}",
            "{\"hashes\":[],\"until\":0}",
            "{\"until\":3}",
            "{\"more\":1,\"until\":3}",
            "[]",
            "3",
            "null")) {
      cases.bad(
          "skipped is " + shape,
          text.replaceFirst(
                  "\"skipped\":\\{[^}]*}",
                  java.util.regex.Matcher.quoteReplacement("\"skipped\":" + shape))
              .getBytes(StandardCharsets.UTF_8));
    }
    cases.bad("skipped in version 1", pack(export.with("header", log.header())));
  }

  private static Value.Array doubled(Value.Obj export, String side) {
    var twice = new ArrayList<>(export.items(side));
    twice.addAll(export.items(side));
    return new Value.Array(twice);
  }

  private void change(Value.Obj export, String side, Value.Obj skip, String name) {
    var all = new ArrayList<>(export.items(side));
    all.set(0, skip);
    cases.bad(name, pack(export.with(side, new Value.Array(all))));
  }

  /** With nothing pending, so that more can follow. */
  private static SampleLog complete() {
    var log = SampleLog.complete();
    log.pending.clear();
    return log;
  }

  /** What may stand without its beginning, and what may not. */
  private void calls() {
    var twice = complete();
    twice.add(Entry.Kind.OUTCOME, "call-1", Value.object("outcome", "failed"));
    cases.add(false, "two outcomes", CaseList.KEYS, pack(twice.period(2, 7, twice.note(7))));
    cases.add(true, "the second alone", CaseList.KEYS, pack(twice.period(3, 7, twice.note(7))));
    var late = complete();
    late.add(Entry.Kind.RESOLUTION, "call-1", Value.object("outcome", "failed"));
    late.add(Entry.Kind.OUTCOME, "call-1", Value.object("outcome", "failed"));
    cases.add(true, "resolved later", CaseList.KEYS, pack(late.period(3, 7, late.note(8))));
    cases.add(false, "and ended again", CaseList.KEYS, pack(late.period(3, 8, late.note(8))));
    var again = complete();
    again.add(Entry.Kind.INTENT, "call-1", Value.object("tool", "rmm_reboot"));
    cases.add(false, "begun again", CaseList.KEYS, pack(again.period(2, 7, again.note(7))));
    var open = complete();
    open.add(Entry.Kind.INTENT, "call-4", Value.object("tool", "rmm_reboot"));
    open.add(Entry.Kind.RESOLUTION, "call-4", Value.object("outcome", "failed"));
    cases.add(false, "resolved while open", CaseList.KEYS, pack(open.period(4, 8, open.note(8))));
    cases.add(
        false,
        "no intent, and nothing left out",
        CaseList.KEYS,
        pack(
            log.period(0, 6, note)
                .with("entries", new Value.Array(log.export().items("entries").subList(2, 6)))));
  }

  private void periods() {
    for (String period :
        List.of(
            "{}",
            "null",
            "\"2026\"",
            "{\"from\":\"2026-03-01\"}",
            "{\"from\":1}",
            "{\"until\":\"2026-03-01T10:00Z\"}",
            "{\"from\":\"2026-03-01T10:00:00Z\",\"until\":\"2026-03-01T10:00:00Z\"}",
            "{\"from\":\"2026-03-01T10:00:00.001Z\",\"until\":\"2026-03-01T10:00:00Z\"}",
            "{\"from\":\"2026-03-01T10:00:00Z\",\"to\":\"2026-03-02T10:00:00Z\"}")) {
      String text = new String(pack(log.period(1, 3, note)), StandardCharsets.UTF_8);
      cases.bad(
          "period is " + period,
          text.replace("\"period\":{\"from\":\"2026-03-01T10:00:00Z\"}", "\"period\":" + period)
              .getBytes(StandardCharsets.UTF_8));
    }
    for (String until : List.of("2026-03-01T10:00:00.000000001Z", "2027-01-01T00:00:00Z")) {
      var header =
          log.header()
              .with("version", Value.of(2))
              .with("period", Value.object("from", "2026-03-01T10:00:00Z", "until", until));
      cases.add(true, "until " + until, CaseList.KEYS, pack(log.export().with("header", header)));
    }
    cases.bad(
        "a period in version 1",
        new String(log.pack(), StandardCharsets.UTF_8)
            .replace("\"tenant\":", "\"period\":{\"from\":\"2026-03-01T10:00:00Z\"},\"tenant\":")
            .getBytes(StandardCharsets.UTF_8));
  }
}

package dev.remit.evidence;

import static dev.remit.evidence.SampleLog.pack;

import dev.remit.core.evidence.Entry;
import dev.remit.core.value.Value;
import dev.remit.evidence.TwoVerifiersTest.Case;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Good and bad packs and receipts, with what the reader brings: the cases of two verifiers. */
final class MutationRun {
  private final CaseList cases = new CaseList();
  private final SampleLog log = CaseList.witnessed();

  List<Case> cases() {
    byte[] pack = pack(log.export(log.note(6, Witnesses.TWO)));
    byte[] receipt = log.receipt("call-1", log.note(6, Witnesses.ONE)).toBytes();
    good(pack, receipt);
    mutations("pack", pack);
    mutations("receipt", receipt);
    lines(pack);
    repaired();
    new TrustCases(cases).gather(pack, receipt);
    new WitnessCases(cases).gather();
    new ReceiptCases(cases).gather();
    new MlDsaCases(cases).gather();
    new FormCases(cases).gather();
    var period = new PeriodCases(cases);
    period.gather();
    mutations("period", period.pack());
    lines(period.pack());
    return cases.all();
  }

  private void good(byte[] pack, byte[] receipt) {
    cases.add(true, "pack with CaseList.POLICY", CaseList.POLICY, pack);
    cases.add(true, "pack with keys", CaseList.KEYS, pack);
    cases.add(true, "receipt with CaseList.POLICY", CaseList.POLICY, receipt);
    cases.add(true, "receipt with keys", CaseList.KEYS, receipt);
    for (String call : List.of("call-2", "call-3")) {
      cases.add(
          true, "receipt of " + call, CaseList.KEYS, log.receipt(call, log.note(6)).toBytes());
    }
    cases.add(Case.of("pack without keys", Optional.empty(), Optional.empty(), pack, false));
    cases.add(Case.of("receipt without keys", Optional.empty(), Optional.empty(), receipt, false));
    for (int size = 0; size <= 6; size++) {
      cases.add(
          true,
          "checkpoint of " + size,
          CaseList.KEYS,
          pack(SampleLog.complete().export(log.note(size))));
      cases.add(
          Case.of(
              "since " + size,
              Optional.of(CaseList.KEYS),
              Optional.of(log.note(size)),
              pack,
              true));
    }
  }

  private void mutations(String what, byte[] file) {
    for (int i = 0; i < file.length; i++) {
      byte[] flipped = file.clone();
      flipped[i] ^= (byte) (1 << i % 8);
      cases.bad(what + " with byte " + i + " flipped", flipped);
    }
    for (int length = 0; length < file.length; length += file[length] == '\n' ? 1 : 11) {
      cases.bad(what + " cut to " + length, Arrays.copyOf(file, length));
    }
    for (int i = 0; i < file.length; i += 7) {
      byte[] shorter = Arrays.copyOf(file, file.length - 1);
      System.arraycopy(file, i + 1, shorter, i, file.length - i - 1);
      cases.bad(what + " without byte " + i, shorter);
    }
  }

  private void lines(byte[] pack) {
    List<String> lines = new String(pack, StandardCharsets.UTF_8).lines().toList();
    for (int a = 0; a < lines.size(); a++) {
      cases.bad(lines.size() + " lines: pack up to line " + a, CaseList.join(lines.subList(0, a)));
      var doubled = new ArrayList<>(lines);
      doubled.add(a, lines.get(a));
      cases.bad("pack with line " + a + " twice", CaseList.join(doubled));
      var missing = new ArrayList<>(lines);
      missing.remove(a);
      cases.bad("pack without line " + a, CaseList.join(missing));
      for (int b = a + 1; b < lines.size(); b++) {
        var swapped = new ArrayList<>(lines);
        Collections.swap(swapped, a, b);
        cases.bad("pack with lines " + a + " and " + b + " swapped", CaseList.join(swapped));
      }
    }
  }

  /** Whoever changes something makes hashes, counts and digest fit again. */
  private void repaired() {
    var export = log.export(log.note(6, Witnesses.TWO));
    List<Value> entries = export.items("entries");
    for (int i = 0; i < entries.size(); i++) {
      var entry = (Value.Obj) entries.get(i);
      String leaf = entry.text("leaf").orElseThrow();
      for (int at = 0; at < leaf.length(); at += 3) {
        char other = leaf.charAt(at) == 'x' ? 'y' : 'x';
        var changed =
            entry.with("leaf", Value.of(leaf.substring(0, at) + other + leaf.substring(at + 1)));
        entries(i, changed, "leaf " + i + " changed at " + at);
      }
      entries(i, entry.with("salt", Value.of("f".repeat(32))), "another salt in " + i);
      entries(i, entry.with("body", Value.Obj.EMPTY), "another body in " + i);
      var without = new ArrayList<>(entries);
      var moved = without.remove(i);
      cases.bad("repaired without entry " + i, pack(export.with("entries", renumbered(without))));
      without.add((i + 2) % 6, moved);
      cases.bad(
          "repaired with entry " + i + " moved", pack(export.with("entries", renumbered(without))));
      without.add(moved);
      cases.bad(
          "repaired with entry " + i + " twice", pack(export.with("entries", renumbered(without))));
    }
    cases.bad(
        "one entry more",
        pack(
            SampleLog.complete()
                .add(Entry.Kind.KILL, "", Value.Obj.EMPTY)
                .export(log.note(6))
                .with("cosigned", export.get("cosigned").orElseThrow())));
  }

  private void entries(int index, Value.Obj changed, String name) {
    var export = log.export(log.note(6, Witnesses.TWO));
    var entries = new ArrayList<>(export.items("entries"));
    entries.set(index, changed);
    cases.bad(name, pack(export.with("entries", new Value.Array(entries))));
  }

  private static Value.Array renumbered(List<Value> entries) {
    List<Value> all = new ArrayList<>();
    entries.forEach(e -> all.add(((Value.Obj) e).with("index", Value.of(all.size()))));
    return new Value.Array(all);
  }
}

package dev.remit.evidence;

import static dev.remit.evidence.SampleLog.pack;

import dev.remit.core.evidence.Entry;
import dev.remit.core.value.Value;
import dev.remit.evidence.TwoVerifiersTest.Case;
import dev.remit.log.Checkpoint;
import dev.remit.log.Frontier;
import dev.remit.log.MerkleTree;
import dev.remit.log.Origin;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;

/** Good and bad packs and receipts, with what the reader brings: the cases of two verifiers. */
final class MutationRun {

  private final List<Case> cases = new ArrayList<>();
  private final SampleLog log = witnessed();
  private final String policy = Witnesses.anyOfTwo();
  private final String keys = SampleLog.SIGNER.verifier() + "\n";

  private static SampleLog witnessed() {
    var log = SampleLog.complete();
    log.cosigned.add(log.note(2, Witnesses.ONE));
    return log;
  }

  List<Case> cases() {
    byte[] pack = pack(log.export(log.note(6, Witnesses.TWO)));
    byte[] receipt = log.receipt("call-1", log.note(6, Witnesses.ONE)).toBytes();
    good(pack, receipt);
    mutations("pack", pack);
    mutations("receipt", receipt);
    lines(pack);
    repaired();
    keys(pack, receipt);
    continuity(pack);
    witnesses();
    receipts();
    forms();
    trustFiles(pack);
    return cases;
  }

  private void add(boolean isGood, String name, String trust, byte[] file) {
    cases.add(Case.of(name, Optional.of(trust), Optional.empty(), file, isGood));
  }

  private void bad(String name, byte[] file) {
    add(false, name, policy, file);
  }

  private void good(byte[] pack, byte[] receipt) {
    add(true, "pack with policy", policy, pack);
    add(true, "pack with keys", keys, pack);
    add(true, "receipt with policy", policy, receipt);
    add(true, "receipt with keys", keys, receipt);
    for (String call : List.of("call-2", "call-3")) {
      add(true, "receipt of " + call, keys, log.receipt(call, log.note(6)).toBytes());
    }
    cases.add(Case.of("pack without keys", Optional.empty(), Optional.empty(), pack, false));
    cases.add(Case.of("receipt without keys", Optional.empty(), Optional.empty(), receipt, false));
    for (int size = 0; size <= 6; size++) {
      add(true, "checkpoint of " + size, keys, pack(SampleLog.complete().export(log.note(size))));
      cases.add(
          Case.of("since " + size, Optional.of(keys), Optional.of(log.note(size)), pack, true));
    }
  }

  private void mutations(String what, byte[] file) {
    for (int i = 0; i < file.length; i++) {
      byte[] flipped = file.clone();
      flipped[i] ^= (byte) (1 << i % 8);
      bad(what + " with byte " + i + " flipped", flipped);
    }
    for (int length = 0; length < file.length; length += file[length] == '\n' ? 1 : 11) {
      bad(what + " cut to " + length, Arrays.copyOf(file, length));
    }
    for (int i = 0; i < file.length; i += 7) {
      byte[] shorter = Arrays.copyOf(file, file.length - 1);
      System.arraycopy(file, i + 1, shorter, i, file.length - i - 1);
      bad(what + " without byte " + i, shorter);
    }
  }

  private void lines(byte[] pack) {
    List<String> lines = new String(pack, StandardCharsets.UTF_8).lines().toList();
    for (int a = 0; a < lines.size(); a++) {
      bad("pack up to line " + a, join(lines.subList(0, a)));
      var doubled = new ArrayList<>(lines);
      doubled.add(a, lines.get(a));
      bad("pack with line " + a + " twice", join(doubled));
      var missing = new ArrayList<>(lines);
      missing.remove(a);
      bad("pack without line " + a, join(missing));
      for (int b = a + 1; b < lines.size(); b++) {
        var swapped = new ArrayList<>(lines);
        Collections.swap(swapped, a, b);
        bad("pack with lines " + a + " and " + b + " swapped", join(swapped));
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
      bad("repaired without entry " + i, pack(export.with("entries", renumbered(without))));
      without.add((i + 2) % 6, moved);
      bad("repaired with entry " + i + " moved", pack(export.with("entries", renumbered(without))));
      without.add(moved);
      bad("repaired with entry " + i + " twice", pack(export.with("entries", renumbered(without))));
    }
    bad(
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
    bad(name, pack(export.with("entries", new Value.Array(entries))));
  }

  private static Value.Array renumbered(List<Value> entries) {
    List<Value> all = new ArrayList<>();
    entries.forEach(e -> all.add(((Value.Obj) e).with("index", Value.of(all.size()))));
    return new Value.Array(all);
  }

  private void keys(byte[] pack, byte[] receipt) {
    var other = SampleLog.signer(SampleLog.INSTALLATION);
    var resigned = witnessed();
    resigned.signer = other;
    resigned.cosigned.clear();
    bad("pack signed with another key", resigned.pack());
    bad("receipt signed with another key", resigned.receipt("call-1", resigned.note(6)).toBytes());
    add(false, "pack with keys of another", other.verifier() + "\n", pack);
    add(false, "receipt with keys of another", other.verifier() + "\n", receipt);
    String elsewhere = SampleLog.signer("ffffffffffffffff").verifier() + "\n";
    add(false, "pack with keys of another installation", elsewhere, pack);
    String own = new String(resigned.pack(), StandardCharsets.UTF_8);
    String brought = "\"exportedAt\"";
    bad(
        "pack that brings its own keys",
        own.replaceFirst(brought, "\"keys\":\"" + other.verifier() + "\"," + brought)
            .getBytes(StandardCharsets.UTF_8));
    bad(
        "pack that brings its own keys in place",
        own.replaceFirst(",\"origin\"", ",\"keys\":\"" + other.verifier() + "\",\"origin\"")
            .getBytes(StandardCharsets.UTF_8));
    resigned.signer = SampleLog.signer("ffffffffffffffff");
    add(false, "pack signed by another installation", keys + elsewhere, resigned.pack());
    add(
        false,
        "pack signed by another trusted installation",
        keys + resigned.signer.verifier() + "\n",
        resigned.pack());
  }

  private void continuity(byte[] pack) {
    var fork = SampleLog.complete();
    fork.entries.set(1, fork.entry(70, Entry.Kind.REFUSAL, "call-9", Value.Obj.EMPTY));
    var longer = SampleLog.complete().add(Entry.Kind.KILL, "", Value.Obj.EMPTY);
    for (int size = 0; size <= 6; size++) {
      boolean isSame = size < 2;
      since("since a fork at " + size, fork.note(size), pack, isSame);
    }
    since("since a longer log", longer.note(7), pack, false);
    since("since nonsense", "nonsense", pack, false);
    since("since nothing", "", pack, false);
    var other = witnessed();
    other.signer = SampleLog.signer(SampleLog.INSTALLATION);
    since("since another key", other.note(3), pack, false);
    bad("old checkpoint of a fork", pack(SampleLog.complete().export(fork.note(6))));
    bad("old checkpoint over more entries", pack(fork.export(log.note(6))));
  }

  private void since(String name, String checkpoint, byte[] pack, boolean isGood) {
    cases.add(Case.of(name, Optional.of(keys), Optional.of(checkpoint), pack, isGood));
  }

  private void witnesses() {
    add(false, "nobody cosigned", policy, SampleLog.complete().pack());
    add(false, "one of two", Witnesses.bothOfTwo(), pack(log.export(log.note(6, Witnesses.ONE))));
    byte[] both = pack(log.export(log.note(6, Witnesses.ONE, Witnesses.TWO)));
    add(true, "two of two", Witnesses.bothOfTwo(), both);
    add(false, "another witness", Witnesses.auditor(), both);
    byte[] newer = pack(log.export(log.note(6, Witnesses.AUDITOR)));
    add(true, "auditor", Witnesses.auditor(), newer);
    for (int i = 0; i < 40; i++) {
      String note = log.note(6, Witnesses.AUDITOR);
      int at = note.lastIndexOf(' ') + 1 + 7 + i * 80;
      char other = note.charAt(at) == 'A' ? 'B' : 'A';
      String spoiled = note.substring(0, at) + other + note.substring(at + 1);
      add(false, "auditor spoiled at " + at, Witnesses.auditor(), pack(log.export(spoiled)));
    }
    String other = log.note(5, Witnesses.ONE);
    String wrong = log.note(6) + other.substring(other.lastIndexOf("— "));
    bad("cosignature of another checkpoint", pack(log.export(wrong)));
    add(true, "wrong cosignature nobody asks for", keys, pack(log.export(wrong)));
    bad("receipt with it", log.receipt("call-1", wrong).toBytes());
    var fork = SampleLog.complete();
    fork.entries.set(1, fork.entry(71, Entry.Kind.REFUSAL, "call-9", Value.Obj.EMPTY));
    for (List<String> notes :
        List.of(
            List.of(fork.note(4, Witnesses.ONE)),
            List.of(fork.note(6, Witnesses.ONE)),
            List.of(log.note(4, Witnesses.ONE), log.note(4, Witnesses.TWO)),
            List.of(log.note(4, Witnesses.ONE), log.note(3, Witnesses.TWO)),
            List.of(
                SampleLog.complete()
                    .add(Entry.Kind.KILL, "", Value.Obj.EMPTY)
                    .note(7, Witnesses.ONE)),
            List.of(wrong),
            List.of("nonsense"))) {
      var bad = SampleLog.complete();
      bad.cosigned.addAll(notes);
      bad("cosigned " + notes.hashCode(), pack(bad.export(log.note(6, Witnesses.TWO))));
    }
    var empty = SampleLog.complete();
    empty.cosigned.add(empty.note(0, Witnesses.ONE));
    bad("the empty log cosigned", empty.pack());
  }

  private void receipts() {
    var first = log.receipt("call-1", log.note(6, Witnesses.ONE));
    var third = log.receipt("call-3", log.note(6, Witnesses.ONE));
    var mixed = new ArrayList<Receipt.Item>();
    for (int i = 0; i < 2; i++) {
      var item = first.items().get(i);
      mixed.add(new Receipt.Item(item.index(), item.content(), third.items().get(i).path()));
    }
    bad("proof of another leaf", new Receipt(mixed, first.checkpoint()).toBytes());
    var both = new ArrayList<>(first.items());
    both.addAll(third.items());
    bad("two calls in a receipt", new Receipt(both, first.checkpoint()).toBytes());
    bad("outcome alone", new Receipt(first.items().subList(1, 2), first.checkpoint()).toBytes());
    add(
        true,
        "intent alone",
        policy,
        new Receipt(first.items().subList(0, 1), first.checkpoint()).toBytes());
    var older = log.receipt("call-1", log.note(4, Witnesses.ONE));
    bad("older checkpoint", new Receipt(first.items(), older.checkpoint()).toBytes());
    add(true, "receipt on an older checkpoint", policy, older.toBytes());
    var fork = SampleLog.complete();
    fork.entries.set(4, fork.entry(72, Entry.Kind.REFUSAL, "call-9", Value.Obj.EMPTY));
    var forked = fork.receipt("call-1", fork.note(6, Witnesses.ONE));
    bad("forked head", new Receipt(first.items(), forked.checkpoint()).toBytes());
    var origin = new Origin("example.com/other");
    var odd = new Checkpoint(origin, log.head(6)).sign(SampleLog.SIGNER);
    bad("receipt of another kind of log", new Receipt(first.items(), odd).toBytes());
    var item = first.items().getFirst();
    var far =
        new Receipt.Item(
            item.index(), item.content(), Collections.nCopies(63, MerkleTree.emptyRoot()));
    bad("a long path", new Receipt(List.of(far), first.checkpoint()).toBytes());
  }

  /** Spellings and shapes of JSON that are not those of a pack. */
  private void forms() {
    String text = new String(pack(log.export(log.note(6, Witnesses.TWO))), StandardCharsets.UTF_8);
    String version = "\"version\":1";
    for (String other :
        List.of(
            "\"version\":1.0",
            "\"version\":1e0",
            "\"version\":01",
            "\"version\":-1",
            "\"version\":\"1\"",
            "\"version\":null",
            "\"version\":true",
            "\"version\":[1]",
            "\"version\":2",
            "\"version\":9007199254740993",
            "\"version\":1e999",
            "\"version\":-0",
            "\"version\":1,\"version\":1",
            "\"version\": 1",
            "\"version\":1 ",
            "\"version\":1,",
            "\"version\":0.1",
            "\"\\u0076ersion\":1",
            "\"version\":\u00a01",
            "\"version\":+1",
            "\"version\":{}",
            "\"version\":" + "[".repeat(70) + "]".repeat(70),
            "\"version\":\"\\ud800\"",
            "\"version\":\"\\x\"",
            "\"version\":\"\u0001\"",
            "\"version\":tru",
            "\"version\":NaN",
            "\"version\":'1'",
            "\"version\":1//")) {
      bad(
          "header with " + other,
          text.replaceFirst(version, Matcher.quoteReplacement(other))
              .getBytes(StandardCharsets.UTF_8));
    }
    for (String all :
        List.of(
            "",
            "\n",
            "{}\n",
            "[]\n",
            "null\n",
            "\"a\"\n",
            "1\n",
            "{\"end\":1}\n",
            "\ufeff" + text,
            " " + text,
            text + "\n",
            text + text,
            text + "{}\n",
            text.replace("\n", "\r\n"),
            "c2sp.org/tlog-proof@v1",
            "c2sp.org/tlog-proof@v1\n\n",
            "c2sp.org/tlog-proof@v1\nextra \nindex 0\n\n")) {
      bad("pack is " + all.length() + " " + all.hashCode(), all.getBytes(StandardCharsets.UTF_8));
    }
    for (String tenant : List.of("Harbor", "-a", "a-", "a".repeat(64), "", "_other", "ä")) {
      bad(
          "tenant " + tenant,
          text.replace("harbor-dental", tenant).getBytes(StandardCharsets.UTF_8));
    }
    for (String at :
        List.of(
            "2026-02-29T10:00:00Z",
            "2026-03-01T24:00:00Z",
            "2026-03-01T10:00Z",
            "2026-03-01T10:00:00.10Z",
            "2026-03-01T10:00:00.000Z",
            "+12026-03-01T10:00:00Z",
            "2026-03-01T10:00:60Z",
            "2026-13-01T10:00:00Z",
            "2026-03-01t10:00:00Z",
            "2026-03-01T10:00:00+00:00",
            "2026-03-01T10:00:00.100000Z",
            "2024-02-29T23:59:59.123456789Z",
            "0000-01-01T00:00:00Z")) {
      time(at);
    }
  }

  /** An entry at a time, in a log that is signed over it. */
  private void time(String at) {
    var odd = SampleLog.complete();
    var entry = (Value.Obj) odd.export().items("entries").getFirst();
    String leaf = entry.text("leaf").orElseThrow().replace("2026-03-01T10:00:00Z", at);
    var frontier = new Frontier();
    frontier.append(MerkleTree.hashLeaf(leaf.getBytes(StandardCharsets.UTF_8)));
    var origin = new Origin("remit/" + SampleLog.INSTALLATION + "/harbor-dental");
    String note = new Checkpoint(origin, frontier.head()).sign(SampleLog.SIGNER).toString();
    var export =
        odd.export(note)
            .with("entries", new Value.Array(List.of(entry.with("leaf", Value.of(leaf)))))
            .with("pending", new Value.Array(List.of()));
    boolean isGood = at.startsWith("2024") || at.startsWith("0000");
    add(isGood, "an entry at " + at, keys, pack(export));
  }

  private void trustFiles(byte[] pack) {
    String key = SampleLog.SIGNER.verifier().toString();
    String one = Witnesses.ONE.verifier().toString();
    for (String text :
        List.of(
            "",
            "\n",
            "# nothing",
            "a key",
            key + "\nmore",
            one,
            key + "x",
            key.replace("+", " "),
            "log " + key,
            "log " + key + "\nquorum one",
            "quorum none",
            "log " + key + "\nlog " + key + "\nquorum none",
            "log " + one + "\nquorum none",
            "log " + key + "\nwitness one " + key + "\nquorum none",
            "log " + key + "\nwitness none " + one + "\nquorum none",
            "log " + key + "\nwitness w " + one + "\nwitness v " + one + "\nquorum w",
            "log " + key + "\nwitness w " + one + "\ngroup g 0 w\nquorum g",
            "log " + key + "\nwitness w " + one + "\ngroup g 2 w\nquorum g",
            "log " + key + "\nwitness w " + one + "\ngroup g any w w\nquorum g",
            "log " + key + "\nwitness w " + one + "\ngroup g any\nquorum g",
            "log " + key + "\nquorum none\nquorum none",
            "log " + key + "\nquorum none\u0001",
            "log " + key + "\nwitness w " + one + "\nquorum w")) {
      add(false, "trust file " + text.hashCode(), text, pack);
    }
    add(true, "trust in a policy without quorum", "log " + key + "\nquorum none\n", pack);
    add(true, "trust in one key twice", key + "\n\n#\n  " + key + "  \n", pack);
  }

  private static byte[] join(List<String> lines) {
    String text = String.join("\n", lines);
    return (text.isEmpty() ? "" : text + "\n").getBytes(StandardCharsets.UTF_8);
  }
}

package dev.remit.evidence;

import static dev.remit.evidence.SampleLog.pack;

import dev.remit.core.evidence.Entry;
import dev.remit.core.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Trust that is none, of others, or brought by the file itself; and older checkpoints. */
final class TrustCases {
  private final CaseList cases;
  private final SampleLog log = CaseList.witnessed();

  TrustCases(CaseList cases) {
    this.cases = cases;
  }

  void gather(byte[] pack, byte[] receipt) {
    keys(pack, receipt);
    continuity(pack);
    trustFiles(pack);
  }

  private void keys(byte[] pack, byte[] receipt) {
    var other = SampleLog.signer(SampleLog.INSTALLATION);
    var resigned = CaseList.witnessed();
    resigned.signer = other;
    resigned.cosigned.clear();
    cases.bad("pack signed with another key", resigned.pack());
    cases.bad(
        "receipt signed with another key", resigned.receipt("call-1", resigned.note(6)).toBytes());
    cases.add(false, "pack with keys of another", other.verifier() + "\n", pack);
    cases.add(false, "receipt with keys of another", other.verifier() + "\n", receipt);
    String elsewhere = SampleLog.signer("ffffffffffffffff").verifier() + "\n";
    cases.add(false, "pack with keys of another installation", elsewhere, pack);
    String own = new String(resigned.pack(), StandardCharsets.UTF_8);
    String brought = "\"exportedAt\"";
    cases.bad(
        "pack that brings its own keys",
        own.replaceFirst(brought, "\"keys\":\"" + other.verifier() + "\"," + brought)
            .getBytes(StandardCharsets.UTF_8));
    cases.bad(
        "pack that brings its own keys in place",
        own.replaceFirst(",\"origin\"", ",\"keys\":\"" + other.verifier() + "\",\"origin\"")
            .getBytes(StandardCharsets.UTF_8));
    resigned.signer = SampleLog.signer("ffffffffffffffff");
    cases.add(
        false, "pack signed by another installation", CaseList.KEYS + elsewhere, resigned.pack());
    cases.add(
        false,
        "pack signed by another trusted installation",
        CaseList.KEYS + resigned.signer.verifier() + "\n",
        resigned.pack());
  }

  private void continuity(byte[] pack) {
    var fork = SampleLog.complete();
    fork.entries.set(1, fork.entry(70, Entry.Kind.REFUSAL, "call-9", Value.Obj.EMPTY));
    var longer = SampleLog.complete().add(Entry.Kind.KILL, "", Value.Obj.EMPTY);
    for (int size = 0; size <= 6; size++) {
      boolean isSame = size < 2;
      cases.since("since a fork at " + size, fork.note(size), pack, isSame);
    }
    cases.since("since a longer log", longer.note(7), pack, false);
    cases.since("since nonsense", "nonsense", pack, false);
    cases.since("since nothing", "", pack, false);
    var other = CaseList.witnessed();
    other.signer = SampleLog.signer(SampleLog.INSTALLATION);
    cases.since("since another key", other.note(3), pack, false);
    cases.bad("old checkpoint of a fork", pack(SampleLog.complete().export(fork.note(6))));
    cases.bad("old checkpoint over more entries", pack(fork.export(log.note(6))));
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
      cases.add(false, "trust file " + text.hashCode(), text, pack);
    }
    cases.add(
        true, "trust in a CaseList.POLICY without quorum", "log " + key + "\nquorum none\n", pack);
    cases.add(true, "trust in one key twice", key + "\n\n#\n  " + key + "  \n", pack);
  }
}

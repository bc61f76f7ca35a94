package dev.remit.evidence;

import static dev.remit.evidence.SampleLog.pack;

import dev.remit.log.KeyName;
import dev.remit.log.MlDsa44Cosigner;
import dev.remit.log.SignedNote;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Heads that the log's own ML-DSA-44 key signed, beside its Ed25519 key or alone. */
final class MlDsaCases {

  /** The log's own. */
  static final MlDsa44Cosigner KEY = key(SampleLog.INSTALLATION);

  private static final String ALONE = KEY.verifier() + "\n";
  private static final String BOTH = CaseList.KEYS + ALONE;

  private final CaseList cases;
  private final SampleLog log = SampleLog.complete();

  MlDsaCases(CaseList cases) {
    this.cases = cases;
  }

  private static MlDsa44Cosigner key(String installation) {
    return MlDsa44Cosigner.forLog(new KeyName("remit/" + installation), new SecureRandom());
  }

  void gather() {
    String note = log.note(6, KEY);
    of(
        note,
        (name, file) -> {
          for (String trust : List.of(ALONE, BOTH, CaseList.KEYS, policy(""), policy(witness()))) {
            boolean isGood = !trust.contains("quorum one");
            cases.add(isGood, name + " under both kinds, trust " + trust.length(), trust, file);
          }
          cases.add(
              false,
              name + ", key of another",
              key(SampleLog.INSTALLATION).verifier() + "\n",
              file);
          cases.add(
              false,
              name + ", other installation",
              key("ffffffffffffffff").verifier() + "\n",
              file);
          cases.add(
              false,
              name + ", log as its own witness",
              policy("witness one " + KEY.verifier() + "\n"),
              file);
        });
    of(
        without(note, 0),
        (name, file) -> {
          cases.add(true, name + " under ml-dsa alone", ALONE, file);
          cases.add(false, name + " without the ed25519 signature", CaseList.KEYS, file);
        });
    of(
        log.note(6),
        (name, file) -> cases.add(false, name + " without the ml-dsa signature", ALONE, file));
    spoiled(note);
  }

  private static String policy(String witness) {
    return "log "
        + KEY.verifier()
        + "\n"
        + witness
        + "quorum "
        + (witness.isEmpty() ? "none" : "one")
        + "\n";
  }

  private static String witness() {
    return "witness one " + Witnesses.AUDITOR.verifier() + "\n";
  }

  private void of(String note, BiConsumer<String, byte[]> each) {
    each.accept("pack", pack(log.export(note)));
    each.accept("receipt", log.receipt("call-1", note).toBytes());
  }

  /** The note without one of its signatures. */
  private static String without(String note, int signature) {
    var signed = SignedNote.parse(note.getBytes(StandardCharsets.UTF_8));
    var left = new ArrayList<>(signed.signatures());
    left.remove(signature);
    return new SignedNote(signed.text(), left).toString();
  }

  private void spoiled(String note) {
    int from = note.lastIndexOf(' ') + 1 + 7;
    for (int i = 0; i < 20; i++) {
      int at = from + i * 160;
      char other = note.charAt(at) == 'A' ? 'B' : 'A';
      String spoiled = note.substring(0, at) + other + note.substring(at + 1);
      for (String trust : List.of(ALONE, BOTH)) {
        cases.add(false, "ml-dsa spoiled at " + at, trust, pack(log.export(spoiled)));
      }
      cases.add(true, "spoiled, nobody asks", CaseList.KEYS, pack(log.export(spoiled)));
    }
    var older = SignedNote.parse(log.note(5, KEY).getBytes(StandardCharsets.UTF_8));
    var newer = SignedNote.parse(log.note(6).getBytes(StandardCharsets.UTF_8));
    String moved = newer.with(older.signatures().getLast()).toString();
    cases.add(false, "ml-dsa signature of another head", ALONE, pack(log.export(moved)));
    cases.add(false, "ml-dsa signature of another head, both", BOTH, pack(log.export(moved)));
  }
}

package dev.remit.evidence;

import static dev.remit.evidence.SampleLog.pack;

import dev.remit.core.evidence.Entry;
import dev.remit.core.value.Value;
import java.util.List;

/** Packs whose checkpoints witnesses cosigned, enough of them or not, and wrongly. */
final class WitnessCases {
  private final CaseList cases;
  private final SampleLog log = CaseList.witnessed();

  WitnessCases(CaseList cases) {
    this.cases = cases;
  }

  void gather() {
    witnesses();
    cosigned();
  }

  private void witnesses() {
    cases.add(false, "nobody cosigned", CaseList.POLICY, SampleLog.complete().pack());
    cases.add(
        false, "one of two", Witnesses.bothOfTwo(), pack(log.export(log.note(6, Witnesses.ONE))));
    byte[] both = pack(log.export(log.note(6, Witnesses.ONE, Witnesses.TWO)));
    cases.add(true, "two of two", Witnesses.bothOfTwo(), both);
    cases.add(false, "another witness", Witnesses.auditor(), both);
    byte[] newer = pack(log.export(log.note(6, Witnesses.AUDITOR)));
    cases.add(true, "auditor", Witnesses.auditor(), newer);
    for (int i = 0; i < 40; i++) {
      String note = log.note(6, Witnesses.AUDITOR);
      int at = note.lastIndexOf(' ') + 1 + 7 + i * 80;
      char other = note.charAt(at) == 'A' ? 'B' : 'A';
      String spoiled = note.substring(0, at) + other + note.substring(at + 1);
      cases.add(false, "auditor spoiled at " + at, Witnesses.auditor(), pack(log.export(spoiled)));
    }
    String wrong = wrong();
    cases.bad("cosignature of another checkpoint", pack(log.export(wrong)));
    cases.add(true, "wrong cosignature nobody asks for", CaseList.KEYS, pack(log.export(wrong)));
    cases.bad("receipt with it", log.receipt("call-1", wrong).toBytes());
  }

  private void cosigned() {
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
            List.of(wrong()),
            List.of("nonsense"))) {
      var bad = SampleLog.complete();
      bad.cosigned.addAll(notes);
      cases.bad("cosigned " + notes.hashCode(), pack(bad.export(log.note(6, Witnesses.TWO))));
    }
    var empty = SampleLog.complete();
    empty.cosigned.add(empty.note(0, Witnesses.ONE));
    cases.bad("the empty log cosigned", empty.pack());
  }

  /** The last checkpoint with the cosignature of another. */
  private String wrong() {
    String other = log.note(5, Witnesses.ONE);
    return log.note(6) + other.substring(other.lastIndexOf("— "));
  }
}

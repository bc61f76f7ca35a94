package dev.remit.evidence;

import dev.remit.core.evidence.Entry;
import dev.remit.core.value.Value;
import dev.remit.log.Checkpoint;
import dev.remit.log.MerkleTree;
import dev.remit.log.Origin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Receipts whose parts come from elsewhere. */
final class ReceiptCases {
  private final CaseList cases;
  private final SampleLog log = CaseList.witnessed();

  ReceiptCases(CaseList cases) {
    this.cases = cases;
  }

  void gather() {
    var first = log.receipt("call-1", log.note(6, Witnesses.ONE));
    var third = log.receipt("call-3", log.note(6, Witnesses.ONE));
    var mixed = new ArrayList<Receipt.Item>();
    for (int i = 0; i < 2; i++) {
      var item = first.items().get(i);
      mixed.add(new Receipt.Item(item.index(), item.content(), third.items().get(i).path()));
    }
    cases.bad("proof of another leaf", new Receipt(mixed, first.checkpoint()).toBytes());
    var both = new ArrayList<>(first.items());
    both.addAll(third.items());
    cases.bad("two calls in a receipt", new Receipt(both, first.checkpoint()).toBytes());
    cases.bad(
        "outcome alone", new Receipt(first.items().subList(1, 2), first.checkpoint()).toBytes());
    cases.add(
        true,
        "intent alone",
        CaseList.POLICY,
        new Receipt(first.items().subList(0, 1), first.checkpoint()).toBytes());
    var older = log.receipt("call-1", log.note(4, Witnesses.ONE));
    cases.bad("older checkpoint", new Receipt(first.items(), older.checkpoint()).toBytes());
    cases.add(true, "receipt on an older checkpoint", CaseList.POLICY, older.toBytes());
    var fork = SampleLog.complete();
    fork.entries.set(4, fork.entry(72, Entry.Kind.REFUSAL, "call-9", Value.Obj.EMPTY));
    var forked = fork.receipt("call-1", fork.note(6, Witnesses.ONE));
    cases.bad("forked head", new Receipt(first.items(), forked.checkpoint()).toBytes());
    var origin = new Origin("example.com/other");
    var odd = new Checkpoint(origin, log.head(6)).sign(SampleLog.SIGNER);
    cases.bad("receipt of another kind of log", new Receipt(first.items(), odd).toBytes());
    var item = first.items().getFirst();
    var far =
        new Receipt.Item(
            item.index(), item.content(), Collections.nCopies(63, MerkleTree.emptyRoot()));
    cases.bad("a long path", new Receipt(List.of(far), first.checkpoint()).toBytes());
  }
}

package dev.remit.evidence.reconcile;

import dev.remit.core.value.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Acts and receipts in pairs, and what is left over.
 *
 * <p>Each receipt answers for one act and each act for one receipt, so that a second act under
 * cover of a receipt is left over. First come acts that bear a name which a receipt has as well:
 * the vendor's own name of the work, or a trace. The other pairs are made in the order of time,
 * with the receipt whose time ends first. An act by a principal that was made for one call pairs
 * with that call alone. A receipt of a read answers for an act only where the log holds reads:
 * elsewhere every act is a change, and no read covers one.
 *
 * @param pairs the act of each call that has one
 * @param around acts of the MSP's principals without a receipt
 * @param unanswered receipts of effects that succeeded, without an act
 * @param notJudged what was left out and why
 */
public record Reconciliation(
    Map<String, Act> pairs, List<Act> around, List<Unanswered> unanswered, List<String> notJudged) {

  /** A receipt that no act of the log answers to. */
  public record Unanswered(
      String call, Instant at, String agent, String tool, Set<String> targets) {
    public Unanswered {
      targets = Set.copyOf(targets);
    }
  }

  public Reconciliation {
    pairs = Map.copyOf(pairs);
    around = List.copyOf(around);
    unanswered = List.copyOf(unanswered);
    notJudged = List.copyOf(notJudged);
  }

  /** Holds a log against a pack. It reads the pack and believes it: verify the pack as well. */
  public static Reconciliation of(Path pack, VendorLog log, Rules rules) throws IOException {
    return of(Receipted.read(pack), log, rules);
  }

  static Reconciliation of(Receipted.OfPack pack, VendorLog log, Rules rules) {
    return new Run(pack, log, rules).result();
  }

  /** Whether nothing is left over. */
  public boolean isClean() {
    return around.isEmpty() && unanswered.isEmpty();
  }

  /** One pairing. */
  private static final class Run {
    private final Receipted.OfPack pack;
    private final VendorLog log;
    private final Rules rules;
    private final List<Receipted> open;
    private final Set<String> ownPrincipals = new HashSet<>();
    private final Map<String, List<Receipted>> named = new HashMap<>();
    private final Map<String, Act> pairs = new LinkedHashMap<>();
    private final List<Act> around = new ArrayList<>();
    private final Duration longest;
    private int alive;
    private long others;
    private long system;
    private long outside;

    Run(Receipted.OfPack pack, VendorLog log, Rules rules) {
      this.pack = pack;
      this.log = log;
      this.rules = rules;
      this.open =
          new ArrayList<>(
              pack.calls().stream()
                  .filter(call -> isOfConnectors(call) && (rules.reads() || !call.isRead()))
                  .sorted(Comparator.comparing(Receipted::until).thenComparing(Receipted::call))
                  .toList());
      open.forEach(call ->
          call.references()
              .forEach(name -> named.computeIfAbsent(name, n -> new ArrayList<>()).add(call)));
      this.longest =
          open.stream()
              .map(call -> Duration.between(call.from(), endOf(call)))
              .max(Duration::compareTo)
              .orElse(Duration.ZERO);
      pack.calls().stream()
          .filter(this::isOfConnectors)
          .forEach(call -> call.principal().ifPresent(ownPrincipals::add));
    }

    private boolean isOfConnectors(Receipted call) {
      return rules.connectors().isEmpty() || rules.connectors().contains(call.connector());
    }

    Reconciliation result() {
      log.acts().stream()
          .sorted(Comparator.comparing(Act::at).thenComparing(Act::id))
          .filter(act -> !isNamed(act))
          .toList()
          .forEach(this::act);
      List<Unanswered> unanswered = new ArrayList<>();
      long beyond = 0;
      for (Receipted call : open) {
        if (!pairs.containsKey(call.call()) && call.isDone()) {
          if (isCovered(call)) {
            unanswered.add(
                new Unanswered(
                    call.call(), call.from(), call.agent(), call.tool(), call.targets()));
          } else {
            beyond++;
          }
        }
      }
      unanswered.sort(Comparator.comparing(Unanswered::at).thenComparing(Unanswered::call));
      return new Reconciliation(pairs, around, unanswered, notJudged(beyond));
    }

    /** Pairs an act with the call whose name it bears; false where there is none. */
    private boolean isNamed(Act act) {
      Optional<Receipted> receipt =
          act.references().stream()
              .flatMap(name -> named.getOrDefault(name, List.of()).stream())
              .filter(call -> !pairs.containsKey(call.call()))
              .filter(call -> isItsTarget(call, act) && rules.canMake(call.tool(), act.kind()))
              .findFirst();
      receipt.ifPresent(call -> pairs.put(call.call(), act));
      return receipt.isPresent();
    }

    private void act(Act act) {
      boolean isByLease = act.principals().stream().anyMatch(ownPrincipals::contains);
      if (act.principals().isEmpty()) {
        system++;
      } else if (!isByLease && !rules.isOfMsp(act)) {
        others++;
      } else {
        Optional<Receipted> receipt = receipt(act, isByLease);
        if (receipt.isPresent()) {
          pairs.put(receipt.get().call(), act);
        } else if (isOutsideThePack(act)) {
          outside++;
        } else {
          around.add(act);
        }
      }
    }

    /** The one that ends first; acts come in time, so what ended before this one is never back. */
    private Optional<Receipted> receipt(Act act, boolean isByLease) {
      while (alive < open.size() && endOf(open.get(alive)).isBefore(act.at())) {
        alive++;
      }
      for (int i = alive; i < open.size(); i++) {
        Receipted call = open.get(i);
        if (endOf(call).minus(longest).isAfter(act.at().plus(rules.window()))) {
          break;
        }
        if (!pairs.containsKey(call.call()) && answers(call, act, isByLease)) {
          return Optional.of(call);
        }
      }
      return Optional.empty();
    }

    private Instant endOf(Receipted call) {
      return call.until().plus(rules.window());
    }

    private boolean answers(Receipted call, Act act, boolean isByLease) {
      boolean isItsPrincipal = call.principal().filter(act.principals()::contains).isPresent();
      boolean isInTime =
          !act.at().isBefore(call.from().minus(rules.window()))
              && !act.at().isAfter(call.until().plus(rules.window()));
      return isInTime
          && isItsTarget(call, act)
          && (!isByLease || isItsPrincipal)
          && rules.canMake(call.tool(), act.kind());
    }

    private static boolean isItsTarget(Receipted call, Act act) {
      return act.targets().isEmpty()
          || call.targets().isEmpty()
          || act.targets().stream().anyMatch(call.targets()::contains);
    }

    /** The pack cannot hold a receipt of what was before its first or after its last entry. */
    private boolean isOutsideThePack(Act act) {
      return act.at().isBefore(pack.first().minus(rules.window()))
          || act.at().isAfter(pack.last().plus(rules.window()));
    }

    private boolean isCovered(Receipted call) {
      Optional<Instant> from = rules.from().or(log::first);
      Optional<Instant> until = rules.until().or(log::last);
      return from.isPresent()
          && until.isPresent()
          && !call.from().isBefore(from.get())
          && !call.until().isAfter(until.get());
    }

    private List<String> notJudged(long beyond) {
      List<String> list = new ArrayList<>();
      if (outside > 0) {
        list.add(
            outside
                + " acts of the MSP's principals outside the time of the pack, "
                + pack.first()
                + " to "
                + pack.last()
                + ": take a newer pack");
      }
      if (beyond > 0) {
        list.add(
            beyond
                + " receipts outside the time of the log, "
                + rules.from().or(log::first).map(Instant::toString).orElse("no act")
                + " to "
                + rules.until().or(log::last).map(Instant::toString).orElse("no act")
                + ": export a longer log, or say `from` and `until` in the rules");
      }
      if (system > 0) {
        list.add(system + " acts that the log gives no principal for");
      }
      if (others > 0) {
        list.add(others + " acts of principals that the rules do not give to the MSP");
      }
      list.add("whether the vendor's log is complete: it is as good as its export");
      return list;
    }
  }

  /** For programs; names are stable. */
  public Value.Obj toValue() {
    List<Value> acts = new ArrayList<>();
    for (Act act : around) {
      acts.add(
          Value.object(
              "id", act.id(),
              "at", act.at().toString(),
              "principals", Value.texts(act.principals().stream().sorted().toList()),
              "targets", Value.texts(act.targets().stream().sorted().toList()),
              "kind", act.kind(),
              "words", act.words()));
    }
    List<Value> receipts = new ArrayList<>();
    for (Unanswered receipt : unanswered) {
      receipts.add(
          Value.object(
              "call", receipt.call(),
              "at", receipt.at().toString(),
              "agent", receipt.agent(),
              "tool", receipt.tool(),
              "targets", Value.texts(receipt.targets().stream().sorted().toList())));
    }
    return Value.object(
        "paired",
        pairs.size(),
        "actsWithoutReceipt",
        new Value.Array(acts),
        "receiptsWithoutAct",
        new Value.Array(receipts),
        "notJudged",
        Value.texts(notJudged));
  }

  /** For people. What outsiders wrote stands in it as it is: print it with care. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        isClean()
            ? "nothing went around Remit in what was judged"
            : around.size()
                + " acts without a receipt, "
                + unanswered.size()
                + " receipts without an act");
    lines.add(pairs.size() + " acts have their receipt");
    for (Act act : around) {
      lines.add(
          "without a receipt: "
              + act.at()
              + " "
              + String.join("/", act.principals().stream().sorted().toList())
              + " "
              + act.kind()
              + " on "
              + String.join("/", act.targets().stream().sorted().toList())
              + " "
              + act.words()
              + " (act "
              + act.id()
              + ")");
    }
    for (Unanswered receipt : unanswered) {
      lines.add(
          "without an act: "
              + receipt.at()
              + " "
              + receipt.agent()
              + " "
              + receipt.tool()
              + " on "
              + String.join("/", receipt.targets().stream().sorted().toList())
              + " (call "
              + receipt.call()
              + ")");
    }
    notJudged.forEach(what -> lines.add("not judged: " + what));
    return List.copyOf(lines);
  }
}

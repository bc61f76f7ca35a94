package dev.remit.evidence;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.log.Frontier;
import dev.remit.log.Hash;
import dev.remit.log.HashSink;
import dev.remit.log.HashSource;
import dev.remit.log.InvalidLogDataException;
import dev.remit.log.NodeId;
import java.util.ArrayList;
import java.util.List;

/**
 * Entries of the log that a pack leaves out, from where it stands up to a place: the hashes of the
 * complete subtrees that they are made of, largest first where each begins (RFC 9162, section
 * 2.1.1).
 *
 * <p>They bind the entries that are shown to the checkpoint's root and say nothing of what is left
 * out.
 *
 * @param until the index of the first entry that is not left out any more
 */
record LeftOut(long until, List<Hash> hashes) {

  /** So many subtrees make up any range. */
  private static final int LIMIT_HASHES = 124;

  private static final int HIGHEST_LEVEL = 60;

  LeftOut {
    hashes = List.copyOf(hashes);
    if (until < 1 || hashes.isEmpty() || hashes.size() > LIMIT_HASHES) {
      throw new InvalidValueException(
          "what is left out ends after an entry and has 1 to " + LIMIT_HASHES + " hashes");
    }
  }

  /** The subtrees of a range: at each place the largest that begins there and fits. */
  static List<NodeId> nodes(long from, long until) {
    List<NodeId> nodes = new ArrayList<>();
    long at = from;
    while (at < until) {
      int level = Math.min(HIGHEST_LEVEL, at == 0 ? HIGHEST_LEVEL : Long.numberOfTrailingZeros(at));
      while (until - at < 1L << level) {
        level--;
      }
      nodes.add(new NodeId(level, at >>> level));
      at += 1L << level;
    }
    return nodes;
  }

  /** What a pack leaves out of a log between two places; none where there is nothing between. */
  static List<LeftOut> between(long from, long until, HashSource hashes) {
    return from >= until ? List.of() : List.of(new LeftOut(until, hashes.read(nodes(from, until))));
  }

  /** Whether it can follow so many entries. */
  boolean fits(long size) {
    return until > size && nodes(size, until).size() == hashes.size();
  }

  /** Takes the frontier past it; after each subtree {@code passed} is told. */
  void pass(Frontier frontier, HashSink sink, Runnable passed) {
    List<NodeId> nodes = nodes(frontier.size(), until);
    for (int i = 0; i < nodes.size(); i++) {
      frontier.appendSubtree(nodes.get(i).level(), hashes.get(i), sink);
      passed.run();
    }
  }

  Value.Obj toValue() {
    return Value.object(
        "until", until, "hashes", Value.texts(hashes.stream().map(Hash::toBase64).toList()));
  }

  static LeftOut parse(Value.Obj value) {
    PackForm.only(value, java.util.Set.of("until", "hashes"));
    long until = PackForm.required(value.integer("until"), "what is left out has an end");
    if (!(value.get("hashes").orElse(Value.Null.NULL) instanceof Value.Array(List<Value> items))) {
      throw new InvalidValueException("what is left out has hashes");
    }
    List<Hash> hashes = new ArrayList<>();
    for (Value item : items) {
      if (!(item instanceof Value.Text(String base64))) {
        throw new InvalidValueException("a hash is text");
      }
      try {
        hashes.add(Hash.fromBase64(base64));
      } catch (InvalidLogDataException e) {
        throw new InvalidValueException(String.valueOf(e.getMessage()));
      }
    }
    return new LeftOut(until, hashes);
  }
}

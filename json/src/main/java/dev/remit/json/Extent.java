package dev.remit.json;

import dev.remit.core.value.Value;
import java.util.List;

/**
 * How large a value is, however it was made.
 *
 * @param nodes values and names in it
 * @param characters characters of all its texts and names
 * @param depth how deep it nests, counted no further than one past the limit
 */
record Extent(long nodes, long characters, int depth) {

  private static final long MOST_NODES = 20_000;
  private static final long MOST_CHARACTERS = 1L << 20;

  /** Evidence wraps arguments a few levels deeper and must stay readable. */
  private static final int DEEPEST = 32;

  boolean isWithinLimits() {
    return nodes <= MOST_NODES && characters <= MOST_CHARACTERS && depth <= DEEPEST;
  }

  static Extent of(Value value) {
    return of(value, 0);
  }

  private static Extent of(Value value, int depth) {
    if (depth > DEEPEST) {
      return new Extent(1, 0, depth);
    }
    return switch (value) {
      case Value.Array(List<Value> items) -> {
        var sum = new Extent(1, 0, depth + 1);
        for (var item : items) {
          sum = sum.plus(of(item, depth + 1));
        }
        yield sum;
      }
      case Value.Obj object -> {
        var sum = new Extent(1, 0, depth + 1);
        for (var member : object.members().entrySet()) {
          sum = sum.plus(new Extent(1, member.getKey().length(), 0));
          sum = sum.plus(of(member.getValue(), depth + 1));
        }
        yield sum;
      }
      case Value.Text(String text) -> new Extent(1, text.length(), depth);
      case Value.Null _, Value.Bool _, Value.Int _, Value.Real _ -> new Extent(1, 0, depth);
    };
  }

  private Extent plus(Extent other) {
    return new Extent(
        nodes + other.nodes, characters + other.characters, Math.max(depth, other.depth));
  }
}

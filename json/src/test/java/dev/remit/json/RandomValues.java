package dev.remit.json;

import dev.remit.core.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Random;

/** Values of every kind, as a seed draws them. */
final class RandomValues {

  private RandomValues() {}

  static Value next(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 6)) {
      case 0 -> Value.Null.NULL;
      case 1 -> Value.of(random.nextBoolean());
      case 2 -> Value.of(random.nextLong() >> (11 + random.nextInt(40)));
      case 3 -> real(random);
      case 4 -> Value.of(random.nextInt(1000));
      case 5 -> Value.of(text(random));
      case 6 -> {
        var items = new ArrayList<Value>();
        for (int n = random.nextInt(5); n > 0; n--) {
          items.add(next(random, depth - 1));
        }
        yield new Value.Array(items);
      }
      default -> {
        var members = new LinkedHashMap<String, Value>();
        for (int n = random.nextInt(5); n > 0; n--) {
          members.put(text(random), next(random, depth - 1));
        }
        yield new Value.Obj(members);
      }
    };
  }

  private static Value real(Random random) {
    while (true) {
      double number = Double.longBitsToDouble(random.nextLong());
      if (Math.abs(number) <= Value.MAX_SAFE_INTEGER) {
        return Value.number(number);
      }
    }
  }

  private static String text(Random random) {
    var out = new StringBuilder();
    for (int n = random.nextInt(8); n > 0; n--) {
      int c = random.nextInt(random.nextBoolean() ? 0x80 : 0x110000);
      out.appendCodePoint(c >= 0xd800 && c < 0xe000 ? '"' : c);
    }
    return out.toString();
  }
}

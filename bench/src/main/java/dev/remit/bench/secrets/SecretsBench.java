package dev.remit.bench.secrets;

import dev.remit.core.secret.LiveSecrets;
import dev.remit.core.secret.SecretCheck;
import dev.remit.core.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** An answer of 16 KiB is read for 100 live secrets and all known forms; it holds none of them. */
public final class SecretsBench {
  private static final int LIVE = 100;
  private static final int BYTES = 16 * 1024;
  private static final int WARM_UP = 3_000;
  private static final int RUNS = 2_000;
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789 -_./:";

  private final Random random = new Random(20_261_126);
  private final LiveSecrets live = new LiveSecrets(new byte[32]);
  private final SecretCheck check = new SecretCheck(live);

  /** The figures in microseconds. */
  public Value.Obj run() {
    for (int i = 0; i < LIVE; i++) {
      live.hold("lease-" + i, List.of(word(43)));
    }
    var answer = answer();
    for (int i = 0; i < WARM_UP; i++) {
      look(answer);
    }
    var nanos = new long[RUNS];
    for (int i = 0; i < RUNS; i++) {
      long before = System.nanoTime();
      look(answer);
      nanos[i] = System.nanoTime() - before;
    }
    Arrays.sort(nanos);
    return Value.object(
        "bytes", BYTES,
        "live", LIVE,
        "answer_p50_us", Value.number(nanos[RUNS / 2] / 1000.0),
        "answer_p99_us", Value.number(nanos[RUNS * 99 / 100] / 1000.0),
        "hold_and_release_p50_us", Value.number(holding() / 1000.0));
  }

  private void look(Value.Obj answer) {
    if (check.clean(answer).removed() != 0) {
      throw new IllegalStateException("it found what is not there");
    }
  }

  private long holding() {
    var secret = List.of(word(43));
    var nanos = new long[RUNS];
    for (int i = 0; i < WARM_UP + RUNS; i++) {
      long before = System.nanoTime();
      live.hold("one", secret);
      live.release("one");
      nanos[i % RUNS] = System.nanoTime() - before;
    }
    Arrays.sort(nanos);
    return nanos[RUNS / 2];
  }

  /** Records of 256 characters, as a listing has them. */
  private Value.Obj answer() {
    var records = new ArrayList<Value>();
    for (int i = 0; i < BYTES / 256; i++) {
      records.add(
          Value.object("id", word(26), "name", word(40), "state", word(10), "note", word(180)));
    }
    return Value.object("structuredContent", Value.object("items", new Value.Array(records)));
  }

  private String word(int length) {
    var word = new StringBuilder();
    random.ints(length, 0, LETTERS.length()).forEach(i -> word.append(LETTERS.charAt(i)));
    return word.toString();
  }
}

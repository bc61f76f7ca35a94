package dev.remit.core.execution;

import dev.remit.core.call.Sha256;
import dev.remit.core.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What one effect exchanged with its vendor, as digests, for the body of its outcome, and the name
 * that the vendor gave it.
 *
 * <p>Bound for the thread that carries the effect out, so that connectors need not hand it on;
 * where none is bound, nothing is kept. Holds no bytes of a request or an answer. A connector whose
 * protocol has no exchanges of that kind keeps none.
 */
public final class Downstream {

  private static final ScopedValue<Downstream> CURRENT = ScopedValue.newInstance();
  private static final int LIMIT_KEPT = 32;
  private static final Pattern REFERENCE = Pattern.compile("[\\x21-\\x7e]{1,200}");

  private final List<Value> exchanges = new ArrayList<>(); // guarded by this
  private long count; // guarded by this
  private Optional<String> reference = Optional.empty(); // guarded by this

  /** Does work whose exchanges are kept here. */
  public <T> T during(Supplier<T> work) {
    return ScopedValue.where(CURRENT, this).call(work::get);
  }

  /**
   * Keeps an exchange of the running effect.
   *
   * @param line what a request is about beside its body, such as method and address
   * @param status what came back in a word or a number; {@code lost} where nothing did
   */
  public static void exchanged(
      String line, Optional<byte[]> body, String status, Optional<byte[]> answer) {
    if (CURRENT.isBound()) {
      CURRENT.get().keep(line, body, status, answer);
    }
  }

  /**
   * Keeps the name that the vendor gave the running effect, such as a job's: what the vendor
   * reports of it later carries that name. One that is no plain word is not kept.
   */
  public static void named(String reference) {
    if (CURRENT.isBound() && REFERENCE.matcher(reference).matches()) {
      CURRENT.get().name(reference);
    }
  }

  private synchronized void name(String given) {
    reference = Optional.of(given);
  }

  /** The vendor's own name of the effect, where it gave one. */
  public synchronized Optional<String> reference() {
    return reference;
  }

  private synchronized void keep(
      String line, Optional<byte[]> body, String status, Optional<byte[]> answer) {
    count++;
    if (exchanges.size() >= LIMIT_KEPT) {
      return;
    }
    byte[] start = (line + "\n").getBytes(StandardCharsets.UTF_8);
    var kept =
        Value.object(
            "request",
            "sha256:"
                + HexFormat.of().formatHex(Sha256.raw(start, body.orElseGet(() -> new byte[0]))),
            "status",
            status);
    exchanges.add(
        answer.map(bytes -> kept.with("answer", Value.of(Sha256.of(bytes)))).orElse(kept));
  }

  /** The body of an outcome with what was exchanged; the same where nothing was. */
  public synchronized Value.Obj in(Value.Obj body) {
    if (exchanges.isEmpty()) {
      return body;
    }
    var with = body.with("exchanges", new Value.Array(exchanges));
    return count > exchanges.size()
        ? with.with("moreExchanges", Value.of(count - exchanges.size()))
        : with;
  }
}

package dev.remit.core.flow;

import dev.remit.core.call.Sha256;
import dev.remit.core.value.Value;
import java.nio.charset.StandardCharsets;

/**
 * What a person typed, as entries keep it: its digest in the leaf, the words in the body beside it,
 * which can be erased.
 *
 * @param name what the words are, such as {@code reason}
 */
record Words(String name, String typed) {

  static Words reason(String typed) {
    return new Words("reason", typed);
  }

  /** These fields with the digest of what was typed. */
  Value.Obj in(Value.Obj fields) {
    return fields.with(
        name + "Digest", Value.of(Sha256.of(typed.getBytes(StandardCharsets.UTF_8))));
  }

  /** The body that holds the words. */
  Value.Obj body() {
    return Value.object(name, typed);
  }
}

package dev.remit.web.authzen;

import dev.remit.core.advice.Access;
import dev.remit.core.advice.Advisor;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * An {@code evaluations} request (AuthZEN 1.0, access evaluations).
 *
 * <p>An item's subject, action, resource or context stands in the place of the default of that
 * name, whole; only a {@code type}, {@code id} or {@code name} that it leaves out is taken from the
 * default. An item that cannot be read is denied, with the error in its context.
 */
record Batch(Value.Obj sent, List<Value.Obj> items, Semantic semantic) {

  private static final List<String> PARTS = List.of("subject", "action", "resource", "context");
  private static final List<String> NAMES = List.of("type", "id", "name");

  /** Reads it; without items it is a single evaluation. */
  static Batch of(Value.Obj sent, int most) {
    var items = new ArrayList<Value.Obj>();
    var listed = sent.get("evaluations");
    if (listed.isPresent()) {
      if (!(listed.get() instanceof Value.Array(List<Value> values))) {
        throw new InvalidValueException("`evaluations` must be an array");
      }
      if (values.size() > most) {
        throw new InvalidValueException("`evaluations` has more than " + most + " items");
      }
      for (var value : values) {
        if (!(value instanceof Value.Obj item)) {
          throw new InvalidValueException("each item of `evaluations` must be an object");
        }
        items.add(item);
      }
    }
    for (String part : PARTS) {
      if (sent.get(part).isPresent()) {
        AccessReading.object(sent, part); // a default of another type spoils the whole
      }
    }
    return new Batch(sent, List.copyOf(items), Semantic.of(sent));
  }

  boolean isSingle() {
    return items.isEmpty();
  }

  /** The answers in the order of the items, as far as the semantic goes. */
  Value.Obj answer(Advisor.View view, BooleanSupplier isLate) {
    var answers = new ArrayList<Value>();
    for (var item : items) {
      var answer = answer(item, view, isLate);
      answers.add(answer);
      if (semantic.isOverAfter(answer.get("decision").equals(java.util.Optional.of(TRUE)))) {
        break;
      }
    }
    return Value.object("evaluations", new Value.Array(answers));
  }

  private static final Value TRUE = Value.of(true);

  private Value.Obj answer(Value.Obj item, Advisor.View view, BooleanSupplier isLate) {
    Access access;
    try {
      access = AccessReading.access(whole(item));
    } catch (InvalidValueException e) {
      return failed(400, String.valueOf(e.getMessage()));
    }
    return isLate.getAsBoolean()
        ? failed(503, "there was no time left for this item")
        : AccessRoutes.shown(view.on(access));
  }

  private Value.Obj whole(Value.Obj item) {
    var whole = Value.Obj.EMPTY;
    for (String part : PARTS) {
      var own = item.get(part);
      var standing = sent.get(part);
      if (own.isPresent()) {
        whole = whole.with(part, completed(own.get(), standing.orElse(Value.Obj.EMPTY)));
      } else if (standing.isPresent()) {
        whole = whole.with(part, standing.get());
      }
    }
    return whole;
  }

  private static Value completed(Value own, Value standing) {
    if (!(own instanceof Value.Obj part) || !(standing instanceof Value.Obj defaults)) {
      return own;
    }
    for (String name : NAMES) {
      var value = defaults.get(name);
      if (part.get(name).isEmpty() && value.isPresent()) {
        part = part.with(name, value.get());
      }
    }
    return part;
  }

  private static Value.Obj failed(int status, String words) {
    return Value.object(
        "decision",
        false,
        "context",
        Value.object("error", Value.object("status", status, "message", words)));
  }
}

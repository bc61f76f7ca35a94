package dev.remit.evidence;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds intents against outcomes: one intent for a call, one first outcome after it, resolutions
 * after that (promise P1).
 */
final class Calls {

  private final Map<String, Place> open = new LinkedHashMap<>();
  private final IdSet settled = new IdSet();
  private boolean isFromTheMiddle;
  private long earlier;

  /** Why the entry cannot be, if it cannot. */
  Optional<Refusal> entry(String kind, Optional<String> call, Place place) {
    return switch (kind) {
      case "intent" -> call.isEmpty() ? nameless(kind) : intent(call.get(), place);
      case "outcome" -> call.isEmpty() ? nameless(kind) : outcome(call.get());
      case "resolution" -> call.isEmpty() ? nameless(kind) : resolution(call.get());
      default -> Optional.empty();
    };
  }

  private static Optional<Refusal> nameless(String kind) {
    return Refusal.of(Finding.Code.LEAF, "an entry of kind `" + kind + "` names its call");
  }

  private Optional<Refusal> intent(String call, Place place) {
    if (settled.contains(call) || open.putIfAbsent(call, place) != null) {
      return Refusal.of(Finding.Code.DUPLICATE, "call `" + call + "` has a second intent");
    }
    return Optional.empty();
  }

  private Optional<Refusal> outcome(String call) {
    if (settled.contains(call)) {
      return Refusal.of(Finding.Code.OUTCOME, "call `" + call + "` has a second first outcome");
    }
    if (open.remove(call) == null && !isEarlier()) {
      return Refusal.of(Finding.Code.OUTCOME, "call `" + call + "` has an outcome and no intent");
    }
    settled.add(call);
    return Optional.empty();
  }

  private Optional<Refusal> resolution(String call) {
    if (settled.contains(call)) {
      return Optional.empty();
    }
    if (open.containsKey(call) || !isEarlier()) {
      return Refusal.of(
          Finding.Code.OUTCOME, "call `" + call + "` has a resolution and no outcome");
    }
    settled.add(call);
    return Optional.empty();
  }

  /** Entries before these are left out: a call may have begun among them. */
  void fromTheMiddle() {
    isFromTheMiddle = true;
  }

  private boolean isEarlier() {
    earlier += isFromTheMiddle ? 1 : 0;
    return isFromTheMiddle;
  }

  /** Calls that began before the entries that are shown. */
  long earlierCount() {
    return earlier;
  }

  /** Calls whose intent has no outcome so far. */
  int openCount() {
    return open.size();
  }

  /** The first few of them. */
  List<String> open(int limit) {
    return open.keySet().stream().limit(limit).toList();
  }
}

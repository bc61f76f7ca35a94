package dev.remit.bench.crash;

/**
 * One thing that goes wrong once: the N-th call of a kind that a thread makes.
 *
 * @param side whose calls are counted
 * @param isKill whether the process dies instead of the call, else the call fails with EIO
 */
record Fault(Side side, String call, boolean isKill, int number) {

  /** Where the tracer sits. */
  enum Side {
    POSTGRES,
    JVM
  }

  /** What the tracer is told. */
  String injection() {
    return call + ":" + (isKill ? "signal=KILL" : "error=EIO") + ":when=" + number;
  }

  String row() {
    return String.format(
        "%-8s  %-10s  %-4s", side.name().toLowerCase(java.util.Locale.ROOT), call, what());
  }

  String what() {
    return isKill ? "KILL" : "EIO";
  }

  Fault next(int nextNumber) {
    return new Fault(side, call, isKill, nextNumber);
  }
}

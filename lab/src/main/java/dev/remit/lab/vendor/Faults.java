package dev.remit.lab.vendor;

import dev.remit.lab.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** The faults that tests armed, in order; each call meets at most one. Thread safe. */
public final class Faults {
  private final List<Fault> armed = new ArrayList<>();
  private CountDownLatch cleared = new CountDownLatch(1);

  public synchronized void arm(Fault fault) {
    armed.add(fault);
  }

  /** Disarms all and ends every hanging call. */
  public synchronized void clear() {
    armed.clear();
    cleared.countDown();
    cleared = new CountDownLatch(1);
  }

  /** The fault that meets this call; counts it. */
  synchronized Optional<Fault> take(String operation, int deviceId) {
    for (int i = 0; i < armed.size(); i++) {
      Fault fault = armed.get(i);
      if (fault.times() > 0 && fault.meets(operation, deviceId)) {
        if (fault.times() == 1) {
          armed.remove(i);
        } else {
          armed.set(i, fault.once());
        }
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }

  /** A latch that opens when faults are cleared. */
  synchronized CountDownLatch cleared() {
    return cleared;
  }

  /** What is armed, for the control API. */
  public synchronized List<Map<String, Object>> view() {
    return armed.stream()
        .map(f ->
            Json.object("operation", f.operation(), "mode", f.mode().name(), "times", f.times()))
        .toList();
  }
}

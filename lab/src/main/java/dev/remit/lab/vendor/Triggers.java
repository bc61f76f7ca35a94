package dev.remit.lab.vendor;

import dev.remit.lab.http.Json;
import dev.remit.lab.http.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Acts that happen at an exact place between two calls: after the n-th successful answer of an
 * operation was made and before it is sent, or just before the n-th call is handled. Thread safe.
 */
public final class Triggers {
  private static final class Trigger {
    private final String on;
    private final boolean isBefore;
    private final int device;
    private final Runnable act;
    private int left;

    private Trigger(String on, boolean isBefore, int device, int left, Runnable act) {
      this.on = on;
      this.isBefore = isBefore;
      this.device = device;
      this.left = left;
      this.act = act;
    }
  }

  private final List<Trigger> armed = new ArrayList<>();
  private int fired;

  /** Arms one; `token-issued` is another name for `token`. */
  public synchronized void arm(Map<String, Object> json, Runnable act) {
    String on = String.valueOf(json.getOrDefault("on", ""));
    boolean isBefore = json.containsKey("before");
    Object count = json.getOrDefault(isBefore ? "before" : "after", 1);
    Object device = json.getOrDefault("device", 0);
    if (on.isEmpty() || !(count instanceof Integer n) || n < 1 || !(device instanceof Integer d)) {
      throw Refusal.badRequest("a trigger needs `on` and `after` or `before` from 1");
    }
    armed.add(new Trigger(on.equals("token-issued") ? "token" : on, isBefore, d, n, act));
  }

  void before(String operation, int deviceId) {
    fire(operation, deviceId, true);
  }

  void after(String operation, int deviceId) {
    fire(operation, deviceId, false);
  }

  private synchronized void fire(String operation, int deviceId, boolean isBefore) {
    for (Trigger trigger : List.copyOf(armed)) {
      boolean meets = trigger.device == 0 || trigger.device == deviceId;
      if (trigger.isBefore == isBefore && trigger.on.equals(operation) && meets) {
        trigger.left--;
        if (trigger.left == 0) {
          armed.remove(trigger);
          trigger.act.run();
          fired++;
        }
      }
    }
  }

  public synchronized void clear() {
    armed.clear();
    fired = 0;
  }

  /** How many are armed and how many fired. */
  public synchronized Map<String, Object> view() {
    return Json.object("armed", armed.size(), "fired", fired);
  }
}

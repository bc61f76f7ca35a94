package dev.remit.testkit.flow;

import dev.remit.core.execution.Connector.VendorException;
import dev.remit.testkit.InMemoryLedgers.StoreAwayException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Stands before every port: keeps what was asked in order, can do something first, and can take a
 * port away before or after it acted.
 */
final class Watch {
  private final List<String> events = new ArrayList<>(); // guarded by this
  private final Map<String, Runnable> first = new HashMap<>(); // guarded by this
  private final Set<String> away = new HashSet<>(); // guarded by this
  private final Set<String> lost = new HashSet<>(); // guarded by this

  /** The port behind this watch; methods named in {@code fixed} answer that instead. */
  <T> T over(Class<T> type, T inner, String name, Map<String, Object> fixed) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (fixed.containsKey(method.getName())) {
                return fixed.get(method.getName());
              }
              return method.getDeclaringClass() == Object.class
                  ? invoke(inner, method, arguments)
                  : asked(name + "." + method.getName(), inner, method, arguments);
            }));
  }

  private Object asked(String event, Object inner, Method method, Object[] arguments)
      throws Throwable {
    Runnable due;
    synchronized (this) {
      events.add(event);
      due = first.getOrDefault(event, () -> {});
    }
    due.run();
    fail(event, away);
    var answer = invoke(inner, method, arguments);
    fail(event, lost);
    return answer;
  }

  private synchronized void fail(String event, Set<String> which) {
    if (which.stream().anyMatch(event::startsWith)) {
      throw event.startsWith("vendor.") || event.startsWith("broker.")
          ? new VendorException("nobody answers")
          : new StoreAwayException();
    }
  }

  private static Object invoke(Object inner, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(inner, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }

  /** Does this before that method, each time. */
  synchronized void before(String event, Runnable action) {
    first.put(event, action);
  }

  /** Does this before that method, the first time only. */
  void once(String event, Runnable action) {
    before(
        event,
        () -> {
          synchronized (this) {
            first.remove(event);
          }
          action.run();
        });
  }

  /** Everything that begins so fails and does nothing. */
  synchronized void takeAway(String prefix) {
    away.add(prefix);
  }

  /** Everything that begins so acts and then fails: its answer is lost. */
  synchronized void loseAnswers(String prefix) {
    lost.add(prefix);
  }

  synchronized void bringBack() {
    away.clear();
    lost.clear();
  }

  /** What was asked since {@link #forget}. */
  synchronized List<String> events() {
    return List.copyOf(events);
  }

  synchronized void forget() {
    events.clear();
  }
}

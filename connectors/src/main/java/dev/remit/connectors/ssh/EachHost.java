package dev.remit.connectors.ssh;

import dev.remit.connectors.ssh.SshEndpoint.Host;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** The same work at several hosts, so that one slow host costs its own time and no other's. */
final class EachHost {
  private static final int AT_ONCE = 16;

  private EachHost() {}

  /** Work at one host that does not throw but for a defect of ours. */
  interface Work<T> {
    T at(Host host);
  }

  static <T> Map<Host, T> of(Collection<Host> hosts, Work<T> work) {
    var results = new LinkedHashMap<Host, T>();
    if (hosts.size() == 1) {
      hosts.forEach(host -> results.put(host, work.at(host)));
      return results;
    }
    var turns = new Semaphore(AT_ONCE);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var futures = new LinkedHashMap<Host, Future<T>>();
      for (Host host : hosts) {
        futures.put(host, threads.submit(() -> inTurn(turns, host, work)));
      }
      for (var entry : futures.entrySet()) {
        results.put(entry.getKey(), entry.getValue().get());
      }
      return results;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static <T> T inTurn(Semaphore turns, Host host, Work<T> work)
      throws InterruptedException {
    turns.acquire();
    try {
      return work.at(host);
    } finally {
      turns.release();
    }
  }
}

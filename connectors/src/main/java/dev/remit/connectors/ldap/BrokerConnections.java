package dev.remit.connectors.ldap;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The broker's few connections to one directory. One that failed takes all idle ones with it,
 * because a directory that went away took them as well.
 */
final class BrokerConnections implements AutoCloseable {
  private static final int MOST = 4;
  private static final Duration TRUSTED = Duration.ofSeconds(5);

  /** A directory that stands still holds nobody longer than this for one answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Directory directory;
  private final InstantSource clock;
  private final Semaphore free = new Semaphore(MOST);
  private final Deque<Idle> idle = new ArrayDeque<>(); // guarded by this
  private @Nullable LDAPConnection probe; // guarded by this: its idle one, bound by nobody
  private boolean isClosed; // guarded by this

  private record Idle(LDAPConnection connection, Instant since) {}

  /** Work with a connection. */
  @FunctionalInterface
  interface Work<T> {
    T run(LDAPConnection connection) throws LDAPException;
  }

  BrokerConnections(Directory directory, InstantSource clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /** Does the work as the broker. */
  <T> T with(Work<T> work) throws LDAPException {
    acquire();
    try {
      var connection = borrow();
      boolean isSound = false;
      try {
        T result = work.run(connection);
        isSound = true;
        return result;
      } catch (LDAPException e) {
        isSound = !Answers.isBroken(e);
        throw e;
      } finally {
        giveBack(connection, isSound);
      }
    } finally {
      free.release();
    }
  }

  /**
   * Tries name and password; no exception means that the directory lets them in. A refused bind
   * leaves a connection that nobody has bound (RFC 4511 section 4.2.1), which serves again.
   */
  void tryBind(String dn, String password) throws LDAPException {
    var connection = takeProbe();
    boolean isSound = false;
    try {
      var kept = connection == null ? directory.open(PATIENCE) : connection;
      connection = kept;
      kept.bind(dn, password);
    } catch (LDAPException e) {
      isSound = Answers.isRefusedBind(e);
      throw e;
    } finally {
      if (connection != null) {
        keepProbe(connection, isSound);
      }
    }
  }

  private synchronized @Nullable LDAPConnection takeProbe() {
    var kept = probe;
    probe = null;
    return kept;
  }

  private void keepProbe(LDAPConnection connection, boolean isSound) {
    synchronized (this) {
      if (isSound && !isClosed && probe == null) {
        probe = connection;
        return;
      }
    }
    connection.close();
  }

  private void acquire() throws LDAPException {
    try {
      if (!free.tryAcquire(2, TimeUnit.SECONDS)) {
        throw new LDAPException(ResultCode.CONNECT_ERROR, "the broker's connections are busy");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LDAPException(ResultCode.CONNECT_ERROR, "interrupted", e);
    }
  }

  private LDAPConnection borrow() throws LDAPException {
    while (true) {
      Idle kept;
      synchronized (this) {
        kept = idle.pollLast();
      }
      if (kept == null) {
        return directory.openForBroker(PATIENCE);
      }
      if (clock.instant().isBefore(kept.since().plus(TRUSTED)) || answers(kept.connection())) {
        return kept.connection();
      }
      kept.connection().close();
    }
  }

  private static boolean answers(LDAPConnection connection) {
    try {
      return connection.getRootDSE() != null;
    } catch (LDAPException e) {
      return false;
    }
  }

  private void giveBack(LDAPConnection connection, boolean isSound) {
    List<LDAPConnection> dead;
    synchronized (this) {
      if (isSound && !isClosed) {
        idle.addLast(new Idle(connection, clock.instant()));
        return;
      }
      dead = takeAll();
    }
    connection.close();
    dead.forEach(LDAPConnection::close);
  }

  private synchronized List<LDAPConnection> takeAll() {
    var all = new java.util.ArrayList<LDAPConnection>();
    idle.forEach(kept -> all.add(kept.connection()));
    idle.clear();
    var unbound = takeProbe();
    if (unbound != null) {
      all.add(unbound);
    }
    return all;
  }

  @Override
  public void close() {
    List<LDAPConnection> all;
    synchronized (this) {
      isClosed = true;
      all = takeAll();
    }
    all.forEach(LDAPConnection::close);
  }
}

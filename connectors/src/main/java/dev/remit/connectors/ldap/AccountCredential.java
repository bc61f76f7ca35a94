package dev.remit.connectors.ldap;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import dev.remit.core.lease.Credential;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A leased account with its password and its one connection, which is opened when it is first
 * needed and closed when the lease ends. Work under the same lease waits for its turn.
 */
final class AccountCredential implements Credential {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String principal;
  private final String dn;
  private final String password;
  private final Directory directory;
  private final ReentrantLock turn = new ReentrantLock();
  private volatile @Nullable LDAPConnection connection; // written under turn
  private volatile boolean isEnded;

  AccountCredential(String principal, String dn, String password, Directory directory) {
    this.principal = principal;
    this.dn = dn;
    this.password = password;
    this.directory = directory;
  }

  @Override
  public String principal() {
    return principal;
  }

  @Override
  public List<String> secrets() {
    return List.of(password);
  }

  String dn() {
    return dn;
  }

  String password() {
    return password;
  }

  /** Does the work as the leased account. */
  <T> T with(BrokerConnections.Work<T> work) throws LDAPException {
    turn.lock();
    try {
      return work.run(live());
    } catch (LDAPException e) {
      if (Answers.isBroken(e)) {
        close();
      }
      throw e;
    } finally {
      turn.unlock();
    }
  }

  private LDAPConnection live() throws LDAPException {
    var kept = connection;
    if (!isEnded && (kept == null || !kept.isConnected())) {
      kept = directory.open(dn, password, PATIENCE);
      connection = kept;
    }
    if (isEnded || kept == null) {
      // INVARIANT: looked at after the connection became visible, so one of the two closes it.
      close();
      throw new LDAPException(ResultCode.CONNECT_ERROR, "the lease has ended");
    }
    // A call may have shortened it to the time that it had left.
    kept.getConnectionOptions().setResponseTimeoutMillis(PATIENCE.toMillis());
    return kept;
  }

  /** Takes no turn: revocation waits for no answer, and closing ends the wait for one. */
  void end() {
    isEnded = true;
    close();
  }

  private void close() {
    var kept = connection;
    connection = null;
    if (kept != null) {
      kept.close();
    }
  }

  @Override
  public String toString() {
    return "AccountCredential[" + principal + "]";
  }
}

package dev.remit.connectors.ldap;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/**
 * Opens connections to one directory: always TLS, no referral followed, no reconnect behind our
 * back, every answer bounded in time and size.
 */
final class Directory {
  private static final int CONNECT_MILLIS = 2_000;
  private static final int LIMIT_BYTES = 4 * 1024 * 1024;
  private final LdapEndpoint endpoint;
  private final SSLContext tls;

  Directory(LdapEndpoint endpoint) {
    this.endpoint = endpoint;
    this.tls = PinnedTrust.context(endpoint.trusted(), endpoint.pin());
  }

  /** A connection that nobody has bound yet. */
  LDAPConnection open(Duration patience) throws LDAPException {
    var options = options(patience);
    return switch (endpoint.security()) {
      case LDAPS ->
          new LDAPConnection(tls.getSocketFactory(), options, endpoint.host(), endpoint.port());
      case STARTTLS -> startTls(new LDAPConnection(options, endpoint.host(), endpoint.port()));
    };
  }

  /** A connection bound with name and password. */
  LDAPConnection open(String dn, String password, Duration patience) throws LDAPException {
    var connection = open(patience);
    try {
      connection.bind(dn, password);
      return connection;
    } catch (LDAPException e) {
      connection.close();
      throw e;
    }
  }

  LDAPConnection openForBroker(Duration patience) throws LDAPException {
    return open(endpoint.brokerDn(), endpoint.brokerPassword().get(), patience);
  }

  private LDAPConnection startTls(LDAPConnection connection) throws LDAPException {
    try {
      var answer = connection.processExtendedOperation(new StartTLSExtendedRequest(tls));
      if (!answer.getResultCode().equals(com.unboundid.ldap.sdk.ResultCode.SUCCESS)) {
        throw new LDAPException(answer);
      }
      return connection;
    } catch (LDAPException e) {
      connection.close();
      throw e;
    }
  }

  private static LDAPConnectionOptions options(Duration patience) {
    var options = new LDAPConnectionOptions();
    options.setConnectTimeoutMillis(CONNECT_MILLIS);
    options.setResponseTimeoutMillis(patience.toMillis());
    options.setAbandonOnTimeout(true);
    options.setFollowReferrals(false);
    options.setUseSynchronousMode(true);
    options.setMaxMessageSize(LIMIT_BYTES);
    options.setBindWithDNRequiresPassword(true);
    options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(false));
    return options;
  }
}

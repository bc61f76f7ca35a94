package dev.remit.connectors.ldap;

import static java.util.Objects.requireNonNull;

import com.unboundid.ldap.listener.Base64PasswordEncoderOutputFormatter;
import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.SaltedMessageDigestInMemoryPasswordEncoder;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedAddRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedDeleteRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedModifyRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.OperationType;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.schema.Schema;
import com.unboundid.ldif.LDIFReader;
import java.io.BufferedReader;
import java.io.StringReader;
import java.net.InetAddress;
import java.security.MessageDigest;

/** UnboundID's server in memory; its only rule is that changes need one member of a group. */
final class InMemoryDirectory implements Served {
  private static final String OPERATIONAL =
      """
      dn: cn=schema
      objectClass: top
      objectClass: ldapSubEntry
      objectClass: subschema
      cn: schema
      attributeTypes: ( 1.3.6.1.4.1.42.2.27.8.1.22 NAME 'pwdReset'
        EQUALITY booleanMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.7 SINGLE-VALUE
        USAGE directoryOperation )
      attributeTypes: ( 1.3.6.1.4.1.42.2.27.8.1.17 NAME 'pwdAccountLockedTime'
        EQUALITY generalizedTimeMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.24 SINGLE-VALUE
        USAGE directoryOperation )
      """;

  private final TestAuthority authority = new TestAuthority();
  private final InMemoryDirectoryServer server;
  private final LDAPConnection standing;

  InMemoryDirectory() {
    try {
      var config = new InMemoryDirectoryServerConfig(Tree.BASE);
      var own = new LDIFReader(new BufferedReader(new StringReader(OPERATIONAL)));
      var added = new Schema(requireNonNull(own.readEntry()));
      config.setSchema(Schema.mergeSchemas(Schema.getDefaultStandardSchema(), added));
      config.setEnforceAttributeSyntaxCompliance(false);
      config.addAdditionalBindCredentials(Tree.ROOT, Tree.ROOT_PASSWORD);
      config.setAuthenticationRequiredOperationTypes(
          OperationType.ADD, OperationType.DELETE, OperationType.MODIFY, OperationType.SEARCH);
      config.setPasswordEncoders(
          new SaltedMessageDigestInMemoryPasswordEncoder(
              "{SSHA}",
              Base64PasswordEncoderOutputFormatter.getInstance(),
              MessageDigest.getInstance("SHA-1"),
              16,
              true,
              true));
      var tls = authority.server();
      var loopback = InetAddress.getLoopbackAddress();
      config.setListenerConfigs(
          InMemoryListenerConfig.createLDAPSConfig(
              "ldaps", loopback, 0, tls.getServerSocketFactory(), tls.getSocketFactory()),
          InMemoryListenerConfig.createLDAPConfig("ldap", loopback, 0, tls.getSocketFactory()));
      config.addInMemoryOperationInterceptor(new Rule());
      server = new InMemoryDirectoryServer(config);
      server.importFromLDIF(
          true, new LDIFReader(new BufferedReader(new StringReader(Tree.ldif()))));
      server.startListening();
      standing = root();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private final class Rule extends InMemoryOperationInterceptor {
    private void check() throws LDAPException {
      var group = server.getEntry("cn=brokers," + Tree.BASE);
      if (group == null || !group.hasAttributeValue("member", Tree.BROKER)) {
        throw new LDAPException(ResultCode.INSUFFICIENT_ACCESS_RIGHTS, "not a broker");
      }
    }

    @Override
    public void processAddRequest(InMemoryInterceptedAddRequest request) throws LDAPException {
      check();
    }

    @Override
    public void processDeleteRequest(InMemoryInterceptedDeleteRequest request)
        throws LDAPException {
      check();
    }

    @Override
    public void processModifyRequest(InMemoryInterceptedModifyRequest request)
        throws LDAPException {
      if (!request.getRequest().getDN().startsWith("cn=brokers")) {
        check();
      }
    }
  }

  @Override
  public TestAuthority authority() {
    return authority;
  }

  @Override
  public int port() {
    return server.getListenPort("ldaps");
  }

  @Override
  public int startTlsPort() {
    return server.getListenPort("ldap");
  }

  @Override
  public LDAPConnection standing() {
    return standing;
  }

  @Override
  public LDAPConnection root() throws LDAPException {
    return new LDAPConnection("127.0.0.1", startTlsPort(), Tree.ROOT, Tree.ROOT_PASSWORD);
  }

  @Override
  public void close() {
    standing.close();
    server.shutDown(true);
  }
}

package dev.remit.lab.directory;

import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedAddRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedCompareRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedDeleteRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedExtendedRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedModifyDNRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedModifyRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSASLBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchEntry;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindResult;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.extensions.PasswordModifyExtendedRequest;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what. The broker makes accounts below the container of leases and fills groups of
 * rights, and sees nobody. A leased account reads as a member of the readers, and changes below one
 * company's container as a member of that company's group; both are asked with every operation. A
 * locked account is not let in, and nobody reads a password.
 */
final class DirectoryRules extends InMemoryOperationInterceptor {
  private static final Set<String> RESET = Set.of("userpassword", "pwdreset");
  private static final Set<String> DISABLE = Set.of("pwdaccountlockedtime");
  private final Map<Long, DN> bound = new ConcurrentHashMap<>();
  private final Function<String, @Nullable Entry> entries;

  DirectoryRules(Function<String, @Nullable Entry> entries) {
    this.entries = entries;
  }

  @Override
  public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest request)
      throws LDAPException {
    bound.remove(request.getConnectionID());
    var entry = entries.apply(request.getRequest().getBindDN());
    if (entry != null && entry.hasAttribute("pwdAccountLockedTime")) {
      throw new LDAPException(ResultCode.INVALID_CREDENTIALS, "the account is locked");
    }
  }

  @Override
  public void processSimpleBindResult(InMemoryInterceptedSimpleBindResult result) {
    var answer = result.getResult();
    if (answer != null && answer.getResultCode().equals(ResultCode.SUCCESS)) {
      try {
        bound.put(result.getConnectionID(), new DN(result.getRequest().getBindDN()));
      } catch (LDAPException e) {
        // Then nobody is bound, which may do nothing.
      }
    }
  }

  @Override
  public void processSASLBindRequest(InMemoryInterceptedSASLBindRequest request)
      throws LDAPException {
    throw refused();
  }

  @Override
  public void processAddRequest(InMemoryInterceptedAddRequest request) throws LDAPException {
    require(isBroker(request.getConnectionID()) && isLease(request.getRequest().getDN()));
  }

  @Override
  public void processDeleteRequest(InMemoryInterceptedDeleteRequest request) throws LDAPException {
    require(isBroker(request.getConnectionID()) && isLease(request.getRequest().getDN()));
  }

  @Override
  public void processModifyDNRequest(InMemoryInterceptedModifyDNRequest request)
      throws LDAPException {
    throw refused();
  }

  @Override
  public void processCompareRequest(InMemoryInterceptedCompareRequest request)
      throws LDAPException {
    throw refused();
  }

  @Override
  public void processModifyRequest(InMemoryInterceptedModifyRequest request) throws LDAPException {
    var target = request.getRequest().getDN();
    for (Modification change : request.getRequest().getModifications()) {
      var attribute = change.getAttributeName().toLowerCase(java.util.Locale.ROOT);
      require(mayChange(request.getConnectionID(), target, attribute));
    }
  }

  private boolean mayChange(long connection, String target, String attribute) throws LDAPException {
    if (isBroker(connection)) {
      boolean isRight = isBelow(target, DirectoryTree.RIGHTS) && attribute.equals("member");
      return isLease(target) || isRight;
    }
    return (RESET.contains(attribute) && holds(connection, "reset", target))
        || (DISABLE.contains(attribute) && holds(connection, "disable", target));
  }

  @Override
  public void processExtendedRequest(InMemoryInterceptedExtendedRequest request)
      throws LDAPException {
    if (request
        .getRequest()
        .getOID()
        .equals(PasswordModifyExtendedRequest.PASSWORD_MODIFY_REQUEST_OID)) {
      var target = new PasswordModifyExtendedRequest(request.getRequest()).getUserIdentity();
      require(target != null && holds(request.getConnectionID(), "reset", target));
    }
  }

  @Override
  public void processSearchRequest(InMemoryInterceptedSearchRequest request) throws LDAPException {
    var base = request.getRequest().getBaseDN();
    long connection = request.getConnectionID();
    boolean isOwn =
        isBroker(connection)
            && (isAtOrBelow(base, DirectoryTree.LEASES) || isAtOrBelow(base, DirectoryTree.RIGHTS));
    boolean isReader =
        isMember(connection, DirectoryTree.READERS) && isAtOrBelow(base, DirectoryTree.CLIENTS);
    require(base.isEmpty() || isOwn || isReader);
  }

  @Override
  public void processSearchEntry(InMemoryInterceptedSearchEntry result) {
    var entry = result.getSearchEntry();
    if (entry != null) {
      var shown = new Entry(entry.getDN(), entry.getAttributes());
      shown.removeAttribute("userPassword");
      result.setSearchEntry(shown);
    }
  }

  private boolean isBroker(long connection) throws LDAPException {
    return new DN(DirectoryTree.BROKER).equals(bound.get(connection));
  }

  private static boolean isLease(String dn) throws LDAPException {
    return isBelow(dn, DirectoryTree.LEASES);
  }

  private static boolean isBelow(String dn, String base) throws LDAPException {
    return new DN(dn).isDescendantOf(base, false);
  }

  private static boolean isAtOrBelow(String dn, String base) throws LDAPException {
    return new DN(dn).isDescendantOf(base, true);
  }

  /** Whether the one who is bound has the right for the company that the target belongs to. */
  private boolean holds(long connection, String act, String target) throws LDAPException {
    var dn = new DN(target);
    var clients = new DN(DirectoryTree.CLIENTS);
    if (!dn.isDescendantOf(clients, false)) {
      return false;
    }
    var parts = dn.getRDNs();
    var company = parts[parts.length - clients.getRDNs().length - 1].getAttributeValues()[0];
    return isMember(connection, "cn=" + act + "-" + company + "," + DirectoryTree.RIGHTS);
  }

  private boolean isMember(long connection, String group) throws LDAPException {
    var who = bound.get(connection);
    var entry = entries.apply(group);
    String[] members = entry == null ? null : entry.getAttributeValues("member");
    if (who == null || members == null || entries.apply(who.toString()) == null) {
      return false;
    }
    for (String member : members) {
      if (who.equals(new DN(member))) {
        return true;
      }
    }
    return false;
  }

  private static void require(boolean may) throws LDAPException {
    if (!may) {
      throw refused();
    }
  }

  private static LDAPException refused() {
    return new LDAPException(ResultCode.INSUFFICIENT_ACCESS_RIGHTS, "insufficient access rights");
  }
}

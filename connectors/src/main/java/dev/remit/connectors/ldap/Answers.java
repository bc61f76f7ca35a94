package dev.remit.connectors.ldap;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;

/**
 * What a result code means to us (RFC 4511 appendix A; codes from 81 to 100 are the client's own,
 * those of later extensions lie above). The directory's diagnostic messages are never passed on:
 * they may quote data.
 */
final class Answers {
  private static final int FIRST_OF_CLIENT = 81;
  private static final int LAST_OF_CLIENT = 100;

  private Answers() {}

  /** Whether nobody knows what the directory did with it. */
  static boolean isLost(LDAPException e) {
    return isOurs(e.getResultCode()) && !is(e, ResultCode.CONNECT_ERROR);
  }

  /** Whether the connection is of no more use. */
  static boolean isBroken(LDAPException e) {
    return !e.getResultCode().isConnectionUsable() || isOurs(e.getResultCode());
  }

  private static boolean isOurs(ResultCode code) {
    return code.intValue() >= FIRST_OF_CLIENT && code.intValue() <= LAST_OF_CLIENT;
  }

  static boolean isAbsent(LDAPException e) {
    return e.getResultCode().equals(ResultCode.NO_SUCH_OBJECT);
  }

  static boolean is(LDAPException e, ResultCode code) {
    return e.getResultCode().equals(code);
  }

  /** Whether the directory said that this name and password let nobody in. */
  static boolean isRefusedBind(LDAPException e) {
    return is(e, ResultCode.INVALID_CREDENTIALS)
        || is(e, ResultCode.NO_SUCH_OBJECT)
        || is(e, ResultCode.INAPPROPRIATE_AUTHENTICATION);
  }

  /** For evidence: the code only. */
  static String words(LDAPException e) {
    var code = e.getResultCode();
    return isOurs(code)
        ? "the directory is away"
        : "the directory answered " + code.intValue() + " (" + code.getName() + ")";
  }
}

package dev.remit.connectors.ldap;

/** Whether a change was on its way to the directory when something broke. */
final class Progress {
  private boolean isSent;

  void sending() {
    isSent = true;
  }

  boolean isSent() {
    return isSent;
  }
}

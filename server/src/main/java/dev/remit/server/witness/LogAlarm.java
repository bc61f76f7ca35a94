package dev.remit.server.witness;

import dev.remit.core.tenant.TenantId;

/**
 * What happens when the log of a tenant is no longer one history: no effect of that tenant goes on
 * until people looked.
 */
@FunctionalInterface
public interface LogAlarm {

  /**
   * Stops the tenant; for the operator log, everything. Telling it again changes nothing.
   *
   * @param why in words, without secrets
   */
  void stop(TenantId tenant, String why);
}

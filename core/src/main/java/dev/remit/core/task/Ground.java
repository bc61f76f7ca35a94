package dev.remit.core.task;

import dev.remit.core.target.ConnectorId;
import dev.remit.core.tenant.TenantId;

/**
 * Why a task exists: a ticket as its own system shows it.
 *
 * @param tenant proven from the ticket's own record
 * @param requester the requester's identifier in the ticket system
 * @param isOpenedByPerson whether the requester is a person; else the ticket is no ground
 * @param isOpen whether the ticket is still worked on
 */
public record Ground(
    ConnectorId connector,
    String ticket,
    TenantId tenant,
    String requester,
    boolean isOpenedByPerson,
    boolean isOpen,
    String subject) {

  private static final ConnectorId REMIT = new ConnectorId("remit");

  /**
   * The same ticket as the ground of what Remit itself does about a task that stands on it: beside
   * those of agents, of which a ticket carries one of a class at a time.
   */
  public Ground ofRemit() {
    return new Ground(REMIT, ticket, tenant, requester, isOpenedByPerson, isOpen, subject);
  }
}

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
    String subject) {}

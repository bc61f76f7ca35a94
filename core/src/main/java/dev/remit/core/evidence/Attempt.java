package dev.remit.core.evidence;

import dev.remit.core.tenant.TenantId;
import java.time.Instant;
import java.util.List;

/**
 * A call that was refused before it was admitted, for the rates that count those too.
 *
 * @param taskClass the class whose calls per tenant and hour it counts in
 */
public record Attempt(TenantId tenant, String taskClass, List<LimitUse> rates, Instant at) {
  public Attempt {
    rates = List.copyOf(rates);
  }
}

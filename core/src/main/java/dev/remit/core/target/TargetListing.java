package dev.remit.core.target;

import dev.remit.core.tenant.TenantId;
import java.util.List;

/** Names of a tenant's records, for whoever may look for them. */
public interface TargetListing {

  /**
   * Records of this kind whose tenant is proven to be this one, over all connectors, by connector
   * and identifier, from this place on; at most so many.
   */
  List<TargetRef> list(TenantId tenant, String kind, int from, int atMost);
}

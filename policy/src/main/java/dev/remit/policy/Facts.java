package dev.remit.policy;

import dev.remit.cedar.request.Entities;
import dev.remit.cedar.request.Entity;
import dev.remit.core.call.Tool;
import java.util.List;

/**
 * A question in Cedar's terms: request, context and the few entities it needs.
 *
 * @param entities the same entities that the request was prepared over
 * @param tenant the tenant of the principal
 * @param isOfOneTenant whether principal and resource are of the same tenant
 */
record Facts(
    dev.remit.cedar.request.Facts request,
    List<Entity> entities,
    String tenant,
    Tool tool,
    boolean isOfOneTenant) {

  /** A request over three entities: principal, action and resource, in this order. */
  static Facts of(
      List<Entity> entities,
      dev.remit.cedar.value.ValueRecord context,
      String tenant,
      Tool tool,
      boolean isOfOneTenant) {
    var request =
        new dev.remit.cedar.request.Facts(
            entities.get(0).uid(),
            entities.get(1).uid(),
            entities.get(2).uid(),
            context,
            Entities.of(entities).orThrow());
    return new Facts(request, entities, tenant, tool, isOfOneTenant);
  }
}

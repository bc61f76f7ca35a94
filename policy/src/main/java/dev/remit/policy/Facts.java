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
 * @param owner the tenant of the resource
 */
record Facts(
    dev.remit.cedar.request.Facts request,
    List<Entity> entities,
    String tenant,
    String owner,
    Tool tool) {

  /** A request over three entities: principal, action and resource, in this order. */
  static Facts of(
      List<Entity> entities,
      dev.remit.cedar.value.ValueRecord context,
      String tenant,
      String owner,
      Tool tool) {
    var request =
        new dev.remit.cedar.request.Facts(
            entities.get(0).uid(),
            entities.get(1).uid(),
            entities.get(2).uid(),
            context,
            Entities.of(entities).orThrow());
    return new Facts(request, entities, tenant, owner, tool);
  }
}

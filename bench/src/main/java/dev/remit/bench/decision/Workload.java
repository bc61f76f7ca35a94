package dev.remit.bench.decision;

import dev.remit.cedar.request.Entities;
import dev.remit.cedar.request.Entity;
import dev.remit.cedar.request.Facts;
import dev.remit.cedar.value.Datetime;
import dev.remit.cedar.value.EntityUid;
import dev.remit.cedar.value.Value.Bool;
import dev.remit.cedar.value.Value.Int;
import dev.remit.cedar.value.Value.Text;
import dev.remit.cedar.value.ValueRecord;
import dev.remit.cedar.value.ValueSet;
import java.util.ArrayList;
import java.util.List;

/**
 * Policies of many tenants under common guardrails, and requests of the shape that Remit asks.
 *
 * <p>Always 20 of the policies are guardrails without a scope; the rest, 10 at least, permit one
 * action each to the agents of one tenant. Every request is permitted by one policy after every
 * guardrail was evaluated.
 *
 * @param policies how many; of 10 the guardrails come on top
 */
record Workload(int policies) {
  private static final int ACTIONS = 10;
  private static final int GUARDS = 20;
  private static final List<String> GUARDRAILS =
      List.of(
          "forbid (principal, action, resource) when { principal.tenant != context.task.tenant };",
          "forbid (principal, action, resource) unless { resource in principal.tenant };",
          "forbid (principal, action, resource) unless { context.task.namesTool };",
          "forbid (principal, action, resource)"
              + " unless { principal.taskClasses.contains(context.task.class) };",
          "forbid (principal, action, resource)"
              + " when { context.task.readUntrusted && context.tool.effect >= 2 };",
          "forbid (principal, action, resource)"
              + " when { context.tool.effect >= 3 && !context.approvals.contains(\"rule-%d\") };",
          "forbid (principal, action, resource)"
              + " when { resource has role && resource.role == \"controller-%d\" };",
          "forbid (principal, action, resource)"
              + " when { context.arguments has count && context.arguments.count > %d000 };",
          "forbid (principal, action, resource) when { resource.site like \"vault-%d*\" };",
          "forbid (principal, action, resource)"
              + " when { context.task.ageSeconds > 3%d00 || !principal.bound };");

  /** How many policies permit something to one tenant. */
  int permits() {
    return Math.max(ACTIONS, policies - GUARDS);
  }

  /** The policies as Cedar text. */
  String text() {
    var text = new StringBuilder();
    for (int i = 0; i < GUARDS; i++) {
      text.append(GUARDRAILS.get(i % GUARDRAILS.size()).replace("%d", String.valueOf(i)));
      text.append('\n');
    }
    for (int i = 0; i < permits(); i++) {
      text.append(
          "permit (principal in Tenant::\"t%d\", action == Action::\"a%d\", resource is Device)"
                  .formatted(i / ACTIONS, i % ACTIONS)
              + " when { context.environment == \"production\" };\n");
    }
    return text.toString();
  }

  /** A request of the tenant and for the action of this number, permitted. */
  Request request(int number) {
    int policy = number % permits();
    return new Request("t" + policy / ACTIONS, "a" + policy % ACTIONS);
  }

  /** Requests spread over all tenants; 7,919 is prime. */
  List<Request> requests(int count) {
    var requests = new ArrayList<Request>();
    for (int i = 0; i < count; i++) {
      requests.add(request(i * 7_919));
    }
    return requests;
  }

  /** A request: an agent, an action and a device of one tenant. */
  record Request(String tenantId, String actionId) {
    private static final Text PRODUCTION = new Text("production");

    Facts facts() {
      var entities = entities();
      return new Facts(
          entities.get(0).uid(),
          entities.get(1).uid(),
          entities.get(2).uid(),
          context(),
          Entities.of(entities).orThrow());
    }

    private EntityUid tenant() {
      return new EntityUid("Tenant", tenantId);
    }

    private EntityUid agent() {
      return new EntityUid("Agent", "desk/" + tenantId);
    }

    List<Entity> entities() {
      var tenant = tenant();
      var attributes =
          ValueRecord.of(8)
              .put("class", new Text("desk"))
              .put("tenant", tenant)
              .put("environment", PRODUCTION)
              .put("family", new Int(1))
              .put("bound", Bool.TRUE)
              .put("autonomy", new Text("bounded"))
              .put("owner", new Text("owner"))
              .put("taskClasses", ValueSet.ofTexts(List.of("read", "restart", "reboot")))
              .build();
      var device =
          ValueRecord.of(2)
              .put("role", new Text("workstation"))
              .put("site", new Text("office"))
              .build();
      return List.of(
          new Entity(agent(), attributes, List.of(tenant)),
          new Entity(
              new EntityUid("Action", actionId),
              ValueRecord.EMPTY,
              List.of(new EntityUid("Action", "low"), new EntityUid("Action", "rmm"))),
          new Entity(new EntityUid("Device", "rmm/" + tenantId), device, List.of(tenant)));
    }

    ValueRecord context() {
      return ValueRecord.of(7)
          .put("approvals", ValueSet.EMPTY)
          .put("at", new Datetime(1_767_614_400_000L))
          .put("environment", PRODUCTION)
          .put("task", task())
          .put("tool", tool())
          .put(
              "tenant",
              ValueRecord.of(2)
                  .put("id", new Text(tenantId))
                  .put("windows", ValueSet.ofTexts(List.of("office")))
                  .build())
          .put("arguments", ValueRecord.of(1).put("count", new Int(3)).build())
          .build();
    }

    private ValueRecord task() {
      return ValueRecord.of(8)
          .put("class", new Text("restart"))
          .put("tenant", tenant())
          .put("agent", agent())
          .put("risk", new Int(1))
          .put("ageSeconds", new Int(60))
          .put("targets", new Int(1))
          .put("namesTool", Bool.TRUE)
          .put("readUntrusted", Bool.FALSE)
          .build();
    }

    private ValueRecord tool() {
      return ValueRecord.of(7)
          .put("name", new Text(actionId))
          .put("connector", new Text("rmm"))
          .put("effect", new Int(1))
          .put("grade", new Text("low"))
          .put("family", new Int(1))
          .put("scopeTruth", new Text("broker-enforced"))
          .put("contentTrusted", Bool.TRUE)
          .build();
    }
  }
}

package dev.remit.bench.decision;

import dev.remit.cedar.request.Entity;
import dev.remit.cedar.value.Datetime;
import dev.remit.cedar.value.EntityUid;
import dev.remit.cedar.value.ValueRecord;
import dev.remit.cedar.value.ValueSet;
import dev.remit.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A workload in the words of SAPL: guardrails deny, the rest permit, and denials override. The same
 * facts are subject, action, resource and environment; a reference to an entity is its name.
 */
final class SaplPolicies {
  private static final int ACTIONS = 10;
  private static final List<String> GUARDRAILS =
      List.of(
          "subject.tenant != environment.task.tenant;",
          "resource.tenant != subject.tenant;",
          "!environment.task.namesTool;",
          "!(environment.task[\"class\"] in subject.taskClasses);",
          "environment.task.readUntrusted && environment.tool.effect >= 2;",
          "environment.tool.effect >= 3 && !(\"rule-%d\" in environment.approvals);",
          "resource.role != undefined && resource.role == \"controller-%d\";",
          "environment.arguments.count != undefined && environment.arguments.count > %d000;",
          "resource.site =~ \"vault-%d.*\";",
          "environment.task.ageSeconds > 3%d00 || !subject.bound;");
  private static final int GUARDS = 20;

  private SaplPolicies() {}

  static List<String> of(Workload workload) {
    var policies = new ArrayList<String>();
    for (int i = 0; i < GUARDS; i++) {
      String where = GUARDRAILS.get(i % GUARDRAILS.size()).replace("%d", String.valueOf(i));
      policies.add("policy \"guard-" + i + "\" deny where " + where);
    }
    for (int i = 0; i < workload.permits(); i++) {
      policies.add(
          "policy \"permit-%d\" permit subject.tenant == \"t%d\" & action == \"a%d\""
                  .formatted(i, i / ACTIONS, i % ACTIONS)
              + " & resource.type == \"Device\""
              + " where environment.environment == \"production\";");
    }
    return policies;
  }

  /** A permitted request. */
  static Value.Obj request(Workload.Request request) {
    var entities = request.entities();
    return Value.object(
        "subject", entity(entities.get(0)),
        "action", entities.get(1).uid().id(),
        "resource",
            entity(entities.get(2))
                .with("tenant", Value.of(entities.get(2).parents().iterator().next().id())),
        "environment", members(request.context()));
  }

  /** What no policy permits, or a guardrail denies, made of a permitted request. */
  static List<Value.Obj> refused(Workload.Request request) {
    var good = request(request);
    return List.of(
        good.with("action", Value.of("nothing")),
        good.with("resource", changed(good, "resource", "tenant", Value.of("other"))),
        good.with("resource", changed(good, "resource", "role", Value.of("controller-6"))),
        good.with("resource", changed(good, "resource", "site", Value.of("vault-8b"))),
        good.with("resource", changed(good, "resource", "type", Value.of("Person"))),
        good.with("subject", changed(good, "subject", "bound", Value.of(false))),
        good.with("subject", changed(good, "subject", "tenant", Value.of("other"))),
        good.with("environment", changed(good, "environment", "environment", Value.of("test"))));
  }

  private static Value changed(Value.Obj request, String part, String name, Value value) {
    return request.object(part).orElseThrow().with(name, value);
  }

  private static Value.Obj entity(Entity entity) {
    return members(entity.attributes())
        .with("type", Value.of(entity.uid().type()))
        .with("id", Value.of(entity.uid().id()));
  }

  private static Value.Obj members(ValueRecord record) {
    var members = new TreeMap<String, Value>();
    record.members().forEach((name, value) -> members.put(name, value(value)));
    return new Value.Obj(members);
  }

  private static Value value(dev.remit.cedar.value.Value value) {
    return switch (value) {
      case dev.remit.cedar.value.Value.Bool claim ->
          Value.of(claim == dev.remit.cedar.value.Value.Bool.TRUE);
      case dev.remit.cedar.value.Value.Int(long number) -> Value.of(number);
      case dev.remit.cedar.value.Value.Text(String text) -> Value.of(text);
      case EntityUid uid -> Value.of(uid.id());
      case ValueSet set -> new Value.Array(set.items().stream().map(SaplPolicies::value).toList());
      case ValueRecord record -> members(record);
      case Datetime(long millis) -> Value.of(millis);
      case dev.remit.cedar.value.Decimal _,
          dev.remit.cedar.value.IpAddress _,
          dev.remit.cedar.value.CedarDuration _ ->
          throw new IllegalStateException("not in the workload");
    };
  }
}

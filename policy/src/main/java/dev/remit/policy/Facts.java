package dev.remit.policy;

import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.Context;
import com.cedarpolicy.model.entity.Entity;
import com.cedarpolicy.value.CedarList;
import com.cedarpolicy.value.CedarMap;
import com.cedarpolicy.value.DateTime;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import com.cedarpolicy.value.PrimBool;
import com.cedarpolicy.value.PrimLong;
import com.cedarpolicy.value.PrimString;
import com.cedarpolicy.value.Value;
import dev.remit.core.call.Tool;
import dev.remit.core.decision.Question;
import dev.remit.core.identity.Grade;
import dev.remit.core.release.Release;
import dev.remit.core.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * A question in Cedar's terms: request, context and the few entities it needs.
 *
 * @param isOfOneTenant whether principal and resource are of the same tenant
 */
record Facts(AuthorizationRequest request, Set<Entity> entities, boolean isOfOneTenant) {
  /** Names are parsed by the engine's native part; there are as many as kinds of target. */
  private static final Map<String, EntityTypeName> TYPES = new ConcurrentHashMap<>();

  private static final EntityTypeName TENANT = type("Tenant");
  private static final EntityTypeName AGENT = type("Agent");
  private static final EntityTypeName ACTION = type("Action");

  static Facts of(Question question, Release release, Collection<String> windows) {
    var call = question.call();
    var principal = agent(question);
    var action = action(call.tool());
    var resource = resource(question);
    var owner = question.target().map(target -> target.tenant()).orElse(question.tenant().id());
    var request =
        new AuthorizationRequest(
            principal.getEUID(),
            action.getEUID(),
            resource.getEUID(),
            new Context(context(question, release, windows)));
    return new Facts(
        request, Set.of(principal, action, resource), owner.equals(call.caller().id().tenant()));
  }

  private static Entity agent(Question question) {
    var caller = question.call().caller();
    var id = caller.id();
    var agentClass = question.agentClass();
    var tenant = tenant(id.tenant());
    Map<String, Value> attributes =
        Map.of(
            "class", text(id.agentClass().value()),
            "tenant", tenant,
            "environment", text(id.environment().text()),
            "family", number(Levels.of(id.family())),
            "bound", new PrimBool(caller.isBound()),
            "autonomy", text(agentClass.autonomy()),
            "owner", text(agentClass.owner()),
            "taskClasses", texts(agentClass.taskClasses()));
    return new Entity(AGENT.of(id.text()), attributes, Set.of(tenant));
  }

  private static Entity action(Tool tool) {
    return new Entity(
        ACTION.of(tool.name()),
        CedarSchema.groupsOf(tool).stream().map(ACTION::of).collect(Collectors.toSet()));
  }

  private static Entity resource(Question question) {
    if (question.target().isEmpty()) {
      return new Entity(tenant(question.tenant().id()));
    }
    var target = question.target().get();
    var attributes = new HashMap<String, Value>();
    target
        .attributes()
        .members()
        .forEach((name, value) -> {
          var text = attribute(value);
          if (text != null) {
            attributes.put(name, text);
          }
        });
    return new Entity(
        type(Kinds.entityType(target.ref().kind())).of(target.ref().text()),
        attributes,
        Set.of(tenant(target.tenant())));
  }

  /** Attributes are text; what has no text form is absent, and reading it is an error. */
  private static @org.jspecify.annotations.Nullable PrimString attribute(
      dev.remit.core.value.Value value) {
    return switch (value) {
      case dev.remit.core.value.Value.Text(String text) -> text(text);
      case dev.remit.core.value.Value.Int(long number) -> text(Long.toString(number));
      case dev.remit.core.value.Value.Bool(boolean claim) -> text(Boolean.toString(claim));
      case dev.remit.core.value.Value.Real real -> null;
      case dev.remit.core.value.Value.Null none -> null;
      case dev.remit.core.value.Value.Array items -> null;
      case dev.remit.core.value.Value.Obj members -> null;
    };
  }

  private static Map<String, Value> context(
      Question question, Release release, Collection<String> windows) {
    var context = new HashMap<String, Value>();
    context.put("approvals", texts(question.approvals()));
    context.put("at", at(question.at()));
    context.put("environment", text(question.call().task().environment().text()));
    context.put("task", task(question, release));
    context.put("tool", tool(question));
    context.put(
        "tenant",
        new CedarMap(
            Map.of("id", text(question.tenant().id().value()), "windows", texts(windows))));
    context.put("arguments", arguments(question));
    return context;
  }

  private static Value task(Question question, Release release) {
    var task = question.call().task();
    long age = Math.max(0, Duration.between(task.openedAt(), question.at()).toSeconds());
    var values = new HashMap<String, Value>();
    values.put("class", text(question.taskClass().name()));
    values.put("tenant", tenant(task.tenant()));
    values.put("agent", AGENT.of(task.agent().text()));
    values.put("risk", number(Levels.of(question.taskClass().risk())));
    values.put("ageSeconds", number(age));
    values.put("targets", number(task.targets().size()));
    values.put(
        "namesTool",
        new PrimBool(question.taskClass().tools().contains(question.call().tool().name())));
    values.put("readUntrusted", new PrimBool(mayHaveReadUntrusted(question, release)));
    return new CedarMap(values);
  }

  /**
   * Whether the task may have read words of outsiders. What it did read is not among the facts yet,
   * so a task that may use such a tool counts as one that did.
   */
  private static boolean mayHaveReadUntrusted(Question question, Release release) {
    return question.call().task().tools().stream()
        .map(name -> release.tools().get(name))
        .anyMatch(tool -> tool == null || (reads(tool) && !tool.isContentTrusted()));
  }

  private static boolean reads(Tool tool) {
    return tool.effect() == Grade.OBSERVE;
  }

  private static Value tool(Question question) {
    var tool = question.call().tool();
    return new CedarMap(
        Map.of(
            "name", text(tool.name()),
            "connector", text(tool.connector().value()),
            "effect", number(Levels.of(tool.effect())),
            "grade", text(tool.effect().text()),
            "family", number(Levels.of(tool.effect().family())),
            "scopeTruth", text(question.scopeTruth().text()),
            "contentTrusted", new PrimBool(tool.isContentTrusted())));
  }

  private static Value arguments(Question question) {
    var values = new HashMap<String, Value>();
    for (String name : ToolArguments.of(question.call().tool()).keySet()) {
      question.call().arguments().get(name).ifPresent(value -> argument(values, name, value));
    }
    return new CedarMap(values);
  }

  private static void argument(
      Map<String, Value> values, String name, dev.remit.core.value.Value value) {
    switch (value) {
      case dev.remit.core.value.Value.Text(String text) -> values.put(name, text(text));
      case dev.remit.core.value.Value.Int(long number) -> values.put(name, number(number));
      case dev.remit.core.value.Value.Bool(boolean claim) -> values.put(name, new PrimBool(claim));
      case dev.remit.core.value.Value.Real real -> {}
      case dev.remit.core.value.Value.Null none -> {}
      case dev.remit.core.value.Value.Array items -> {}
      case dev.remit.core.value.Value.Obj members -> {}
    }
  }

  private static EntityUID tenant(TenantId tenant) {
    return TENANT.of(tenant.value());
  }

  private static PrimString text(String text) {
    return new PrimString(text);
  }

  private static PrimLong number(long number) {
    return new PrimLong(number);
  }

  private static CedarList texts(Collection<String> texts) {
    return new CedarList(texts.stream().sorted().map(text -> (Value) text(text)).toList());
  }

  /** A second in Cedar's terms. */
  private record Second(Instant instant, DateTime value) {}

  /** The library tries four patterns on each text, and most calls are of the same second. */
  private static volatile Second latest = second(Instant.EPOCH);

  private static Value at(Instant instant) {
    var whole = instant.truncatedTo(ChronoUnit.SECONDS);
    var known = latest;
    if (!known.instant().equals(whole)) {
      known = second(whole);
      latest = known;
    }
    return known.value();
  }

  private static Second second(Instant whole) {
    return new Second(whole, new DateTime(whole.toString()));
  }

  private static EntityTypeName type(String name) {
    return TYPES.computeIfAbsent(name, Facts::parsed);
  }

  private static EntityTypeName parsed(String name) {
    return EntityTypeName.parse(name)
        .orElseThrow(() -> new IllegalStateException("no entity type can be named " + name));
  }
}

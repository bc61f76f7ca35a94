package dev.remit.policy;

import dev.remit.cedar.request.Entity;
import dev.remit.cedar.value.Datetime;
import dev.remit.cedar.value.EntityUid;
import dev.remit.cedar.value.Value.Bool;
import dev.remit.cedar.value.Value.Int;
import dev.remit.cedar.value.Value.Text;
import dev.remit.cedar.value.ValueRecord;
import dev.remit.cedar.value.ValueSet;
import dev.remit.core.call.Tool;
import dev.remit.core.decision.Question;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.release.Release;
import dev.remit.core.tenant.TenantId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts questions about one release in Cedar's terms. Immutable. */
final class ReleaseFacts {
  private final Function<Question, Set<String>> exceptions;
  private final Map<String, ToolFacts> tools = new HashMap<>();

  /** Facts while no exception is in force. */
  ReleaseFacts(Release release) {
    this(release, question -> Set.of());
  }

  /** Facts while the exceptions from rules of these ids are in force for a question. */
  ReleaseFacts(Release release, Function<Question, Set<String>> exceptions) {
    this.exceptions = exceptions;
    release.tools().values().forEach(tool -> tools.put(tool.name(), ToolFacts.of(tool)));
  }

  /** The facts while these windows of the tenant are open. */
  Facts of(Question question, Collection<String> windows) {
    var call = question.call();
    var tool = tool(call.tool());
    var caller = call.caller().id().tenant();
    var owner = question.target().map(target -> target.tenant()).orElse(question.tenant().id());
    return Facts.of(
        List.of(agent(question), tool.action(), resource(question)),
        context(question, tool, windows),
        caller.value(),
        owner.value(),
        call.tool());
  }

  private ToolFacts tool(Tool tool) {
    var known = tools.get(tool.name());
    return known != null && known.tool().equals(tool) ? known : ToolFacts.of(tool);
  }

  private static Entity agent(Question question) {
    var caller = question.call().caller();
    var id = caller.id();
    var agentClass = question.agentClass();
    var tenant = tenant(id.tenant());
    var attributes =
        ValueRecord.of(8)
            .put("class", new Text(id.agentClass().value()))
            .put("tenant", tenant)
            .put("environment", new Text(id.environment().text()))
            .put("family", new Int(Levels.of(id.family())))
            .put("bound", Bool.of(caller.isBound()))
            .put("autonomy", new Text(question.autonomy().text()))
            .put("owner", new Text(agentClass.owner()))
            .put("taskClasses", ValueSet.ofTexts(agentClass.taskClasses()))
            .build();
    return new Entity(principal(caller), attributes, List.of(tenant));
  }

  private static EntityUid principal(Caller.Worker caller) {
    return switch (caller) {
      case Caller.Agent agent -> new EntityUid("Agent", agent.id().text());
      case Caller.OfAutomation remit -> new EntityUid("Agent", remit.id().text());
      case Caller.OfPerson own -> new EntityUid("Person", own.person().id().text());
    };
  }

  private static Entity resource(Question question) {
    if (question.target().isEmpty()) {
      return new Entity(tenant(question.tenant().id()), ValueRecord.EMPTY, List.of());
    }
    var target = question.target().get();
    var attributes = ValueRecord.of(target.attributes().members().size());
    for (var attribute : target.attributes().members().entrySet()) {
      var text = attribute(attribute.getValue());
      if (text != null) {
        attributes.put(attribute.getKey(), text);
      }
    }
    return new Entity(
        new EntityUid(Kinds.entityType(target.ref().kind()), target.ref().text()),
        attributes.build(),
        List.of(tenant(target.tenant())));
  }

  /** Attributes are text; what has no text form is absent, and reading it is an error. */
  private static @Nullable Text attribute(dev.remit.core.value.Value value) {
    return switch (value) {
      case dev.remit.core.value.Value.Text(String text) -> new Text(text);
      case dev.remit.core.value.Value.Int(long number) -> new Text(Long.toString(number));
      case dev.remit.core.value.Value.Bool(boolean claim) -> new Text(Boolean.toString(claim));
      case dev.remit.core.value.Value.Real real -> null;
      case dev.remit.core.value.Value.Null none -> null;
      case dev.remit.core.value.Value.Array items -> null;
      case dev.remit.core.value.Value.Obj members -> null;
    };
  }

  private ValueRecord context(Question question, ToolFacts tool, Collection<String> windows) {
    var tenant =
        ValueRecord.of(2)
            .put("id", new Text(question.tenant().id().value()))
            .put("windows", ValueSet.ofTexts(windows))
            .build();
    return ValueRecord.of(8)
        .put("approvals", ValueSet.ofTexts(question.approvals()))
        .put("at", new Datetime(question.at().getEpochSecond() * 1000))
        .put("chain", ChainFacts.of(question.call().task().lineage()))
        .put("environment", new Text(question.call().task().environment().text()))
        .put("exceptions", ValueSet.ofTexts(exceptions.apply(question)))
        .put("task", task(question))
        .put("tool", tool.record(new Text(question.scopeTruth().text())))
        .put("tenant", tenant)
        .put("arguments", arguments(question, tool))
        .build();
  }

  private ValueRecord task(Question question) {
    var task = question.call().task();
    long age = Math.max(0, Duration.between(task.openedAt(), question.at()).toSeconds());
    boolean namesTool = question.taskClass().tools().contains(question.call().tool().name());
    var known = ValueRecord.of(9);
    task.instance()
        .filter(instance -> task.isOfPerson())
        .flatMap(InstanceId::person)
        .ifPresent(person -> known.put("person", new EntityUid("Person", person)));
    return known
        .put("class", new Text(question.taskClass().name()))
        .put("tenant", tenant(task.tenant()))
        .put("agent", new EntityUid("Agent", task.agent().text()))
        .put("risk", new Int(Levels.of(question.taskClass().risk())))
        .put("ageSeconds", new Int(age))
        .put("targets", new Int(task.targets().size()))
        .put("namesTool", Bool.of(namesTool))
        .put("readUntrusted", Bool.of(task.hasReadUntrusted()))
        .build();
  }

  private static ValueRecord arguments(Question question, ToolFacts tool) {
    var values = ValueRecord.of(tool.arguments().size());
    for (String name : tool.arguments()) {
      question.call().arguments().get(name).ifPresent(value -> argument(values, name, value));
    }
    return values.build();
  }

  private static void argument(
      ValueRecord.Builder values, String name, dev.remit.core.value.Value value) {
    switch (value) {
      case dev.remit.core.value.Value.Text(String text) -> values.put(name, new Text(text));
      case dev.remit.core.value.Value.Int(long number) -> values.put(name, new Int(number));
      case dev.remit.core.value.Value.Bool(boolean claim) -> values.put(name, Bool.of(claim));
      case dev.remit.core.value.Value.Real real -> {}
      case dev.remit.core.value.Value.Null none -> {}
      case dev.remit.core.value.Value.Array items -> {}
      case dev.remit.core.value.Value.Obj members -> {}
    }
  }

  private static EntityUid tenant(TenantId tenant) {
    return new EntityUid("Tenant", tenant.value());
  }
}

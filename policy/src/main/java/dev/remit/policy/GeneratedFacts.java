package dev.remit.policy;

import dev.remit.cedar.request.Entity;
import dev.remit.cedar.value.Datetime;
import dev.remit.cedar.value.EntityUid;
import dev.remit.cedar.value.Value;
import dev.remit.cedar.value.Value.Bool;
import dev.remit.cedar.value.Value.Int;
import dev.remit.cedar.value.Value.Text;
import dev.remit.cedar.value.ValueRecord;
import dev.remit.cedar.value.ValueSet;
import dev.remit.core.call.Tool;
import dev.remit.core.identity.Grade;
import dev.remit.core.release.Release;
import dev.remit.core.task.TaskClass;
import dev.remit.core.tenant.Tenant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Makes requests at random that fit the schema of a release, mostly of one tenant and in order, so
 * that permits, approvals and refusals of every kind occur.
 */
final class GeneratedFacts {
  /** Slices are parsed per tenant; of very many tenants so many stand for all. */
  private static final int TENANTS_AT_MOST = 20;

  private static final long YEAR_SECONDS = 365L * 24 * 3600;
  private static final long START_SECONDS = Instant.parse("2026-01-01T00:00:00Z").getEpochSecond();

  /** That nobody holds the line is rare, and guardrails are about it. */
  private static final List<String> SCOPE_TRUTHS =
      List.of(
          "target-enforced",
          "target-enforced",
          "broker-enforced",
          "broker-enforced",
          "declared",
          "none");

  private final Random random;
  private final Vocabulary vocabulary;
  private final List<Tool> tools;
  private final Map<String, ToolFacts> toolFacts = new TreeMap<>();
  private final List<TaskClass> taskClasses;
  private final List<String> tenants = new ArrayList<>();
  private final List<String> windows;
  private final List<String> agentClasses;
  private final List<String> approvals;
  private final List<String> exceptions;
  private final SortedMap<String, SortedSet<String>> kinds;

  /** Whether the request at hand is in order wherever that is known. */
  private boolean isStraight;

  GeneratedFacts(Release release, CompiledPolicies policies, Random random) {
    this.random = random;
    this.vocabulary = Vocabulary.of(policies);
    this.tools =
        release.tools().values().stream().sorted(Comparator.comparing(Tool::name)).toList();
    tools.forEach(tool -> toolFacts.put(tool.name(), ToolFacts.of(tool)));
    this.taskClasses =
        release.taskClasses().values().stream()
            .sorted(Comparator.comparing(TaskClass::name))
            .toList();
    var sorted = release.tenants().keySet().stream().map(id -> id.value()).sorted().toList();
    for (int i = 0; i < Math.min(TENANTS_AT_MOST, sorted.size()); i++) {
      tenants.add(any(sorted));
    }
    this.windows =
        release.tenants().values().stream()
            .map(Tenant::windows)
            .flatMap(Collection::stream)
            .map(window -> window.name())
            .distinct()
            .sorted()
            .toList();
    this.agentClasses =
        release.agentClasses().keySet().stream().map(id -> id.value()).sorted().toList();
    this.approvals = policies.askRules().keySet().stream().sorted().toList();
    this.exceptions = policies.exceptions().keySet().stream().sorted().toList();
    this.kinds = Kinds.of(release);
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private boolean mostly() {
    return isStraight || random.nextInt(8) > 0;
  }

  private String textOf(List<String> usual) {
    return !usual.isEmpty() && mostly() ? any(usual) : any(vocabulary.texts());
  }

  private Text text() {
    return new Text(any(vocabulary.texts()));
  }

  private Bool claim() {
    return Bool.of(mostly());
  }

  private Int number() {
    return new Int(isStraight ? random.nextInt(3) : any(vocabulary.numbers()));
  }

  private Int level() {
    return new Int(random.nextInt(4));
  }

  private ValueSet someOf(List<String> texts) {
    var some = new ArrayList<String>();
    boolean isMany = isStraight || random.nextBoolean();
    for (String text : texts) {
      if (random.nextInt(4) == 0 || isMany) {
        some.add(text);
      }
    }
    return ValueSet.ofTexts(some);
  }

  /** Mostly none is in force, as it is when calls are decided. */
  private ValueSet exceptions() {
    return random.nextInt(4) > 0 ? ValueSet.EMPTY : someOf(exceptions);
  }

  private static EntityUid tenant(String id) {
    return new EntityUid("Tenant", id);
  }

  Facts next() {
    isStraight = random.nextBoolean();
    var tool = any(tools);
    String home = any(tenants);
    String owner = mostly() ? home : textOf(tenants);
    String taskTenant = mostly() ? home : textOf(tenants);
    var agent = agent(home);
    var known = toolFacts.get(tool.name());
    var facts = known == null ? ToolFacts.of(tool) : known;
    return Facts.of(
        List.of(agent, facts.action(), resource(tool, owner)),
        context(facts, agent.uid(), taskTenant),
        home,
        owner,
        tool);
  }

  private Entity agent(String home) {
    String agentClass = textOf(agentClasses);
    var names = taskClasses.stream().map(TaskClass::name).toList();
    var attributes =
        ValueRecord.of(8)
            .put("class", new Text(agentClass))
            .put("tenant", tenant(mostly() ? home : any(tenants)))
            .put("environment", environment())
            .put("family", new Int(isStraight ? 2 : random.nextInt(3)))
            .put("bound", claim())
            .put("autonomy", new Text(textOf(List.of("bounded", "supervised", "propose"))))
            .put("owner", text())
            .put("taskClasses", mostly() ? ValueSet.ofTexts(names) : someOf(names))
            .build();
    var uid =
        random.nextInt(4) == 0
            ? new EntityUid("Person", "staff/" + agentClass)
            : new EntityUid("Agent", agentClass + "/" + home);
    return new Entity(uid, attributes, List.of(tenant(home)));
  }

  private Text environment() {
    return new Text(textOf(List.of("production", "production", "production", "staging")));
  }

  private Entity resource(Tool tool, String owner) {
    if (tool.targets().isEmpty()) {
      return new Entity(tenant(owner), ValueRecord.EMPTY, List.of());
    }
    String kind = any(tool.targets()).kind();
    var names = kinds.getOrDefault(kind, new java.util.TreeSet<>());
    var attributes = ValueRecord.of(names.size());
    for (String name : names) {
      if (isStraight || random.nextInt(10) > 0) {
        attributes.put(name, text());
      }
    }
    return new Entity(
        new EntityUid(Kinds.entityType(kind), kind + ":" + random.nextInt(100)),
        attributes.build(),
        List.of(tenant(owner)));
  }

  private ValueRecord context(ToolFacts tool, EntityUid agent, String taskTenant) {
    long second = START_SECONDS + random.nextLong(YEAR_SECONDS);
    var tenant =
        ValueRecord.of(2).put("id", new Text(taskTenant)).put("windows", someOf(windows)).build();
    return ValueRecord.of(8)
        .put("approvals", someOf(approvals))
        .put("at", new Datetime(second * 1000))
        .put("chain", chain(agent, taskTenant))
        .put("environment", environment())
        .put("exceptions", exceptions())
        .put("task", task(tool.tool(), agent, taskTenant))
        .put("tool", tool.record(new Text(textOf(SCOPE_TRUTHS))))
        .put("tenant", tenant)
        .put("arguments", arguments(tool.tool()))
        .build();
  }

  /** Mostly nobody handed the work on. */
  private ValueRecord chain(EntityUid worker, String home) {
    int depth = random.nextInt(6) > 0 ? 0 : 1 + random.nextInt(3);
    var others = new ArrayList<EntityUid>();
    var classes = new ArrayList<String>();
    var families = new ArrayList<Value>();
    for (int i = 0; i < depth; i++) {
      String agentClass = textOf(agentClasses);
      classes.add(agentClass);
      others.add(
          mostly() || !worker.type().equals("Agent")
              ? new EntityUid("Agent", agentClass + "/" + home)
              : worker);
      families.add(new Int(random.nextInt(3)));
    }
    return ValueRecord.of(7)
        .put("depth", new Int(depth))
        .put("agents", ValueSet.of(others))
        .put("classes", ValueSet.ofTexts(classes))
        .put("families", ValueSet.of(families))
        .put("instances", ValueSet.ofTexts(List.copyOf(classes)))
        .put("taskClasses", someOf(taskClasses.stream().map(TaskClass::name).toList()))
        .put("bound", claim())
        .build();
  }

  private ValueRecord task(Tool tool, EntityUid worker, String taskTenant) {
    var fitting = taskClasses.stream().filter(each -> each.tools().contains(tool.name())).toList();
    String name = !fitting.isEmpty() && mostly() ? any(fitting).name() : any(vocabulary.texts());
    boolean isOfPerson = worker.type().equals("Person");
    var task = ValueRecord.of(9);
    if (isOfPerson || !mostly()) {
      task.put("person", isOfPerson && mostly() ? worker : new EntityUid("Person", "another"));
    }
    return task.put("class", new Text(name))
        .put("tenant", tenant(taskTenant))
        .put("agent", mostly() && !isOfPerson ? worker : new EntityUid("Agent", "another"))
        .put("risk", mostly() ? new Int(Levels.of(any(List.of(Grade.values())))) : level())
        .put("ageSeconds", number())
        .put("targets", number())
        .put("namesTool", claim())
        .put("readUntrusted", Bool.of(!isStraight && random.nextBoolean()))
        .build();
  }

  private ValueRecord arguments(Tool tool) {
    var arguments = ValueRecord.of(4);
    ToolArguments.of(tool)
        .forEach((name, type) -> {
          if (random.nextInt(3) > 0) {
            arguments.put(name, argument(type));
          }
        });
    return arguments.build();
  }

  private Value argument(String type) {
    return switch (type) {
      case "Long" -> new Int(any(vocabulary.numbers()));
      case "Bool" -> Bool.of(random.nextBoolean());
      default -> text();
    };
  }
}

package dev.remit.core.register;

import dev.remit.core.call.Sha256;
import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.Autonomy;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.release.Release;
import dev.remit.core.task.TaskClass;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a class of agents may reach at most under one policy version: what people launch.
 *
 * <p>It says nothing of which calls are asked about or denied: that is policy, which a version
 * signs.
 *
 * @param identities agents by their text: tenant, environment and grade family
 * @param unbound those of them whose tokens need be bound to no key
 * @param tools of each task class, as it is without a tenant's variation
 * @param variations tools where a tenant's differ, by {@code tenant/task class}
 * @param autonomy where it starts and how far it may rise, by task class
 * @param escalation who is asked, and who takes over
 */
public record Boundaries(
    Set<String> identities,
    Set<String> unbound,
    Map<String, Set<String>> tools,
    Map<String, Set<String>> variations,
    Map<String, Autonomy.Range> autonomy,
    String modelProvider,
    String owner,
    Optional<String> accountable,
    Optional<AgentClass.Escalation> escalation) {

  public Boundaries {
    identities = Set.copyOf(identities);
    unbound = Set.copyOf(unbound);
    tools = Map.copyOf(tools);
    variations = Map.copyOf(variations);
    autonomy = Map.copyOf(autonomy);
  }

  /** Those of a class under a version. */
  public static Boundaries of(AgentClass agentClass, Release release) {
    var tools = new TreeMap<String, Set<String>>();
    var variations = new TreeMap<String, Set<String>>();
    var autonomy = new TreeMap<String, Autonomy.Range>();
    var tenants =
        agentClass.identities().stream()
            .map(identity -> identity.agent().tenant())
            .collect(Collectors.toSet());
    for (var name : agentClass.taskClasses()) {
      var general = toolsOf(Optional.ofNullable(release.taskClasses().get(name)));
      tools.put(name, general);
      autonomy.put(name, agentClass.autonomy().in(name));
      for (var tenant : tenants) {
        var varied = toolsOf(release.taskClass(name, tenant));
        if (!varied.equals(general)) {
          variations.put(key(tenant, name), varied);
        }
      }
    }
    return new Boundaries(
        agentClass.identities().stream()
            .map(identity -> identity.agent().text())
            .collect(Collectors.toSet()),
        agentClass.identities().stream()
            .filter(identity -> identity.proof().acceptsUnbound())
            .map(identity -> identity.agent().text())
            .collect(Collectors.toSet()),
        tools,
        variations,
        autonomy,
        agentClass.modelProvider(),
        agentClass.owner(),
        agentClass.accountability().person(),
        agentClass.accountability().escalation());
  }

  private static Set<String> toolsOf(Optional<TaskClass> taskClass) {
    return taskClass.map(TaskClass::tools).map(Set::copyOf).orElse(Set.of());
  }

  private static String key(TenantId tenant, String taskClass) {
    return tenant.value() + "/" + taskClass;
  }

  /** The tools of a task class at a tenant; none of a class that it does not have. */
  public Set<String> toolsAt(TenantId tenant, String taskClass) {
    var varied = variations.get(key(tenant, taskClass));
    return varied == null ? tools.getOrDefault(taskClass, Set.of()) : varied;
  }

  /** The tenants where it has an identity. */
  public Set<TenantId> tenants() {
    return identities.stream()
        .map(AgentId::parse)
        .map(AgentId::tenant)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Whether this reaches nothing that the other does not. Who owns it, who is asked and which model
   * sees its data must be the same; that somebody is named where nobody was is no more reach.
   */
  public boolean isWithin(Boundaries other) {
    return other.identities.containsAll(identities)
        && other.unbound.containsAll(unbound)
        && tenants().stream().allMatch(tenant -> isWithin(other, tenant))
        && autonomy.entrySet().stream()
            .allMatch(one -> isWithin(one.getValue(), other.autonomy.get(one.getKey())))
        && modelProvider.equals(other.modelProvider)
        && owner.equals(other.owner)
        && isKept(other.accountable, accountable)
        && isKept(other.escalation, escalation);
  }

  private boolean isWithin(Boundaries other, TenantId tenant) {
    return tools.keySet().stream()
        .allMatch(name ->
            other.tools.containsKey(name)
                && other.toolsAt(tenant, name).containsAll(toolsAt(tenant, name)));
  }

  private static boolean isWithin(
      Autonomy.Range range, Autonomy.@org.jspecify.annotations.Nullable Range other) {
    return other != null
        && range.start().compareTo(other.start()) <= 0
        && range.upTo().compareTo(other.upTo()) <= 0;
  }

  private static <T> boolean isKept(Optional<T> before, Optional<T> now) {
    return before.isEmpty() || before.equals(now);
  }

  /** The digest that a launch is bound to. */
  public String digest() {
    return Sha256.of(value());
  }

  /** As rows, cards and entries hold it. */
  public Value.Obj value() {
    var levels = Value.Obj.EMPTY;
    for (var one : autonomy.entrySet()) {
      levels =
          levels.with(
              one.getKey(),
              Value.object(
                  "start", one.getValue().start().text(), "upTo", one.getValue().upTo().text()));
    }
    var value =
        Value.object(
            "identities",
            sorted(identities),
            "unbound",
            sorted(unbound),
            "tools",
            byName(tools),
            "variations",
            byName(variations),
            "autonomy",
            levels,
            "modelProvider",
            modelProvider,
            "owner",
            owner);
    value =
        accountable.isPresent() ? value.with("accountable", Value.of(accountable.get())) : value;
    return escalation.isPresent()
        ? value.with(
            "escalation",
            Value.object(
                "asks", escalation.get().asks(), "takesOver", escalation.get().takesOver()))
        : value;
  }

  private static Value sorted(Collection<String> texts) {
    return Value.texts(new TreeSet<>(texts));
  }

  private static Value.Obj byName(Map<String, Set<String>> sets) {
    var value = Value.Obj.EMPTY;
    for (var one : sets.entrySet()) {
      value = value.with(one.getKey(), sorted(one.getValue()));
    }
    return value;
  }

  /** Reads {@link #value()}; throws when it is none. */
  public static Boundaries parse(Value.Obj value) {
    var levels = new TreeMap<String, Autonomy.Range>();
    value
        .object("autonomy")
        .orElseThrow()
        .members()
        .forEach((name, range) -> levels.put(name, range((Value.Obj) range)));
    return new Boundaries(
        texts(value, "identities"),
        texts(value, "unbound"),
        sets(value.object("tools").orElseThrow()),
        sets(value.object("variations").orElseThrow()),
        levels,
        value.text("modelProvider").orElseThrow(),
        value.text("owner").orElseThrow(),
        value.text("accountable"),
        value
            .object("escalation")
            .map(one ->
                new AgentClass.Escalation(
                    one.text("asks").orElseThrow(), one.text("takesOver").orElseThrow())));
  }

  private static Autonomy.Range range(Value.Obj range) {
    return new Autonomy.Range(level(range, "start"), level(range, "upTo"));
  }

  private static AutonomyLevel level(Value.Obj range, String name) {
    return range.text(name).flatMap(AutonomyLevel::of).orElseThrow();
  }

  private static Map<String, Set<String>> sets(Value.Obj value) {
    var sets = new TreeMap<String, Set<String>>();
    value.members().keySet().forEach(name -> sets.put(name, texts(value, name)));
    return sets;
  }

  private static Set<String> texts(Value.Obj value, String name) {
    return value.items(name).stream()
        .map(item -> ((Value.Text) item).value())
        .collect(Collectors.toSet());
  }
}

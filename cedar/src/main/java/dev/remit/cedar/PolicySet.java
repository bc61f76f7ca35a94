package dev.remit.cedar;

import dev.remit.cedar.json.Json;
import dev.remit.cedar.json.JsonReader;
import dev.remit.cedar.json.Reading;
import dev.remit.cedar.json.RefusedException;
import dev.remit.cedar.request.Facts;
import dev.remit.cedar.value.EntityUid;
import dev.remit.cedar.value.ValueReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compiled policies with an index over their heads. Immutable and thread safe; {@link #decide}
 * neither throws nor blocks, and its work is bounded by the sizes of policies and facts.
 */
public final class PolicySet {
  private final Index index;
  private final List<Policy> policies;

  private PolicySet(List<Policy> policies) {
    this.index = Index.of(policies);
    this.policies = List.copyOf(policies);
  }

  /**
   * Reads the official JSON form of a policy set: static policies, templates and their links. A
   * template that is not linked is read and takes part in nothing.
   */
  public static Reading<PolicySet> read(String json) {
    return Reading.of(() -> compile(JsonReader.read(json).object()));
  }

  /** What one policy says: where it comes from in the form and what fills its slots. */
  private record Source(Json.Obj json, Map<String, EntityUid> slots) {}

  private static PolicySet compile(Json.Obj set) {
    var sources = new TreeMap<String, Source>();
    set.get("staticPolicies")
        .ifPresent(policies ->
            policies
                .object()
                .members()
                .forEach((id, json) -> sources.put(id, new Source(json.object(), Map.of()))));
    var templates = set.get("templates").map(json -> json.object().members()).orElse(Map.of());
    set.get("templateLinks")
        .ifPresent(links -> links.items().forEach(link -> link(link.object(), templates, sources)));
    var policies = new ArrayList<Policy>(sources.size());
    sources.forEach((id, source) ->
        policies.add(new PolicyReader(source.slots()).read(id, policies.size(), source.json())));
    return new PolicySet(policies);
  }

  private static void link(
      Json.Obj link, Map<String, Json> templates, Map<String, Source> sources) {
    String id = link.need("newId").text();
    var template = templates.get(link.need("templateId").text());
    if (template == null) {
      throw new RefusedException("the link `" + id + "` names no template");
    }
    var slots = new HashMap<String, EntityUid>();
    link.need("values")
        .object()
        .members()
        .forEach((slot, uid) -> slots.put(slot, ValueReader.uid(uid)));
    if (sources.put(id, new Source(template.object(), slots)) != null) {
      throw new RefusedException("the policy `" + id + "` is there twice");
    }
  }

  /** How many policies take part: the static ones and the links. */
  public int size() {
    return policies.size();
  }

  /** The same set without one policy, if it is there. */
  public PolicySet without(String id) {
    return new PolicySet(policies.stream().filter(policy -> !policy.id().equals(id)).toList());
  }

  /** The same set with one static policy instead of what had its id; the others are kept as is. */
  public Reading<PolicySet> with(String id, String json) {
    return Reading.of(() -> {
      var source = JsonReader.read(json).object();
      var all = new ArrayList<Policy>(policies.size());
      for (var policy : policies) {
        boolean isMeant = policy.id().equals(id);
        all.add(isMeant ? new PolicyReader(Map.of()).read(id, policy.place(), source) : policy);
      }
      return new PolicySet(all);
    });
  }

  /** Decides as Cedar's authorizer does. */
  public Answer decide(Facts facts) {
    var tally = new Tally();
    index.visit(facts, tally);
    return tally.answer();
  }
}

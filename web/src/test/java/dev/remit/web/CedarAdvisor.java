package dev.remit.web;

import com.cedarpolicy.model.exception.AuthException;
import dev.remit.cedar.PolicySet;
import dev.remit.cedar.request.Entities;
import dev.remit.cedar.request.Facts;
import dev.remit.cedar.value.EntityUid;
import dev.remit.cedar.value.Value.Bool;
import dev.remit.cedar.value.Value.Int;
import dev.remit.cedar.value.ValueRecord;
import dev.remit.cedar.value.ValueSet;
import dev.remit.core.advice.Access;
import dev.remit.core.advice.Advice;
import dev.remit.core.advice.Advisor;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Answers by a Cedar policy set of its own and a handful of known entities, for interoperability:
 * what is known of an entity stands, what is sent beside it counts as well.
 */
final class CedarAdvisor implements Advisor, Advisor.View {

  private final PolicySet policies;
  private final List<String> actions;
  private final Map<String, Map<String, Value.Obj>> known = new TreeMap<>();

  private CedarAdvisor(PolicySet policies, Value.Obj fixture) {
    this.policies = policies;
    this.actions = fixture.items("actions").stream().map(CedarAdvisor::text).toList();
    for (var item : fixture.items("entities")) {
      var entity = (Value.Obj) item;
      known
          .computeIfAbsent(entity.text("type").orElseThrow(), type -> new TreeMap<>())
          .put(
              entity.text("id").orElseThrow(), entity.object("properties").orElse(Value.Obj.EMPTY));
    }
  }

  static CedarAdvisor of(String name) {
    try {
      var set = com.cedarpolicy.model.policy.PolicySet.parsePolicies(resource(name + ".cedar"));
      return new CedarAdvisor(
          PolicySet.read(set.toJson()).orThrow(), Json.parseObject(resource(name + ".json")));
    } catch (AuthException | IOException e) {
      throw new IllegalStateException("the policies of " + name + " cannot be read", e);
    }
  }

  private static String resource(String name) {
    try (var stream = CedarAdvisor.class.getResourceAsStream("authzen/" + name)) {
      return new String(
          java.util.Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Value value) {
    return ((Value.Text) value).value();
  }

  @Override
  public View of(TenantId tenant) {
    return this;
  }

  @Override
  public Advice on(Access access) {
    var subject = entity(access.subject());
    var resource = entity(access.resource());
    if (subject.isEmpty() || resource.isEmpty()) {
      return Advice.deny("no-such-type");
    }
    var action =
        new dev.remit.cedar.request.Entity(
            new EntityUid("Action", access.action().name()), ValueRecord.EMPTY, List.of());
    var context =
        ValueRecord.of(
            Map.of(
                "action", record(access.action().properties(), Value.Obj.EMPTY),
                "request", record(access.context(), Value.Obj.EMPTY)));
    var answer =
        policies.decide(
            new Facts(
                subject.get().uid(),
                action.uid(),
                resource.get().uid(),
                context,
                Entities.of(entities(subject.get(), action, resource.get())).orThrow()));
    return answer.isAllowed() && answer.failures().isEmpty()
        ? Advice.permit()
        : Advice.deny("no-permit");
  }

  private static List<dev.remit.cedar.request.Entity> entities(
      dev.remit.cedar.request.Entity subject,
      dev.remit.cedar.request.Entity action,
      dev.remit.cedar.request.Entity resource) {
    return subject.uid().equals(resource.uid())
        ? List.of(subject, action)
        : List.of(subject, action, resource);
  }

  private Optional<dev.remit.cedar.request.Entity> entity(Access.Entity sent) {
    if (!sent.type().matches("[a-z_]{1,40}")) {
      return Optional.empty();
    }
    var standing =
        known.getOrDefault(sent.type(), Map.of()).getOrDefault(sent.id(), Value.Obj.EMPTY);
    return Optional.of(
        new dev.remit.cedar.request.Entity(
            new EntityUid(sent.type(), sent.id()), record(sent.properties(), standing), List.of()));
  }

  private static ValueRecord record(Value.Obj claimed, Value.Obj standing) {
    var members = new HashMap<String, dev.remit.cedar.value.Value>();
    claimed.members().forEach((name, value) -> put(members, name, value));
    standing.members().forEach((name, value) -> put(members, name, value));
    return ValueRecord.of(members);
  }

  private static void put(
      Map<String, dev.remit.cedar.value.Value> members, String name, Value value) {
    switch (value) {
      case Value.Text(String text) -> members.put(name, new dev.remit.cedar.value.Value.Text(text));
      case Value.Int(long number) -> members.put(name, new Int(number));
      case Value.Bool(boolean claim) -> members.put(name, Bool.of(claim));
      case Value.Array(List<Value> items) ->
          members.put(
              name,
              ValueSet.ofTexts(
                  items.stream()
                      .filter(Value.Text.class::isInstance)
                      .map(CedarAdvisor::text)
                      .toList()));
      case Value.Obj inner -> members.put(name, record(inner, Value.Obj.EMPTY));
      case Value.Real _, Value.Null _ -> {}
    }
  }

  @Override
  public List<String> subjects(String type, int from, int atMost) {
    return part(List.copyOf(known.getOrDefault(type, Map.of()).keySet()), from, atMost);
  }

  @Override
  public List<String> resources(String type, int from, int atMost) {
    return subjects(type, from, atMost);
  }

  @Override
  public List<String> actions(Access.Entity subject, int from, int atMost) {
    return part(actions, from, atMost);
  }

  private static List<String> part(List<String> all, int from, int atMost) {
    int start = Math.min(from, all.size());
    return all.subList(start, Math.min(all.size(), start + atMost));
  }
}

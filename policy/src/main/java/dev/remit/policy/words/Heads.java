package dev.remit.policy.words;

import dev.remit.cedar.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The head of a policy in words: whose calls, of what, on what. */
public final class Heads {
  private Heads() {}

  /** The kind of resource that a policy is about; {@code target} where it is about several. */
  public static String kind(Json.Obj policy) {
    return type(policy).map(Nouns::kind).orElse("target");
  }

  private static Optional<String> type(Json.Obj policy) {
    return policy
        .get("resource")
        .filter(Json.Obj.class::isInstance)
        .flatMap(head -> head.object().get("entity_type"))
        .map(Json::text);
  }

  /** Such as {@code calls of rmm_restart on a device of client harbor}. */
  public static String words(Json.Obj policy) {
    var words = new ArrayList<String>();
    var actions = entities(policy, "action");
    words.add(actions.isEmpty() ? "every call" : "calls of " + ids(actions));
    of(policy, "principal").ifPresent(who -> words.add("by agents" + who));
    var what = of(policy, "resource").orElse("");
    type(policy)
        .map(Nouns::kind)
        .map(kind -> kind.equals("client") ? "without target" : "on a " + kind)
        .or(() -> what.isEmpty() ? Optional.empty() : Optional.of("on targets"))
        .ifPresent(words::add);
    return String.join(" ", words) + what;
  }

  private static Optional<String> of(Json.Obj policy, String part) {
    var entities = entities(policy, part);
    return entities.isEmpty()
        ? Optional.empty()
        : Optional.of(
            " of "
                + entities.stream()
                    .map(uid -> Nouns.kind(uid.need("type").text()) + " " + uid.need("id").text())
                    .collect(Collectors.joining(", ")));
  }

  private static String ids(List<Json.Obj> entities) {
    return entities.stream().map(uid -> uid.need("id").text()).collect(Collectors.joining(", "));
  }

  /** The entities that a part of a head names. */
  private static List<Json.Obj> entities(Json.Obj policy, String part) {
    var head = policy.need(part).object();
    var all = new ArrayList<Json.Obj>();
    head.get("entity").ifPresent(one -> all.add(uid(one)));
    head.get("entities").ifPresent(some -> some.items().forEach(one -> all.add(uid(one))));
    head.get("in").flatMap(in -> in.object().get("entity")).ifPresent(one -> all.add(uid(one)));
    return all;
  }

  private static Json.Obj uid(Json entity) {
    return entity.object().get("__entity").orElse(entity).object();
  }
}

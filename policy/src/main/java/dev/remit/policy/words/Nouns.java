package dev.remit.policy.words;

import dev.remit.cedar.json.Json;
import dev.remit.policy.words.Shape.Sides;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the facts of the published schema are called. */
final class Nouns {
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._@:$+-]*[A-Za-z0-9])?");
  private static final List<String> GRADES = List.of("observe", "low", "high", "destructive");
  private static final List<String> FAMILIES = List.of("observe", "change", "destructive");

  private static final Map<String, List<String>> LEVELS =
      Map.of(
          "context.tool.effect", GRADES,
          "context.task.risk", GRADES,
          "context.tool.family", FAMILIES,
          "principal.family", FAMILIES);

  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("principal", "whoever asks"),
          Map.entry("action", "the tool"),
          Map.entry("context.at", "the time"),
          Map.entry("context.environment", "the task's environment"),
          Map.entry("context.tenant.id", "the client"),
          Map.entry("context.task.tenant", "the task's client"),
          Map.entry("context.task.agent", "the task's agent"),
          Map.entry("context.task.ageSeconds", "the task's age in seconds"),
          Map.entry("context.task.targets", "the number of the task's targets"),
          Map.entry("context.chain.depth", "how often the work was handed on"),
          Map.entry("context.tool.name", "the tool"),
          Map.entry("principal.tenant", "the agent's client"));

  /** Facts that are claims, as they are told when they hold and when they do not. */
  private static final Map<String, List<String>> CLAIMS =
      Map.of(
          "context.task.namesTool", List.of("the task names the tool", "the task does not name it"),
          "context.task.readUntrusted",
              List.of("the task read untrusted words", "the task read no untrusted words"),
          "context.tool.contentTrusted",
              List.of("the tool's content is trusted", "the tool's content is not trusted"),
          "context.chain.bound",
              List.of(
                  "every agent that handed the work on had a key of its own",
                  "an agent that handed the work on had no key of its own"),
          "principal.bound",
              List.of(
                  "the agent's token is bound to a key of its own",
                  "the agent's token is bound to no key of its own"));

  /** Facts that are lists: what it means that they hold a text, and that they do not. */
  private static final Map<String, List<String>> LISTS =
      Map.of(
          "context.tenant.windows",
              List.of("the client's window %s is open", "the client's window %s is closed"),
          "principal.taskClasses",
              List.of("the agent may work on %s", "the agent may not work on %s"),
          "context.chain.classes",
              List.of("a %s agent has a hand in the work", "no %s agent has a hand in the work"),
          "context.approvals", List.of("an approval by %s is held", "no approval by %s is held"),
          "context.exceptions",
              List.of("an exception from %s is in force", "no exception from %s is in force"));

  private static final Map<String, String> OWNERS =
      Map.of(
          "principal", "the agent's ",
          "context.task", "the task's ",
          "context.chain", "the chain's ",
          "context.tool", "the tool's ",
          "context.tenant", "the client's ",
          "context", "the call's ");

  private final String kind;

  Nouns(String kind) {
    this.kind = kind;
  }

  /** The words of an entity type: {@code FileShare} is {@code file share}. */
  static String kind(String type) {
    return type.equals("Tenant") ? "client" : words(type);
  }

  private static String words(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1 $2").replace('_', ' ').toLowerCase(Locale.ROOT);
  }

  Optional<String> claim(Json json, boolean isTrue) {
    return Shape.path(json).map(CLAIMS::get).map(words -> words.get(isTrue ? 0 : 1));
  }

  Optional<String> membership(Sides sides, boolean isTrue) {
    var words = Shape.path(sides.left()).map(LISTS::get);
    var item = noun(sides.right());
    return words.isPresent() && item.isPresent()
        ? Optional.of(words.get().get(isTrue ? 0 : 1).replace("%s", item.get()))
        : Optional.empty();
  }

  boolean isLevel(Json json) {
    return Shape.path(json).filter(LEVELS::containsKey).isPresent();
  }

  /** The name of the level that a number stands for beside such a fact. */
  Optional<String> level(Json fact, Json number) {
    var names = Shape.path(fact).map(LEVELS::get);
    var at = Shape.number(number).filter(n -> n >= 0);
    return names.isPresent() && at.isPresent() && at.get() < names.get().size()
        ? Optional.of(names.get().get(at.get().intValue()))
        : Optional.empty();
  }

  /** A fact or a literal. */
  Optional<String> noun(Json json) {
    return Shape.literal(json).isPresent() ? value(json) : fact(json);
  }

  private Optional<String> fact(Json json) {
    var path = Shape.path(json);
    if (path.isEmpty()) {
      return Optional.empty();
    }
    var known = Optional.ofNullable(NAMES.get(path.get()));
    if (known.isPresent()) {
      return known;
    }
    if (path.get().equals("resource")) {
      return Optional.of("the " + kind);
    }
    return Shape.member(json, ".").flatMap(member -> member(member.left(), member.name()));
  }

  /** A member of a fact, whether or not it is there. */
  Optional<String> member(Json owner, String name) {
    var path = Shape.path(owner).orElse("");
    if (path.equals("resource")) {
      return Optional.of("the " + kind + "'s " + words(name));
    }
    if (path.equals("context.arguments")) {
      return Optional.of("the argument " + quoted(name));
    }
    return Optional.ofNullable(OWNERS.get(path)).map(whose -> whose + words(name));
  }

  /** All as literals; empty if one is none. */
  Optional<List<String>> values(List<Json> items) {
    var texts = new ArrayList<String>();
    for (var item : items) {
      var text = noun(item);
      if (text.isEmpty()) {
        return Optional.empty();
      }
      texts.add(text.get());
    }
    return Optional.of(texts);
  }

  private static Optional<String> value(Json json) {
    var text = Shape.text(json);
    if (text.isPresent()) {
      return Optional.of(quoted(text.get()));
    }
    var number = Shape.number(json);
    return number.isPresent() ? number.map(String::valueOf) : entity(json);
  }

  private static Optional<String> entity(Json json) {
    return Shape.literal(json)
        .filter(Json.Obj.class::isInstance)
        .flatMap(literal -> literal.object().get("__entity"))
        .map(Json::object)
        .map(uid -> kind(uid.need("type").text()) + " " + quoted(uid.need("id").text()));
  }

  /** A text as it is; in quotes where its ends would not be seen. */
  private static String quoted(String text) {
    return PLAIN.matcher(text).matches()
        ? text
        : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}

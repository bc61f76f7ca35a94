package dev.remit.evidence.reconcile;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the client says for a reconciliation, as a JSON file.
 *
 * @param connectors whose receipts answer to this log; empty means all
 * @param principals who of the MSP shows up in the log, with {@code *} for any text
 * @param window how far the two clocks and the vendor's queue may be apart
 * @param tools which of the vendor's kinds of act a tool makes; a tool that is not named makes any
 * @param reads whether the log holds reads as well, so that receipts of reads need an act
 * @param from the log is complete from here on; absent means from its first act
 * @param until and up to here; absent means up to its last act
 * @param columns of a CSV, by what is in them: id, time, principal, target, kind, reference
 */
public record Rules(
    Set<String> connectors,
    List<Pattern> principals,
    Duration window,
    Map<String, Set<String>> tools,
    boolean reads,
    Optional<Instant> from,
    Optional<Instant> until,
    Map<String, String> columns) {

  private static final Set<String> KNOWN =
      Set.of(
          "connectors",
          "principals",
          "windowSeconds",
          "tools",
          "reads",
          "from",
          "until",
          "columns");
  private static final long LONGEST_WINDOW_SECONDS = 86_400;

  public Rules {
    connectors = Set.copyOf(connectors);
    principals = List.copyOf(principals);
    tools = Map.copyOf(tools);
    columns = Map.copyOf(columns);
    if (principals.isEmpty()) {
      throw new InvalidValueException(
          "the rules name no `principals`: say who of the MSP shows up in the log");
    }
  }

  /** Reads the file's text; an unknown member is refused, because it would silently do nothing. */
  public static Rules parse(String text) {
    Value.Obj rules = Json.parseObject(text);
    for (String name : rules.members().keySet()) {
      if (!KNOWN.contains(name)) {
        throw new InvalidValueException("rules have no member `" + name + "`");
      }
    }
    long seconds = rules.integer("windowSeconds").orElse(300L);
    if (seconds < 0 || seconds > LONGEST_WINDOW_SECONDS) {
      throw new InvalidValueException("`windowSeconds` is 0 to " + LONGEST_WINDOW_SECONDS);
    }
    return new Rules(
        Set.copyOf(texts(rules, "connectors")),
        texts(rules, "principals").stream().map(Rules::glob).toList(),
        Duration.ofSeconds(seconds),
        tools(rules.object("tools").orElse(Value.Obj.EMPTY)),
        rules.get("reads").equals(Optional.of(Value.of(true))),
        rules.text("from").map(Rules::instant),
        rules.text("until").map(Rules::instant),
        columns(rules.object("columns").orElse(Value.Obj.EMPTY)));
  }

  private static Map<String, Set<String>> tools(Value.Obj object) {
    Map<String, Set<String>> tools = new HashMap<>();
    object.members().keySet().forEach(name -> tools.put(name, Set.copyOf(texts(object, name))));
    return tools;
  }

  private static Map<String, String> columns(Value.Obj object) {
    Map<String, String> columns = new HashMap<>();
    for (String name : object.members().keySet()) {
      columns.put(
          name,
          object.text(name).orElseThrow(() -> new InvalidValueException("a column is a name")));
    }
    return columns;
  }

  private static Set<String> texts(Value.Obj object, String name) {
    Set<String> texts = new HashSet<>();
    if (object.get(name).isPresent() && !(object.get(name).get() instanceof Value.Array)) {
      throw new InvalidValueException("`" + name + "` is a list of texts");
    }
    for (Value item : object.items(name)) {
      if (!(item instanceof Value.Text(String text)) || text.isEmpty()) {
        throw new InvalidValueException("`" + name + "` is a list of texts");
      }
      texts.add(text);
    }
    return texts;
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new InvalidValueException("`" + text + "` is no instant: write 2026-03-01T00:00:00Z");
    }
  }

  private static Pattern glob(String text) {
    String pattern =
        Stream.of(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    return Pattern.compile(
        pattern, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
  }

  boolean isOfMsp(Act act) {
    return act.principals().stream()
        .anyMatch(name -> principals.stream().anyMatch(pattern -> pattern.matcher(name).matches()));
  }

  boolean canMake(String tool, String kind) {
    Set<String> kinds = tools.get(tool);
    return kinds == null || kinds.contains(kind);
  }
}

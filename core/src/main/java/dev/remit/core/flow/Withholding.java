package dev.remit.core.flow;

import dev.remit.core.tenant.DataClass;
import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Takes out of an answer what may not go to the agent's provider of models.
 *
 * <p>The class of a value is that of the longest pointer that leads to it or above it. A value
 * without a class is withheld. What was withheld is counted by class and, where a pointer declared
 * it, named by that pointer; values and names that the vendor chose are kept nowhere.
 */
final class Withholding {

  private static final String UNCLASSIFIED = "unclassified";

  private final Map<List<String>, DataClass> classes = new LinkedHashMap<>();
  private final Set<DataClass> released;
  private final Map<String, Integer> counts = new TreeMap<>();
  private final Set<String> fields = new TreeSet<>();

  private Withholding(Map<String, DataClass> classes, Set<DataClass> released) {
    classes.forEach((pointer, dataClass) -> this.classes.put(tokens(pointer), dataClass));
    this.released = released;
  }

  /**
   * The rest of an answer.
   *
   * @param withheld for the entry; empty when nothing was withheld
   */
  record Rest(Value.Obj result, Value.Obj withheld) {}

  /** What of this MCP result may go on. */
  static Rest of(Value.Obj result, Map<String, DataClass> classes, Set<DataClass> released) {
    return new Withholding(classes, released).rest(result);
  }

  private Rest rest(Value.Obj result) {
    var structured = result.get("structuredContent");
    boolean isWhole = mayGo(classes.get(List.of()));
    var kept = structured.flatMap(value -> kept(value, List.of()));
    if (structured.isEmpty() && !isWhole) {
      count(classes.get(List.of()), "");
    }
    if (counts.isEmpty() && isWhole) {
      return new Rest(result, Value.Obj.EMPTY);
    }
    Value left = kept.orElse(Value.Obj.EMPTY);
    var content = new ArrayList<Value>();
    if (structured.isPresent()) {
      content.add(text(CanonicalJson.text(left)));
    }
    if (!counts.isEmpty()) {
      content.add(text(words()));
    }
    var told = result.with("content", new Value.Array(content));
    return new Rest(
        structured.isPresent() ? told.with("structuredContent", left) : told, withheld());
  }

  private Optional<Value> kept(Value value, List<String> path) {
    return switch (value) {
      case Value.Obj object
          when isDeeper(path) || object.members().isEmpty() || mayGo(at(path)) -> {
        var members = new LinkedHashMap<String, Value>();
        object
            .members()
            .forEach((name, member) ->
                kept(member, below(path, name)).ifPresent(left -> members.put(name, left)));
        yield told(object, new Value.Obj(members), path);
      }
      case Value.Array(List<Value> items) when isDeeper(path) || mayGo(at(path)) -> {
        var left = new ArrayList<Value>();
        items.forEach(item -> kept(item, below(path, "*")).ifPresent(left::add));
        yield Optional.of(new Value.Array(left));
      }
      case Value other -> {
        if (mayGo(at(path))) {
          yield Optional.of(other);
        }
        count(at(path), declared(path));
        yield Optional.empty();
      }
    };
  }

  /** Its name may be data as well, as in a map by people's names: it goes with something only. */
  private Optional<Value> told(Value.Obj object, Value.Obj left, List<String> path) {
    if (!left.isEmpty() || path.isEmpty() || mayGo(at(path))) {
      return Optional.of(left);
    }
    if (object.isEmpty()) {
      count(at(path), declared(path));
    }
    return Optional.empty();
  }

  private boolean isDeeper(List<String> path) {
    return classes.keySet().stream()
        .anyMatch(pointer -> pointer.size() > path.size() && leads(pointer, path, path.size()));
  }

  /** The longest pointer; of several, one that withholds. */
  private Optional<List<String>> nearest(List<String> path) {
    return classes.keySet().stream()
        .filter(pointer -> pointer.size() <= path.size() && leads(pointer, path, pointer.size()))
        .max(
            Comparator.<List<String>>comparingInt(List::size)
                .thenComparing(pointer -> !mayGo(classes.get(pointer)))
                .thenComparing(Withholding::pointer));
  }

  private static boolean leads(List<String> pointer, List<String> path, int length) {
    for (int i = 0; i < length; i++) {
      if (!pointer.get(i).equals(path.get(i)) && !pointer.get(i).equals("*")) {
        return false;
      }
    }
    return true;
  }

  private @org.jspecify.annotations.Nullable DataClass at(List<String> path) {
    return nearest(path).map(classes::get).orElse(null);
  }

  private String declared(List<String> path) {
    return nearest(path).map(Withholding::pointer).orElse("");
  }

  private boolean mayGo(@org.jspecify.annotations.Nullable DataClass dataClass) {
    return dataClass != null && released.contains(dataClass);
  }

  private void count(@org.jspecify.annotations.Nullable DataClass dataClass, String pointer) {
    counts.merge(dataClass == null ? UNCLASSIFIED : dataClass.text(), 1, Integer::sum);
    if (dataClass != null) {
      fields.add(pointer);
    }
  }

  private String words() {
    var all = new ArrayList<String>();
    counts.forEach((name, count) -> all.add(count + " " + name));
    return "withheld by this client's rules on data: " + String.join(", ", all);
  }

  private Value.Obj withheld() {
    if (counts.isEmpty()) {
      return Value.Obj.EMPTY;
    }
    var all = new LinkedHashMap<String, Value>();
    counts.forEach((name, count) -> all.put(name, Value.of(count.longValue())));
    return Value.object("classes", new Value.Obj(all), "fields", Value.texts(fields));
  }

  private static Value text(String words) {
    return Value.object("type", "text", "text", words);
  }

  private static List<String> below(List<String> path, String name) {
    var longer = new ArrayList<>(path);
    longer.add(name);
    return longer;
  }

  private static List<String> tokens(String pointer) {
    return pointer.isEmpty()
        ? List.of()
        : Arrays.stream(pointer.substring(1).split("/", -1))
            .map(token -> token.replace("~1", "/").replace("~0", "~"))
            .toList();
  }

  private static String pointer(List<String> tokens) {
    var out = new StringBuilder();
    tokens.forEach(token -> out.append('/').append(token.replace("~", "~0").replace("/", "~1")));
    return out.toString();
  }
}

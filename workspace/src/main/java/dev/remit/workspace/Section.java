package dev.remit.workspace;

import dev.remit.core.value.Value;
import dev.remit.policy.Diagnostic;
import dev.remit.policy.Origin;
import dev.remit.workspace.YamlNode.Items;
import dev.remit.workspace.YamlNode.Member;
import dev.remit.workspace.YamlNode.Members;
import dev.remit.workspace.YamlNode.Scalar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * One mapping of a file, read name by name; names nobody asked for are errors when it is closed.
 *
 * <p>What is missing or of the wrong form is told with its place, and a harmless value stands in so
 * that the rest of the file is still checked; a workspace with any problem is never loaded.
 */
final class Section {
  private final String file;
  private final Members node;
  private final Consumer<Diagnostic> problems;
  private final Set<String> known = new HashSet<>();

  Section(String file, Members node, Consumer<Diagnostic> problems) {
    this.file = file;
    this.node = node;
    this.problems = problems;
  }

  /** The whole as a value. */
  Value.Obj value() {
    return node.value();
  }

  String file() {
    return file;
  }

  /** The parts of it with their lines. */
  Members members() {
    return node;
  }

  /** Another mapping of the same file. */
  Section part(Members other) {
    return new Section(file, other, problems);
  }

  Origin origin() {
    return new Origin(file, node.line());
  }

  /** Where the member of this name is written, or the section as a whole. */
  Origin origin(String name) {
    var member = node.members().get(name);
    return member == null ? origin() : new Origin(file, member.line());
  }

  void problem(Origin at, String message) {
    problems.accept(new Diagnostic(at.file(), at.line(), message));
  }

  void problem(String name, String message) {
    problem(origin(name), message);
  }

  boolean has(String name) {
    return node.members().containsKey(name);
  }

  Set<String> names() {
    return node.members().keySet();
  }

  /** Tells every name that nobody asked for. */
  void close() {
    node.members()
        .forEach((name, member) -> {
          if (!known.contains(name)) {
            problem(new Origin(file, member.line()), "unknown key `" + name + "`; remove it");
          }
        });
  }

  private Optional<YamlNode> find(String name) {
    known.add(name);
    return Optional.ofNullable(node.members().get(name)).map(Member::node);
  }

  private Optional<YamlNode> require(String name, String what) {
    var found = find(name);
    if (found.isEmpty()) {
      problem(origin(), "`" + name + "` is missing; add " + what);
    }
    return found;
  }

  /** Text that must be there, and that the form accepts. */
  String text(String name, Form form) {
    return require(name, form.what())
        .map(found -> scalar(name, found, form))
        .orElse(form.standIn());
  }

  /** Text that may be there. */
  Optional<String> optionalText(String name, Form form) {
    return find(name).map(found -> scalar(name, found, form));
  }

  private String scalar(String name, YamlNode found, Form form) {
    if (!(found instanceof Scalar scalar)) {
      problem(new Origin(file, found.line()), "`" + name + "` must be " + form.what());
      return form.standIn();
    }
    if (!scalar.isText()) {
      problem(
          new Origin(file, scalar.line()),
          "`" + name + "` must be " + form.what() + "; put `" + scalar.text() + "` in quotes");
      return form.standIn();
    }
    if (!form.accepts(scalar.text())) {
      problem(
          new Origin(file, scalar.line()),
          "`" + name + "` must be " + form.what() + ", not `" + excerpt(scalar.text()) + "`");
      return form.standIn();
    }
    return scalar.text();
  }

  private static String excerpt(String text) {
    return text.length() <= 60 ? text : text.substring(0, 57) + "...";
  }

  /** A positive duration. */
  Duration duration(String name) {
    return Durations.parse(text(name, Durations.FORM));
  }

  /** A number from 1 on; zero means none and is no limit that anybody wants. */
  int positive(String name, int atMost) {
    var what = "a number from 1 to " + atMost;
    var found = require(name, what);
    if (found.isEmpty()) {
      return 1;
    }
    if (found.get() instanceof Scalar scalar
        && scalar.value() instanceof Value.Int(long number)
        && number >= 1
        && number <= atMost) {
      return (int) number;
    }
    problem(new Origin(file, found.get().line()), "`" + name + "` must be " + what);
    return 1;
  }

  /** A number that may be there. */
  Optional<Integer> optionalPositive(String name, int atMost) {
    return has(name) ? Optional.of(positive(name, atMost)) : Optional.empty();
  }

  /** A number from 0 on that may be there; zero means none. */
  Optional<Integer> optionalCount(String name, int atMost) {
    var found = find(name);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    if (found.get() instanceof Scalar scalar
        && scalar.value() instanceof Value.Int(long number)
        && number >= 0
        && number <= atMost) {
      return Optional.of((int) number);
    }
    problem(
        new Origin(file, found.get().line()),
        "`" + name + "` must be a number from 0 to " + atMost);
    return Optional.of(0);
  }

  /** A limit's value that may be there, zero too; a number need not be in quotes. */
  Optional<Amount> number(String name, LimitName limit) {
    var found = find(name);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    var at = new Origin(file, found.get().line());
    var value =
        found.get() instanceof Scalar scalar
            ? limit.parse(scalar.text())
            : java.util.OptionalLong.empty();
    if (value.isEmpty()) {
      problem(at, "`" + name + "` must be " + limit.form());
    }
    return Optional.of(new Amount(value.orElse(0), at));
  }

  /** A truth value that may be there. */
  void optionalBoolean(String name) {
    find(name)
        .filter(found -> !(found.value() instanceof Value.Bool))
        .ifPresent(found -> problem(name, "`" + name + "` must be true or false"));
  }

  /** A truth value that may be there; else this one. */
  boolean flag(String name, boolean otherwise) {
    optionalBoolean(name);
    return any(name).map(Value.of(true)::equals).orElse(otherwise);
  }

  /** A list of texts that must be there and hold something. */
  List<Located> texts(String name, Form form) {
    return require(name, "a list of " + form.what())
        .map(found -> list(name, found, form))
        .orElse(List.of());
  }

  /** A list of texts that may be there; if it is, it holds something. */
  List<Located> optionalTexts(String name, Form form) {
    return find(name).map(found -> list(name, found, form)).orElse(List.of());
  }

  private List<Located> list(String name, YamlNode found, Form form) {
    if (!(found instanceof Items(List<YamlNode> items, int line))) {
      problem(new Origin(file, found.line()), "`" + name + "` must be a list");
      return List.of();
    }
    if (items.isEmpty()) {
      problem(new Origin(file, line), "`" + name + "` is empty, which means none; list something");
    }
    var texts = new ArrayList<Located>();
    var seen = new HashSet<String>();
    for (var item : items) {
      String text = scalar(name, item, form);
      if (!seen.add(text)) {
        problem(new Origin(file, item.line()), "`" + text + "` is there twice");
      }
      texts.add(new Located(text, new Origin(file, item.line())));
    }
    return texts;
  }

  /** A mapping that must be there. */
  Section section(String name) {
    return require(name, "a mapping")
        .flatMap(found -> nested(name, found))
        .orElseGet(() -> empty());
  }

  /** A mapping that may be there. */
  Optional<Section> optionalSection(String name) {
    return find(name).flatMap(found -> nested(name, found));
  }

  /** A list of mappings that may be there; if it is, it holds something. */
  List<Section> optionalSections(String name) {
    var found = find(name);
    if (found.isEmpty()) {
      return List.of();
    }
    if (!(found.get() instanceof Items(List<YamlNode> items, int line)) || items.isEmpty()) {
      problem(name, "`" + name + "` must be a list that holds something");
      return List.of();
    }
    return items.stream().flatMap(item -> nested(name, item).stream()).toList();
  }

  /** A mapping of names to mappings; it must be there and hold something. */
  Map<String, Section> named(String name, Form form) {
    var outer = section(name);
    if (has(name) && outer.names().isEmpty()) {
      problem(name, "`" + name + "` is empty, which means none; add something");
    }
    return outer.each(form, (key, found) -> outer.nested(key, found));
  }

  /** A mapping of names to mappings that may be there. */
  Map<String, Section> optionalNamed(String name, Form form) {
    return optionalSection(name)
        .map(outer -> outer.each(form, (key, found) -> outer.nested(key, found)))
        .orElse(Map.of());
  }

  /** All members as texts, by names of this form. */
  Map<String, String> eachText(Form names, Form values) {
    return each(names, (name, found) -> Optional.of(scalar(name, found, values)));
  }

  private <T> Map<String, T> each(Form form, BiFunction<String, YamlNode, Optional<T>> read) {
    var all = new LinkedHashMap<String, T>();
    node.members()
        .forEach((name, member) -> {
          known.add(name);
          if (!form.accepts(name)) {
            problem(
                new Origin(file, member.line()), "the name `" + name + "` must be " + form.what());
          } else {
            read.apply(name, member.node()).ifPresent(value -> all.put(name, value));
          }
        });
    return all;
  }

  /** Any value that has an I-JSON form. */
  Optional<Value> any(String name) {
    return find(name).map(YamlNode::value);
  }

  private Optional<Section> nested(String name, YamlNode found) {
    if (found instanceof Members members) {
      return Optional.of(new Section(file, members, problems));
    }
    problem(new Origin(file, found.line()), "`" + name + "` must be a mapping");
    return Optional.empty();
  }

  private Section empty() {
    return new Section(file, new Members(Map.of(), node.line()), problem -> {});
  }

  /** A value of a limit with its place. */
  record Amount(long value, Origin origin) {}

  /** A text with its place. */
  record Located(String text, Origin origin) {}
}

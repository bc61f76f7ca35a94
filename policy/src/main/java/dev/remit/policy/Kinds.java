package dev.remit.policy;

import dev.remit.core.call.Tool;
import dev.remit.core.release.Release;
import dev.remit.core.task.TaskClass;
import dev.remit.core.value.Value;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Kinds of target records with the attributes that policy may read, and their entity types. */
public final class Kinds {
  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9]*(?:-[a-z][a-z0-9]*)*");
  private static final Pattern ATTRIBUTE = Pattern.compile("[a-z][a-z0-9_]*");
  private static final Set<String> RESERVED =
      Set.of(
          "agent",
          "tenant",
          "action",
          "bool",
          "boolean",
          "long",
          "string",
          "set",
          "record",
          "entity",
          "extension",
          "decimal",
          "ipaddr",
          "datetime",
          "duration");

  private Kinds() {}

  /** Whether a kind may have this name. */
  public static boolean isName(String kind) {
    return kind.length() <= 31
        && FORM.matcher(kind).matches()
        && !RESERVED.contains(kind)
        && !kind.startsWith("remit");
  }

  /** Whether an attribute of a kind may have this name. */
  public static boolean isAttributeName(String name) {
    return name.length() <= 31 && ATTRIBUTE.matcher(name).matches();
  }

  /** The entity type of a kind: {@code file-share} is {@code FileShare}. */
  static String entityType(String kind) {
    var type = new StringBuilder();
    for (String part : kind.split("-", -1)) {
      if (!part.isEmpty()) {
        type.append(part.substring(0, 1).toUpperCase(Locale.ROOT)).append(part.substring(1));
      }
    }
    return type.toString();
  }

  /** Every kind that the release names, with the attributes that some inventory declares. */
  static SortedMap<String, SortedSet<String>> of(Release release) {
    var kinds = new TreeMap<String, SortedSet<String>>();
    for (var connector : release.connectors().values()) {
      var inventory = connector.settings().object("inventory").orElse(Value.Obj.EMPTY);
      for (String kind : inventory.members().keySet()) {
        var record = inventory.object(kind).orElse(Value.Obj.EMPTY);
        attributes(kinds, kind).addAll(declared(record));
      }
    }
    for (Tool tool : release.tools().values()) {
      tool.targets().forEach(target -> attributes(kinds, target.kind()));
    }
    for (TaskClass taskClass : release.taskClasses().values()) {
      attributes(kinds, taskClass.targetKind());
    }
    return kinds;
  }

  /** Names of attributes, as a mapping of names to places or as a list of names. */
  private static Set<String> declared(Value.Obj record) {
    var names = new TreeSet<String>();
    record.object("attributes").ifPresent(places -> names.addAll(places.members().keySet()));
    for (var item : record.items("attributes")) {
      if (item instanceof Value.Text(String name)) {
        names.add(name);
      }
    }
    return names;
  }

  private static SortedSet<String> attributes(Map<String, SortedSet<String>> kinds, String kind) {
    return kinds.computeIfAbsent(kind, name -> new TreeSet<>());
  }
}

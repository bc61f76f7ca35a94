package dev.remit.connectors.ldap;

import com.unboundid.ldap.sdk.DN;
import dev.remit.connectors.common.Settings;
import dev.remit.core.identity.Grade;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Which groups give a leased account its rights, for the inventory and for each grade of effect.
 * What a group may do is the directory's own access control.
 */
record Rights(DN base, String member, Map<Grade, List<DnTemplate>> byGrade) {
  Rights {
    byGrade = Map.copyOf(byGrade);
  }

  /** Reads {@code base}, {@code member} and the lists {@code read}, {@code low} and so on. */
  static Rights of(Settings settings) {
    var base = DnTemplate.plain(settings.text("base"));
    var byGrade = new EnumMap<Grade, List<DnTemplate>>(Grade.class);
    for (Grade grade : Grade.values()) {
      var templates =
          settings.texts(grade == Grade.OBSERVE ? "read" : grade.text()).stream()
              .map(DnTemplate::parse)
              .toList();
      for (var template : templates) {
        if (!template.isBelow(base)) {
          throw new InvalidValueException(
              settings.where() + ": `" + template.form() + "` is not below `base`");
        }
      }
      byGrade.put(grade, templates);
    }
    return new Rights(base, settings.optionalText("member").orElse("member"), byGrade);
  }

  /**
   * The groups of a grade for this owner; those of reading come with every grade. A grade that
   * names none, or an owner without a name, gives none at all.
   */
  Value.Obj scope(Grade grade, String owner) {
    var templates = new ArrayList<>(groups(grade));
    if (!templates.isEmpty()) {
      templates.addAll(groups(Grade.OBSERVE));
    }
    boolean isNameless = owner.isEmpty() && templates.stream().anyMatch(DnTemplate::namesOwner);
    var names = new TreeSet<String>();
    if (!isNameless) {
      templates.forEach(template -> names.add(template.fill(owner).toString()));
    }
    return Value.object("groups", Value.texts(names));
  }

  /** What reading without any tenant needs. */
  Value.Obj readScope() {
    var names =
        groups(Grade.OBSERVE).stream()
            .filter(group -> !group.namesOwner())
            .map(group -> group.form().toString())
            .toList();
    return Value.object("groups", Value.texts(names));
  }

  private List<DnTemplate> groups(Grade grade) {
    return byGrade.getOrDefault(grade, List.of());
  }

  /** The groups that a lease names; each must lie where groups of rights lie. */
  List<DN> groups(Value.Obj scope) {
    var groups = new Settings("lease", scope).texts("groups").stream().map(DnTemplate::dn).toList();
    for (DN group : groups) {
      if (!group.isDescendantOf(base, false)) {
        throw new InvalidValueException("a group of the lease is not one of rights");
      }
    }
    return groups;
  }
}

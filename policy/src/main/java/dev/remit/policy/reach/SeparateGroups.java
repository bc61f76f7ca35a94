package dev.remit.policy.reach;

import dev.remit.core.identity.PersonFunction;
import dev.remit.core.release.OwnSystems;
import dev.remit.core.release.OwnWork;
import dev.remit.core.release.People;
import dev.remit.policy.CompiledPolicies;
import dev.remit.policy.Origin;
import dev.remit.policy.PolicySource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Groups that hold functions which nobody may hold together: approve, operate, oversee, author. The
 * same people under two names are one group.
 */
final class SeparateGroups {
  private static final Set<PersonFunction> SEPARATE =
      EnumSet.of(
          PersonFunction.APPROVE,
          PersonFunction.OPERATE,
          PersonFunction.OVERSEE,
          PersonFunction.AUTHOR);
  private static final Set<PersonFunction> SOFT =
      EnumSet.of(PersonFunction.OPERATE, PersonFunction.AUTHOR);

  private final PolicySource source;
  private final People people;
  private final Findings.Draft findings;

  SeparateGroups(CompiledPolicies policies, Findings.Draft findings) {
    this.source = policies.source();
    this.people = source.release().people();
    this.findings = findings;
  }

  /** The people of an issuer's group, whatever a workspace calls them. */
  static String members(String issuer, String group) {
    return OwnSystems.folded(issuer) + "\n" + OwnSystems.folded(group);
  }

  void look() {
    var names = new TreeMap<String, List<String>>();
    people.groups().keySet().stream()
        .sorted(Comparator.comparingInt((String name) -> line(name)).thenComparing(name -> name))
        .forEach(name -> {
          var group = people.groups().get(name);
          if (group != null) {
            names
                .computeIfAbsent(members(group.issuer(), group.group()), key -> new ArrayList<>())
                .add(name);
          }
        });
    names.values().forEach(this::together);
    people
        .approvers()
        .forEach((tenant, approvers) -> {
          var ours = names.get(members(approvers.issuer(), approvers.group()));
          if (ours != null) {
            findings.error(
                source
                    .origins()
                    .getOrDefault(
                        PolicySource.approversId(tenant),
                        new Origin("tenants/" + tenant + ".yaml", 1)),
                "the approvers of `"
                    + tenant
                    + "` are the organisation's own group `"
                    + ours.getFirst()
                    + "`; a client answers with its own people");
          }
        });
  }

  private int line(String group) {
    return at(source, group).line();
  }

  static Origin at(PolicySource source, String group) {
    return source.origins().getOrDefault(PolicySource.groupId(group), new Origin("remit.yaml", 1));
  }

  private void together(List<String> names) {
    var held = EnumSet.noneOf(PersonFunction.class);
    names.forEach(name -> {
      var group = people.groups().get(name);
      if (group != null) {
        held.addAll(group.functions());
      }
    });
    held.retainAll(SEPARATE);
    var at = at(source, names.getLast());
    var who =
        names.size() == 1
            ? "`" + names.getFirst() + "` holds"
            : names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(" and "))
                + " are the same people and hold";
    if (held.size() < 2) {
      return;
    }
    boolean works = names.stream().anyMatch(this::works);
    if (held.equals(SOFT) && !works) {
      findings.warning(
          at,
          who
              + " "
              + words(held)
              + ": who writes policy can hold and end tasks under it; two groups are better");
    } else {
      findings.error(
          at,
          who
              + " "
              + words(held)
              + ", which nobody holds together; leave one and make a group for the other");
    }
  }

  /** Whether people of the group act by themselves, which is more than ending what runs. */
  private boolean works(String name) {
    OwnWork work = people.work().get(name);
    return work != null && !work.taskClasses().isEmpty();
  }

  private static String words(Set<PersonFunction> held) {
    return held.stream()
        .map(function -> "`" + function.name().toLowerCase(Locale.ROOT) + "`")
        .collect(Collectors.joining(" and "));
  }
}

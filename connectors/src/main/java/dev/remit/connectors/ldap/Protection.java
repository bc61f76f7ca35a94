package dev.remit.connectors.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import dev.remit.connectors.common.Settings;
import dev.remit.core.value.InvalidValueException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which entries are beyond every tool that changes one: members of declared groups, directly or
 * through other groups, and entries that carry a declared mark.
 *
 * <p>Members are followed from the declared group downward. A group that cannot be read, a member
 * that cannot be found, more members than {@link #MOST}, or a list of members that is not whole
 * make the answer {@code unknown}; only {@link Verdict#NO} is a no.
 *
 * @param groups where {@code {owner}} stands for the company of the entry that is asked about
 * @param marks values of attributes that set an entry apart, in lower case
 */
record Protection(List<DnTemplate> groups, Map<String, Set<String>> marks, String member) {
  static final int MOST = 1_000;

  Protection {
    groups = List.copyOf(groups);
    marks = Map.copyOf(marks);
  }

  /** Whether an entry is protected. */
  enum Verdict {
    NO,
    YES,
    UNKNOWN;

    String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  static Protection of(Settings settings, String member) {
    var marks = new LinkedHashMap<String, Set<String>>();
    settings
        .optionalPart("marks")
        .ifPresent(part -> {
          for (String attribute : part.object().members().keySet()) {
            var values = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
            values.addAll(part.texts(attribute));
            marks.put(attribute, values);
          }
        });
    var groups = settings.texts("groups").stream().map(DnTemplate::parse).toList();
    if (groups.isEmpty() && marks.values().stream().allMatch(Set::isEmpty)) {
      throw new InvalidValueException(
          settings.where() + ": name `groups` or `marks`; none is not nobody");
    }
    return new Protection(groups, marks, member);
  }

  /** The attributes that must be read with an entry to judge it. */
  Set<String> attributes() {
    return marks.keySet();
  }

  /** Everybody below the declared groups of one owner; read once, asked often. */
  record Circle(Set<DN> members, boolean isWhole) {}

  Circle circle(LDAPConnection session, String owner) throws LDAPException {
    var members = new HashSet<DN>();
    var open = new ArrayDeque<DN>();
    for (DnTemplate group : groups) {
      open.add(group.fill(owner));
    }
    members.addAll(open);
    boolean isWhole = true;
    while (!open.isEmpty()) {
      var found = Searches.at(session, open.poll(), List.of("objectClass", member));
      isWhole &= found.isPresent() && isListWhole(found.get());
      var names = found.map(entry -> Searches.values(entry, member)).orElse(List.of());
      for (String name : names) {
        var dn = known(name);
        isWhole &= dn != null;
        if (dn != null && members.add(dn)) {
          open.add(dn);
        }
      }
      if (members.size() > MOST) {
        return new Circle(members, false);
      }
    }
    return new Circle(members, isWhole);
  }

  private static @org.jspecify.annotations.Nullable DN known(String name) {
    try {
      return new DN(name);
    } catch (LDAPException e) {
      return null;
    }
  }

  /**
   * Active Directory gives long lists in parts, under names such as {@code member;range=0-1499}.
   */
  private boolean isListWhole(Entry entry) {
    return entry.getAttributes().stream()
        .noneMatch(attribute ->
            attribute.getBaseName().equalsIgnoreCase(member) && attribute.hasOptions());
  }

  Verdict verdict(Circle circle, Entry entry) throws LDAPException {
    for (var mark : marks.entrySet()) {
      if (Searches.values(entry, mark.getKey()).stream().anyMatch(mark.getValue()::contains)) {
        return Verdict.YES;
      }
    }
    if (circle.members().contains(entry.getParsedDN())) {
      return Verdict.YES;
    }
    return circle.isWhole() ? Verdict.NO : Verdict.UNKNOWN;
  }

  /** The part of a name directly below a base: the company's own container. */
  static @org.jspecify.annotations.Nullable RDN directlyBelow(DN dn, DN base) {
    if (!dn.isDescendantOf(base, false)) {
      return null;
    }
    RDN[] parts = dn.getRDNs();
    return parts[parts.length - base.getRDNs().length - 1];
  }
}

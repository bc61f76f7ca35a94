package dev.remit.workspace;

import dev.remit.core.value.Value;
import dev.remit.workspace.YamlNode.Member;
import dev.remit.workspace.YamlNode.Members;
import dev.remit.workspace.YamlNode.Scalar;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One mapping changed by another, member by member; {@code ~} takes a member away, as in JSON Merge
 * Patch (RFC 7396). Every part keeps the line on which it was written.
 */
final class Patch {
  private Patch() {}

  /** The mapping of this name in a mapping; an empty one where there is none. */
  static Members member(Members of, String name) {
    return of.members().get(name) instanceof Member(Members found, int ignored)
        ? found
        : new Members(Map.of(), of.line());
  }

  /** The first, changed by the second. */
  static Members of(Members base, Members over) {
    var all = new LinkedHashMap<>(base.members());
    over.members().forEach((name, member) -> change(all, name, member));
    return new Members(all, over.members().isEmpty() ? base.line() : over.line());
  }

  /** The same with one member in place of what had its name. */
  static Members with(Members base, String name, Members member) {
    var all = new LinkedHashMap<>(base.members());
    all.put(name, new Member(member, member.line()));
    return new Members(all, base.line());
  }

  private static void change(Map<String, Member> all, String name, Member member) {
    if (member.node() instanceof Scalar scalar && scalar.value() == Value.Null.NULL) {
      all.remove(name);
    } else if (member.node() instanceof Members changed
        && all.get(name) instanceof Member(Members known, int ignored)) {
      all.put(name, new Member(of(known, changed), member.line()));
    } else {
      all.put(name, member);
    }
  }
}

package dev.remit.core.release;

import dev.remit.core.target.TargetRef;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Remit's own systems: no call touches them, whoever approves it.
 *
 * <p>Names are compared without regard to case, width and invisible characters: another system may
 * take them for the same.
 *
 * @param targets records of the inventory that are Remit's own host, database, repository and so on
 * @param groups names of groups that give functions in Remit, beyond those that the version's
 *     people name
 */
public record OwnSystems(Set<TargetRef> targets, Set<String> groups) {

  /** None is listed. */
  public static final OwnSystems NONE = new OwnSystems(Set.of(), Set.of());

  public OwnSystems {
    targets = Set.copyOf(targets);
    groups = Set.copyOf(groups);
  }

  /** Whether this record is one of them. */
  public boolean has(TargetRef ref) {
    return targets.stream().anyMatch(own -> folded(own.text()).equals(folded(ref.text())));
  }

  /** A name as it is compared. */
  public static String folded(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC)
        .codePoints()
        .filter(c -> Character.getType(c) != Character.FORMAT && !Character.isISOControl(c))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString()
        .strip()
        .toUpperCase(Locale.ROOT)
        .toLowerCase(Locale.ROOT);
  }

  /**
   * The names that a text may mean where a system wants a group: itself, the common names of a
   * distinguished name (RFC 4514), and what stands after a domain or before one.
   */
  public static Set<String> meant(String text) {
    List<String> names = new ArrayList<>();
    var whole = folded(text);
    names.add(whole);
    for (var part : whole.split("[,+;]", -1)) {
      int equals = part.indexOf('=');
      names.add(equals < 0 ? part.strip() : part.substring(equals + 1).strip());
    }
    names.add(whole.substring(whole.lastIndexOf('\\') + 1));
    names.add(whole.substring(whole.lastIndexOf('/') + 1));
    int at = whole.indexOf('@');
    names.add(at < 0 ? whole : whole.substring(0, at));
    return names.stream().filter(name -> !name.isEmpty()).collect(Collectors.toSet());
  }
}

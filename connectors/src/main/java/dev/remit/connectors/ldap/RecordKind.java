package dev.remit.connectors.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchScope;
import dev.remit.connectors.common.Settings;
import dev.remit.core.call.Sha256;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.target.Reading;
import dev.remit.core.target.TargetRef;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One kind of entry: users or groups of all companies below one base.
 *
 * <p>Whose an entry is says the container directly below the base ({@code owner: subtree}), or one
 * attribute. An identifier names an entry exactly: the directory's own looser comparison of letters
 * and spaces finds nothing here. An attribute with no value or several is left out, so a policy
 * that reads it cannot permit.
 */
record RecordKind(
    ConnectorId connector,
    String kind,
    DN base,
    String objectClass,
    String id,
    Optional<String> ownerAttribute,
    List<String> versionFrom,
    Map<String, String> places,
    Set<String> binding,
    Map<String, Protection> protections) {
  static final String ADMINS = "{admins}";
  static final String BREAK_GLASS = "{break-glass}";
  private static final int MOST = 20_000;

  /** Attributes that hold secrets; the directory should not show them, and nobody asks. */
  private static final Set<String> SECRET =
      Set.of(
          "userpassword",
          "unicodepwd",
          "authpassword",
          "sambantpassword",
          "sambalmpassword",
          "krbprincipalkey",
          "pwdhistory",
          "ms-mcs-admpwd",
          "mslaps-password");

  RecordKind {
    versionFrom = List.copyOf(versionFrom);
    places = Map.copyOf(places);
    binding = Set.copyOf(binding);
    protections = Map.copyOf(protections);
  }

  static RecordKind of(
      ConnectorId connector, String kind, Settings settings, Map<String, Protection> protections) {
    var places = new TreeMap<String, String>();
    var attributes = settings.part("attributes");
    for (String name : attributes.object().members().keySet()) {
      places.put(name, place(attributes.text(name), protections));
    }
    var owner = settings.text("owner");
    return new RecordKind(
        connector,
        kind,
        DnTemplate.plain(settings.text("base")),
        settings.text("class"),
        attribute(settings.text("id")),
        owner.equals("subtree") ? Optional.empty() : Optional.of(attribute(owner)),
        settings.texts("version-from").stream().map(RecordKind::attribute).toList(),
        places,
        Set.copyOf(settings.texts("binding")),
        protections);
  }

  private static String place(String text, Map<String, Protection> protections) {
    if (!text.startsWith("{")) {
      return attribute(text);
    }
    if (!protections.containsKey(text)) {
      throw new InvalidValueException("`" + text + "` is not declared under `protected`");
    }
    return text;
  }

  /** The name of an attribute that holds no secret. */
  static String attribute(String name) {
    if (!name.matches("[A-Za-z][A-Za-z0-9-]{0,62}")) {
      throw new InvalidValueException("`" + name + "` is no name of an attribute");
    }
    if (SECRET.contains(name.toLowerCase(Locale.ROOT))) {
      throw new InvalidValueException("`" + name + "` holds a secret; it is never read");
    }
    return name;
  }

  private Set<String> attributes() {
    var names = new LinkedHashSet<String>(List.of(id, "objectClass", "entryUUID"));
    ownerAttribute.ifPresent(names::add);
    names.addAll(versionFrom);
    places.values().stream().filter(place -> !place.startsWith("{")).forEach(names::add);
    protections.values().forEach(protection -> names.addAll(protection.attributes()));
    return names;
  }

  List<Reading> all(LDAPConnection session) throws LDAPException {
    var filter = Filter.createEqualityFilter("objectClass", objectClass);
    var circles = new HashMap<String, Protection.Circle>();
    var readings = new ArrayList<Reading>();
    for (Entry entry : Searches.all(session, base, SearchScope.SUB, filter, MOST, attributes())) {
      var name = Searches.single(entry, id);
      if (name.isPresent()) {
        readings.add(reading(session, entry, name.get(), circles));
      }
    }
    return readings;
  }

  Optional<Reading> one(LDAPConnection session, String name) throws LDAPException {
    var found = find(session, name, Set.of());
    return found.isPresent()
        ? Optional.of(reading(session, found.get(), name, new HashMap<>()))
        : Optional.empty();
  }

  /** The entry with exactly this identifier, with these attributes as well. */
  Optional<Entry> find(LDAPConnection session, String name, Set<String> more) throws LDAPException {
    var names = new LinkedHashSet<>(attributes());
    names.addAll(more);
    var filter =
        Filter.createANDFilter(
            Filter.createEqualityFilter("objectClass", objectClass),
            Filter.createEqualityFilter(id, name));
    return Searches.only(session, base, filter, names)
        .filter(entry -> Searches.single(entry, id).filter(name::equals).isPresent());
  }

  /** The system's own name of the entry's company; empty when it names none. */
  String owner(Entry entry) throws LDAPException {
    if (ownerAttribute.isPresent()) {
      return Searches.single(entry, ownerAttribute.get()).orElse("");
    }
    var company = Protection.directlyBelow(entry.getParsedDN(), base);
    return company == null || company.getAttributeValues().length != 1
        ? ""
        : company.getAttributeValues()[0];
  }

  /** Whether the entry is beyond tools that change one, judged anew. */
  Protection.Verdict verdict(LDAPConnection session, Entry entry) throws LDAPException {
    var worst = Protection.Verdict.NO;
    for (Protection protection : protections.values()) {
      var verdict = verdict(session, protection, entry, owner(entry), new HashMap<>());
      if (verdict == Protection.Verdict.YES) {
        return verdict;
      }
      worst = verdict == Protection.Verdict.NO ? worst : verdict;
    }
    return worst;
  }

  private static Protection.Verdict verdict(
      LDAPConnection session,
      Protection protection,
      Entry entry,
      String owner,
      Map<String, Protection.Circle> circles)
      throws LDAPException {
    if (owner.isEmpty()) {
      return Protection.Verdict.UNKNOWN;
    }
    var key = protection.groups() + "\n" + owner;
    var circle = circles.get(key);
    if (circle == null) {
      circle = protection.circle(session, owner);
      circles.put(key, circle);
    }
    return protection.verdict(circle, entry);
  }

  private Reading reading(
      LDAPConnection session, Entry entry, String name, Map<String, Protection.Circle> circles)
      throws LDAPException {
    var owner = owner(entry);
    var facts = Value.Obj.EMPTY;
    for (var place : new TreeMap<>(places).entrySet()) {
      var protection = protections.get(place.getValue());
      var value =
          protection == null
              ? Searches.single(entry, place.getValue())
              : Optional.of(verdict(session, protection, entry, owner, circles).text());
      facts = value.isPresent() ? facts.with(place.getKey(), Value.of(value.get())) : facts;
    }
    return new Reading(
        new TargetRef(connector, kind, name), owner, facts, binding, version(entry, owner, facts));
  }

  private String version(Entry entry, String owner, Value.Obj facts) {
    Value record = facts;
    if (!versionFrom.isEmpty()) {
      var versions = Value.Obj.EMPTY;
      for (String attribute : new java.util.TreeSet<>(versionFrom)) {
        versions = versions.with(attribute, Value.texts(Searches.values(entry, attribute)));
      }
      record = versions;
    }
    return Sha256.of(
        Value.object("owner", owner, "dn", entry.getDN(), "record", record, "facts", facts));
  }

  /** What must still hold of the entry when it is changed; asserted by the directory itself. */
  Filter unchanged(Entry entry) {
    var conditions = new ArrayList<Filter>();
    var names = new LinkedHashSet<>(versionFrom);
    names.add("entryUUID");
    for (String attribute : names) {
      for (String value : Searches.values(entry, attribute)) {
        conditions.add(Filter.createEqualityFilter(attribute, value));
      }
    }
    conditions.add(Filter.createEqualityFilter(id, Searches.single(entry, id).orElse("")));
    return Filter.createANDFilter(conditions);
  }
}

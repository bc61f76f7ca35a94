package dev.remit.core.release;

import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.Person;
import dev.remit.core.identity.PersonFunction;
import dev.remit.core.identity.PersonId;
import dev.remit.core.tenant.TenantId;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who the people of a policy version are: which issuer vouches for whom, and which of its groups
 * holds which functions. Empty means nobody may do anything.
 *
 * @param groups groups of the MSP by name, as rules write them without {@code msp.}
 * @param approvers the approvers of each client
 * @param persons single persons whom the workspace names, as owners for instance
 */
public record People(
    Map<String, Group> groups, Map<TenantId, Approvers> approvers, Map<String, PersonId> persons) {

  /** Nobody. */
  public static final People NONE = new People(Map.of(), Map.of());

  /** The prefix of the MSP's groups in rules. */
  private static final String MSP = "msp.";

  public People {
    groups = Map.copyOf(groups);
    approvers = Map.copyOf(approvers);
    persons = Map.copyOf(persons);
  }

  /** People without persons of a name. */
  public People(Map<String, Group> groups, Map<TenantId, Approvers> approvers) {
    this(groups, approvers, Map.of());
  }

  /** A group of an issuer of the MSP's own people. */
  public record Group(String issuer, String group, Set<PersonFunction> functions) {
    public Group {
      functions = Set.copyOf(functions);
    }
  }

  /** The group of a client's own issuer whose members answer for the client. */
  public record Approvers(String issuer, String group) {}

  /** The one organisation that an issuer vouches for; empty when none or more than one. */
  public Optional<Organisation> organisationOf(String issuer) {
    boolean isOurs = groups.values().stream().anyMatch(group -> group.issuer().equals(issuer));
    var clients =
        approvers.entrySet().stream()
            .filter(entry -> entry.getValue().issuer().equals(issuer))
            .map(Map.Entry::getKey)
            .toList();
    if (isOurs == clients.isEmpty() && clients.size() <= 1) {
      return isOurs
          ? Optional.of(new Organisation.Msp())
          : Optional.of(new Organisation.Client(clients.getFirst()));
    }
    return Optional.empty();
  }

  /**
   * The groups a person is of when a rule for this tenant is answered: {@code msp.NAME} and {@code
   * tenant.approvers}.
   */
  public Set<String> groupsOf(Person person, TenantId tenant) {
    var names = new TreeSet<String>();
    groups.forEach((name, group) -> {
      if (isOf(person, group.issuer(), group.group())
          && person.organisation() instanceof Organisation.Msp) {
        names.add(MSP + name);
      }
    });
    var own = approvers.get(tenant);
    if (own != null
        && person.organisation().equals(new Organisation.Client(tenant))
        && isOf(person, own.issuer(), own.group())) {
      names.add("tenant.approvers");
    }
    return names;
  }

  /** The functions a person of the MSP holds; a client's approver approves at that client alone. */
  public Set<PersonFunction> functionsOf(Person person, TenantId tenant) {
    var held = EnumSet.noneOf(PersonFunction.class);
    for (var name : groupsOf(person, tenant)) {
      if (name.equals("tenant.approvers")) {
        held.add(PersonFunction.APPROVE);
      } else {
        var group = groups.get(name.substring(MSP.length()));
        held.addAll(group == null ? Set.of() : group.functions());
      }
    }
    return held;
  }

  /** Whether the workspace's name of a group or a person names this one. */
  public boolean isNamed(String name, PersonId person, Set<String> groupsOfPerson) {
    return groupsOfPerson.contains(MSP + name) || person.equals(persons.get(name));
  }

  /** What a group means in this version, for digests: who is of it changes with this. */
  public String meaningOf(String group, TenantId tenant) {
    if (group.equals("tenant.approvers")) {
      var own = approvers.get(tenant);
      return own == null ? "" : own.issuer() + "/" + own.group();
    }
    var named = group.startsWith(MSP) ? groups.get(group.substring(MSP.length())) : null;
    return named == null
        ? ""
        : named.issuer() + "/" + named.group() + new TreeSet<>(named.functions());
  }

  private static boolean isOf(Person person, String issuer, String group) {
    return person.id().issuer().equals(issuer) && person.groups().contains(group);
  }
}

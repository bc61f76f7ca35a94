package dev.remit.core.release;

import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.Person;
import dev.remit.core.identity.PersonFunction;
import dev.remit.core.identity.PersonId;
import dev.remit.core.tenant.TenantId;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who the people of a policy version are: which issuer vouches for whom, and which of its groups
 * holds which functions. Empty means nobody may do anything.
 *
 * @param groups groups of the MSP by name, as rules write them without {@code msp.}
 * @param approvers the approvers of each client
 * @param persons single persons whom the workspace names, as owners for instance
 * @param work what people of a group, by its name, may work on by themselves
 * @param keyModels of which models their new keys are
 * @param notes how tickets tell that people are asked; absent where they do not
 */
public record People(
    Map<String, Group> groups,
    Map<TenantId, Approvers> approvers,
    Map<String, PersonId> persons,
    Map<String, OwnWork> work,
    KeyModels keyModels,
    Optional<NoteTerms> notes) {

  /** Nobody. */
  public static final People NONE = new People(Map.of(), Map.of());

  /** The prefix of the MSP's groups in rules. */
  private static final String MSP = "msp.";

  /** Those who stand in for a client's approvers; no rule can ask for them. */
  public static final String TENANT_STAND_INS = "tenant.stand-ins";

  public People {
    groups = Map.copyOf(groups);
    approvers = Map.copyOf(approvers);
    persons = Map.copyOf(persons);
    work = Map.copyOf(work);
  }

  /** People of whose answers no ticket tells. */
  public People(
      Map<String, Group> groups,
      Map<TenantId, Approvers> approvers,
      Map<String, PersonId> persons,
      Map<String, OwnWork> work,
      KeyModels keyModels) {
    this(groups, approvers, persons, work, keyModels, Optional.empty());
  }

  /** People with keys of any model. */
  public People(
      Map<String, Group> groups,
      Map<TenantId, Approvers> approvers,
      Map<String, PersonId> persons,
      Map<String, OwnWork> work) {
    this(groups, approvers, persons, work, KeyModels.ANY);
  }

  /** People of whom nobody works by themselves. */
  public People(
      Map<String, Group> groups,
      Map<TenantId, Approvers> approvers,
      Map<String, PersonId> persons) {
    this(groups, approvers, persons, Map.of());
  }

  /** People without persons of a name. */
  public People(Map<String, Group> groups, Map<TenantId, Approvers> approvers) {
    this(groups, approvers, Map.of());
  }

  /** A group of an issuer of the MSP's own people; who stands in is another of these groups. */
  public record Group(
      String issuer, String group, Set<PersonFunction> functions, Optional<StandIn> standIn) {
    public Group {
      functions = Set.copyOf(functions);
    }

    /** A group without a stand-in. */
    public Group(String issuer, String group, Set<PersonFunction> functions) {
      this(issuer, group, functions, Optional.empty());
    }
  }

  /**
   * The group of a client's own issuer whose members answer for the client; who stands in is
   * another group of that issuer.
   */
  public record Approvers(String issuer, String group, Optional<StandIn> standIn) {

    /** Approvers without a stand-in. */
    public Approvers(String issuer, String group) {
      this(issuer, group, Optional.empty());
    }
  }

  /**
   * Who answers as well when nobody did.
   *
   * @param group of the same organisation
   * @param after so long after people were asked
   */
  public record StandIn(String group, Duration after) {}

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
   * The groups a person is of when a rule for this tenant is answered: {@code msp.NAME}, {@code
   * tenant.approvers} and {@link #TENANT_STAND_INS}.
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
    if (own != null && person.organisation().equals(new Organisation.Client(tenant))) {
      if (isOf(person, own.issuer(), own.group())) {
        names.add("tenant.approvers");
      }
      if (own.standIn().filter(other -> isOf(person, own.issuer(), other.group())).isPresent()) {
        names.add(TENANT_STAND_INS);
      }
    }
    return names;
  }

  /** The functions a person of the MSP holds; a client's approver approves at that client alone. */
  public Set<PersonFunction> functionsOf(Person person, TenantId tenant) {
    var held = EnumSet.noneOf(PersonFunction.class);
    for (var name : groupsOf(person, tenant)) {
      if (name.startsWith("tenant.")) {
        held.add(PersonFunction.APPROVE);
      } else {
        var group = groups.get(name.substring(MSP.length()));
        held.addAll(group == null ? Set.of() : group.functions());
      }
    }
    return held;
  }

  /**
   * Whether the workspace's name of a group or a person names this one; of several names, one of
   * them.
   */
  public boolean isNamed(String names, PersonId person, Set<String> groupsOfPerson) {
    return Stream.of(names.split(", ", -1))
        .anyMatch(name ->
            groupsOfPerson.contains(MSP + name)
                || personOf(name).filter(person::equals).isPresent());
  }

  /** The one person that a name is: as the workspace names one, or {@code issuer/subject}. */
  public Optional<PersonId> personOf(String name) {
    int slash = name.indexOf('/');
    return slash > 0 && slash < name.length() - 1
        ? Optional.of(new PersonId(name.substring(0, slash), name.substring(slash + 1)))
        : Optional.ofNullable(persons.get(name));
  }

  /** Who stands in for a group that a rule names. */
  public Optional<StandIn> standInOf(String group, TenantId tenant) {
    if (group.equals("tenant.approvers")) {
      return Optional.ofNullable(approvers.get(tenant)).flatMap(Approvers::standIn);
    }
    return group.startsWith(MSP)
        ? Optional.ofNullable(groups.get(group.substring(MSP.length()))).flatMap(Group::standIn)
        : Optional.empty();
  }

  /** What a group means in this version, for digests: who answers for it changes with this. */
  public String meaningOf(String group, TenantId tenant) {
    var standIn = standInOf(group, tenant);
    if (standIn.isEmpty()) {
      return membersOf(group, tenant);
    }
    var name = standIn.get().group();
    var members = group.startsWith(MSP) ? membersOf(MSP + name, tenant) : name;
    return membersOf(group, tenant) + " or after " + standIn.get().after() + " " + members;
  }

  private String membersOf(String group, TenantId tenant) {
    if (group.equals("tenant.approvers")) {
      var own = approvers.get(tenant);
      return own == null ? "" : own.issuer() + "/" + own.group();
    }
    var named = group.startsWith(MSP) ? groups.get(group.substring(MSP.length())) : null;
    return named == null
        ? ""
        : named.issuer() + "/" + named.group() + new TreeSet<>(named.functions());
  }

  /**
   * What this person may work on by themselves: by groups of theirs that have the function
   * <i>operate</i> and name task classes; never one of a client.
   */
  public Optional<OwnWork> workOf(Person person) {
    boolean isOurs =
        person.organisation() instanceof Organisation.Msp
            && organisationOf(person.id().issuer()).equals(Optional.of(person.organisation()));
    return isOurs
        ? work.entrySet().stream()
            .filter(entry -> !entry.getValue().taskClasses().isEmpty())
            .filter(entry -> isOperatorBy(person, groups.get(entry.getKey())))
            .map(Map.Entry::getValue)
            .reduce(OwnWork::and)
        : Optional.empty();
  }

  private static boolean isOperatorBy(Person person, @Nullable Group group) {
    return group != null
        && group.functions().contains(PersonFunction.OPERATE)
        && isOf(person, group.issuer(), group.group());
  }

  private static boolean isOf(Person person, String issuer, String group) {
    return person.id().issuer().equals(issuer) && person.groups().contains(group);
  }
}

package dev.remit.core.approval;

import dev.remit.core.call.Sha256;
import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.Person;
import dev.remit.core.identity.PersonFunction;
import dev.remit.core.identity.PersonId;
import dev.remit.core.release.People;
import dev.remit.core.tenant.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whose answer to a proposal counts, by the people of the policy version in force: asked when an
 * answer is given, and of the stored answer again when it is used, each time for the moment at
 * which it was given: who stands in for a group counts from a moment on, and only for what agents
 * want to do, never for keys and kills.
 *
 * <p>A rule names {@code msp.GROUP} (which must hold <i>approve</i>), {@code tenant.approvers},
 * {@code msp:FUNCTION} for whoever of the MSP holds that function, or {@code person:ISSUER/SUBJECT}
 * for one person of the MSP alone.
 */
public final class Eligibility {

  /** The MSP's people with the function <i>administer</i>. */
  public static final String ADMINISTRATORS = "msp:administer";

  /** The MSP's people with the function <i>approve</i>. */
  public static final String MSP_APPROVERS = "msp:approve";

  /** The approvers of the proposal's own tenant. */
  public static final String TENANT_APPROVERS = "tenant.approvers";

  private static final String PERSON = "person:";

  private final People people;

  /** The place in a rule that this person alone takes. */
  public static String person(PersonId person) {
    return PERSON + person.text();
  }

  public Eligibility(People people) {
    this.people = people;
  }

  /** Somebody who answers, now or as an answer remembers it. */
  public record Who(
      PersonId id, Organisation organisation, Set<String> groups, Optional<String> emailDigest) {}

  /** A person at a proposal of this tenant. */
  public Who who(Person person, TenantId tenant) {
    return new Who(
        person.id(),
        person.organisation(),
        people.groupsOf(person, tenant),
        person.email().map(Eligibility::emailDigest));
  }

  /** Who gave an answer. */
  public static Who who(Answer answer) {
    return new Who(answer.person(), answer.organisation(), answer.groups(), answer.emailDigest());
  }

  /** The digest under which an address is remembered. */
  public static String emailDigest(String address) {
    return Sha256.of(address.strip().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
  }

  /** Why this person's answer does not count, in words for that person; empty when it counts. */
  public Optional<String> objection(Proposal proposal, Who who, Instant at) {
    if (serves(proposal, who, at).isEmpty()) {
      return Optional.of(
          from(proposal, who)
              .map(from -> "you stand in from " + from + " on")
              .orElse("this waits for " + String.join(" and ", proposal.groups())));
    }
    var parties = proposal.parties();
    if (parties.asker().filter(asker -> asker.is(who)).isPresent() || isOwnKey(proposal, who)) {
      return Optional.of("you asked for this");
    }
    if (parties.requester().filter(requester -> isRequester(requester, who)).isPresent()) {
      return Optional.of("you opened the ticket");
    }
    if (parties.owners().stream()
        .anyMatch(owner -> people.isNamed(owner, who.id(), who.groups()))) {
      return Optional.of("you own this agent");
    }
    if (isAuthor(parties, who) && !isOwnerOfLaunch(proposal, who)) {
      return Optional.of("you wrote the policy that asks");
    }
    return Optional.empty();
  }

  private static boolean isOwnKey(Proposal proposal, Who who) {
    return proposal.subject() instanceof Subject.OfKey subject && subject.asker().is(who);
  }

  private static boolean isRequester(String requester, Who who) {
    var name = requester.strip();
    return name.equalsIgnoreCase(who.id().subject())
        || name.equalsIgnoreCase(who.id().text())
        || who.emailDigest().filter(emailDigest(name)::equals).isPresent();
  }

  /**
   * Owners sign for their own agents, whoever wrote these down; the other who signs is no author.
   */
  private static boolean isOwnerOfLaunch(Proposal proposal, Who who) {
    return proposal.subject() instanceof Subject.OfLaunch launch && launch.owner().equals(who.id());
  }

  private boolean isAuthor(Parties parties, Who who) {
    if (!parties.isDecided()) {
      return false;
    }
    return parties.authors().isEmpty()
        ? functions(who).contains(PersonFunction.AUTHOR)
        : parties.authors().contains(who.id());
  }

  /** The groups among those the rules name whose places this person may take at this moment. */
  public Set<String> serves(Proposal proposal, Who who, Instant at) {
    return proposal.groups().stream()
        .filter(group ->
            isOf(group, proposal.tenant(), who)
                || (!at.isBefore(standsInFrom(proposal, group)) && standsIn(proposal, group, who)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** From when this person may take a place, whether that is now or later; empty means never. */
  public Optional<Instant> from(Proposal proposal, Who who) {
    return proposal.groups().stream()
        .flatMap(group ->
            isOf(group, proposal.tenant(), who)
                ? Stream.of(proposal.askedAt())
                : Stream.of(standsInFrom(proposal, group))
                    .filter(from -> from.isBefore(proposal.answerBy()))
                    .filter(from -> standsIn(proposal, group, who)))
        .min(Instant::compareTo);
  }

  /** When those who stand in for a group begin to count; never is {@link Instant#MAX}. */
  private Instant standsInFrom(Proposal proposal, String group) {
    return proposal
        .ofAgent()
        .flatMap(wanted -> people.standInOf(group, proposal.tenant()))
        .map(standIn -> proposal.askedAt().plus(standIn.after()))
        .orElse(Instant.MAX);
  }

  private boolean standsIn(Proposal proposal, String group, Who who) {
    var tenant = proposal.tenant();
    return people
        .standInOf(group, tenant)
        .filter(standIn ->
            group.equals(TENANT_APPROVERS)
                ? isOfClient(People.TENANT_STAND_INS, tenant, who)
                : isOf("msp." + standIn.group(), tenant, who))
        .isPresent();
  }

  private boolean isOf(String group, TenantId tenant, Who who) {
    if (group.equals(TENANT_APPROVERS)) {
      return isOfClient(group, tenant, who);
    }
    if (group.startsWith(PERSON)) {
      return group.equals(person(who.id()))
          && who.organisation() instanceof Organisation.Msp
          && people.organisationOf(who.id().issuer()).equals(Optional.of(who.organisation()));
    }
    if (group.startsWith("msp:")) {
      return Arrays.stream(PersonFunction.values())
          .filter(function -> group.equals("msp:" + function.name().toLowerCase(Locale.ROOT)))
          .anyMatch(functions(who)::contains);
    }
    return functionsOf(group, who).contains(PersonFunction.APPROVE);
  }

  private boolean isOfClient(String group, TenantId tenant, Who who) {
    var own = people.approvers().get(tenant);
    var client = new Organisation.Client(tenant);
    return own != null
        && own.issuer().equals(who.id().issuer())
        && who.organisation().equals(client)
        && people.organisationOf(who.id().issuer()).equals(Optional.of(client))
        && who.groups().contains(group);
  }

  /** Functions the person holds at the MSP by this version. */
  public Set<PersonFunction> functions(Who who) {
    return who.groups().stream()
        .flatMap(group -> functionsOf(group, who).stream())
        .collect(Collectors.toSet());
  }

  private Set<PersonFunction> functionsOf(String name, Who who) {
    var group = name.startsWith("msp.") ? people.groups().get(name.substring(4)) : null;
    if (group == null) {
      return Set.of();
    }
    boolean isOurs =
        who.groups().contains(name)
            && who.organisation() instanceof Organisation.Msp
            && group.issuer().equals(who.id().issuer())
            && people.organisationOf(group.issuer()).equals(Optional.of(new Organisation.Msp()));
    return isOurs ? group.functions() : Set.of();
  }
}

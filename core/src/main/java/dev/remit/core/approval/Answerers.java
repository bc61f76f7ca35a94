package dev.remit.core.approval;

import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.Person;
import dev.remit.core.identity.PersonFunction;
import dev.remit.core.release.People;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Who may answer a proposal now, and who from when: for telling people, never for counting answers.
 *
 * <p>Everything here is of the proposal's own tenant or of the MSP; nobody of another client is
 * ever among them.
 */
public final class Answerers {

  private final People people;

  /** Those of this policy version. */
  public Answerers(People people) {
    this.people = people;
  }

  /**
   * The members of one of an issuer's groups, from a moment on.
   *
   * @param place the group that the rule names, such as {@code tenant.approvers}
   * @param group the group as the issuer calls it
   * @param from askedAt, or when those who stand in begin to count
   */
  public record Circle(
      String place,
      Organisation organisation,
      String issuer,
      String group,
      Instant from,
      boolean isStandIn) {}

  /** Everybody who may answer in its time, those first who may earlier. */
  public List<Circle> of(Proposal proposal) {
    var all = new ArrayList<Circle>();
    for (var place : proposal.groups()) {
      members(proposal, place, all);
      standIns(proposal, place, all);
    }
    all.sort(java.util.Comparator.comparing(Circle::from));
    return List.copyOf(all);
  }

  /** Those who may answer at this moment; nobody once it is not open any more. */
  public List<Circle> at(Proposal proposal, Instant at) {
    return proposal.stateAt(at) == Proposal.State.OPEN
        ? of(proposal).stream().filter(circle -> !at.isBefore(circle.from())).toList()
        : List.of();
  }

  /** When more people may answer than at this moment, if they ever may. */
  public Optional<Instant> next(Proposal proposal, Instant at) {
    return of(proposal).stream().map(Circle::from).filter(at::isBefore).min(Instant::compareTo);
  }

  /** From when this person may answer; empty means never. */
  public Optional<Instant> from(Proposal proposal, Person person) {
    var eligibility = new Eligibility(people);
    var who = eligibility.who(person, proposal.tenant());
    return eligibility
        .from(proposal, who)
        .filter(from -> eligibility.objection(proposal, who, from).isEmpty());
  }

  private void members(Proposal proposal, String place, List<Circle> all) {
    var from = proposal.askedAt();
    if (place.equals(Eligibility.TENANT_APPROVERS)) {
      var own = people.approvers().get(proposal.tenant());
      if (own != null) {
        all.add(clients(proposal, own.issuer(), own.group(), from, false));
      }
    } else if (place.startsWith("msp:")) {
      people.groups().values().stream()
          .filter(group -> group.functions().stream().anyMatch(held -> isNamed(held, place)))
          .forEach(group -> all.add(ours(place, group, from, false)));
    } else {
      ourGroup(place.replaceFirst("^msp\\.", ""))
          .ifPresent(group -> all.add(ours(place, group, from, false)));
    }
  }

  private void standIns(Proposal proposal, String place, List<Circle> all) {
    var standIn = proposal.ofAgent().flatMap(wanted -> people.standInOf(place, proposal.tenant()));
    if (standIn.isEmpty()) {
      return;
    }
    var from = proposal.askedAt().plus(standIn.get().after());
    if (!from.isBefore(proposal.answerBy())) {
      return;
    }
    if (place.equals(Eligibility.TENANT_APPROVERS)) {
      var own = people.approvers().get(proposal.tenant());
      if (own != null) {
        all.add(clients(proposal, own.issuer(), standIn.get().group(), from, true));
      }
    } else {
      ourGroup(standIn.get().group()).ifPresent(group -> all.add(ours(place, group, from, true)));
    }
  }

  /** Only a group that holds <i>approve</i> takes a place by its name. */
  private Optional<People.Group> ourGroup(String name) {
    return people.groups().entrySet().stream()
        .filter(entry -> entry.getKey().equals(name))
        .map(Map.Entry::getValue)
        .filter(group -> group.functions().contains(PersonFunction.APPROVE))
        .findFirst();
  }

  private static boolean isNamed(PersonFunction function, String place) {
    return place.equals("msp:" + function.name().toLowerCase(Locale.ROOT));
  }

  private static Circle ours(String place, People.Group group, Instant from, boolean isStandIn) {
    return new Circle(
        place, new Organisation.Msp(), group.issuer(), group.group(), from, isStandIn);
  }

  private static Circle clients(
      Proposal proposal, String issuer, String group, Instant from, boolean isStandIn) {
    return new Circle(
        Eligibility.TENANT_APPROVERS,
        new Organisation.Client(proposal.tenant()),
        issuer,
        group,
        from,
        isStandIn);
  }
}

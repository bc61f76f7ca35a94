package dev.remit.web;

import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.Person;
import dev.remit.core.identity.PersonFunction;
import dev.remit.core.identity.PersonId;
import dev.remit.core.release.People;
import dev.remit.core.release.Release;
import dev.remit.core.release.VersionId;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.tenant.TenantId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** People of the MSP, one for each function, and of two clients. */
final class Team {

  static final TenantId HARBOR = new TenantId("harbor-dental");
  static final TenantId SUMMIT = new TenantId("summit-freight");

  static final Person APPROVER = msp("ann", "approvers");
  static final Person OPERATOR = msp("otto", "operators");
  static final Person OVERSEER = msp("olga", "overseers");
  static final Person AUTHOR = msp("arne", "authors");
  static final Person ADMINISTRATOR = msp("adam", "administrators");
  static final Person NOBODY = msp("nina", "trainees");
  static final Person HARBOR_APPROVER = client(HARBOR, "hanna", "it-approvers");
  static final Person HARBOR_CLERK = client(HARBOR, "hugo", "front-desk");
  static final Person SUMMIT_APPROVER = client(SUMMIT, "sven", "it-approvers");

  /** A client's issuer says that its person is of a group of the MSP. */
  static final Person PRETENDER = client(HARBOR, "pia", "approvers");

  static final List<Person> ALL =
      List.of(
          APPROVER,
          OPERATOR,
          OVERSEER,
          AUTHOR,
          ADMINISTRATOR,
          NOBODY,
          HARBOR_APPROVER,
          HARBOR_CLERK,
          SUMMIT_APPROVER,
          PRETENDER);

  private Team() {}

  static Person msp(String subject, String group) {
    return person("staff", subject, new Organisation.Msp(), group);
  }

  static Person client(TenantId tenant, String subject, String group) {
    return person(tenant.value(), subject, new Organisation.Client(tenant), group);
  }

  private static Person person(String issuer, String subject, Organisation of, String group) {
    return new Person(
        new PersonId(issuer, subject),
        "Person " + subject,
        of,
        Set.of(group),
        Optional.empty(),
        Samples.NOW);
  }

  static People people() {
    var groups = new LinkedHashMap<String, People.Group>();
    groups.put("approvers", group("approvers", PersonFunction.APPROVE));
    groups.put("operators", group("operators", PersonFunction.OPERATE));
    groups.put("overseers", group("overseers", PersonFunction.OVERSEE));
    groups.put("authors", group("authors", PersonFunction.AUTHOR));
    groups.put("administrators", group("administrators", PersonFunction.ADMINISTER));
    return new People(
        groups,
        Map.of(
            HARBOR, new People.Approvers("harbor-dental", "it-approvers"),
            SUMMIT, new People.Approvers("summit-freight", "it-approvers")));
  }

  private static People.Group group(String name, PersonFunction function) {
    return new People.Group("staff", name, Set.of(function));
  }

  static Release release(People people) {
    var tenants = new LinkedHashMap<TenantId, Tenant>();
    tenants.put(HARBOR, new Tenant(HARBOR, "Harbor Dental", Map.of(), List.of()));
    tenants.put(SUMMIT, new Tenant(SUMMIT, "Summit Freight", Map.of(), List.of()));
    return new Release(
        new VersionId("sha256:00"),
        "example-msp",
        tenants,
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        new ConnectorId("rmm"),
        people,
        Set.of());
  }
}

package dev.remit.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.Person;
import dev.remit.core.identity.PersonFunction;
import dev.remit.core.identity.PersonId;
import dev.remit.core.release.People;
import dev.remit.core.tenant.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExamplePeopleTest {
  private static final TenantId HARBOR = new TenantId("harbor-dental");
  private final People people = Example.loaded().release().people();

  private static Person person(String issuer, Organisation organisation, String group) {
    return new Person(
        new PersonId(issuer, "somebody"),
        "Somebody",
        organisation,
        Set.of(group),
        Optional.empty(),
        Instant.EPOCH);
  }

  @Test
  void groupsOfTheMspHoldTheirFunctions() {
    var senior = person("staff", new Organisation.Msp(), "senior-technicians");
    assertThat(people.groupsOf(senior, HARBOR)).containsExactly("msp.senior-technicians");
    assertThat(people.functionsOf(senior, HARBOR)).containsExactly(PersonFunction.APPROVE);
    var manager = person("staff", new Organisation.Msp(), "service-managers");
    assertThat(people.functionsOf(manager, HARBOR))
        .containsExactlyInAnyOrder(PersonFunction.OVERSEE, PersonFunction.ADMINISTER);
  }

  @Test
  void approversOfAClientAnswerForThatClientAlone() {
    var approver = person("harbor-dental", new Organisation.Client(HARBOR), "it-approvers");
    assertThat(people.groupsOf(approver, HARBOR)).containsExactly("tenant.approvers");
    assertThat(people.groupsOf(approver, new TenantId("northwind-legal"))).isEmpty();
  }

  @Test
  void everyIssuerVouchesForOneOrganisation() {
    assertThat(people.organisationOf("staff")).contains(new Organisation.Msp());
    assertThat(people.organisationOf("harbor-dental")).contains(new Organisation.Client(HARBOR));
    assertThat(people.organisationOf("lab")).isEmpty();
  }
}

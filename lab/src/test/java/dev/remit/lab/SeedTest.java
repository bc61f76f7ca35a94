package dev.remit.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.lab.estate.Device;
import dev.remit.lab.estate.NodeRole;
import dev.remit.lab.estate.Person;
import dev.remit.lab.estate.Seed;
import dev.remit.lab.estate.Service;
import dev.remit.lab.estate.Ticket;
import dev.remit.lab.estate.WellKnown;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeedTest {
  @Test
  void equalSeedsGiveEqualEstates() {
    assertThat(Seed.of(7)).isEqualTo(Seed.of(7));
  }

  @Test
  void otherSeedsGiveOtherEstates() {
    assertThat(Seed.of(7).devices()).isNotEqualTo(Seed.of(8).devices());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 42, -9, 1L << 40})
  void everySeedHasTheWellKnownParts(long number) {
    Seed seed = Seed.of(number);
    assertThat(seed.devices()).hasSizeBetween(40, 60);
    for (int organization = 1; organization <= 3; organization++) {
      for (NodeRole role : NodeRole.values()) {
        int own = organization;
        assertThat(seed.devices()).anyMatch(d -> d.organizationId() == own && d.role() == role);
      }
      assertThat(role(seed, organization, WellKnown.DOMAIN_CONTROLLER))
          .isEqualTo(NodeRole.DOMAIN_CONTROLLER);
      assertThat(role(seed, organization, WellKnown.HYPERVISOR)).isEqualTo(NodeRole.HYPERVISOR);
      assertThat(role(seed, organization, WellKnown.DATABASE_SERVER)).isEqualTo(NodeRole.DATABASE);
    }
    assertThat(spooler(seed, 1001)).isEqualTo(Service.State.STOP_PENDING);
    assertThat(spooler(seed, 2001)).isEqualTo(Service.State.STOPPED);
    assertThat(spooler(seed, 1010)).isEqualTo(Service.State.RUNNING);
  }

  @Test
  void aTicketNamesAPersonOfItsCompanyUnlessItIsMeantNotTo() {
    Seed seed = Seed.of(1);
    List<Integer> hostile = List.of(5005, 5006, 5007);
    for (Ticket ticket : seed.tickets()) {
      boolean isOwn =
          seed.people().stream()
              .anyMatch(p ->
                  p.uid().equals(ticket.requesterUid())
                      && p.kind() == Person.Kind.CONTACT
                      && p.organizationId() == ticket.clientId());
      assertThat(isOwn).as("ticket %s", ticket.id()).isNotEqualTo(hostile.contains(ticket.id()));
    }
  }

  private static NodeRole role(Seed seed, int organization, int place) {
    int id = WellKnown.device(organization, place);
    return seed.devices().stream()
        .filter(d -> d.id() == id)
        .map(Device::role)
        .findFirst()
        .orElseThrow();
  }

  private static Service.State spooler(Seed seed, int device) {
    return seed.services().getOrDefault(device, List.of()).stream()
        .filter(s -> s.name().equals(WellKnown.SPOOLER))
        .findFirst()
        .orElseThrow()
        .state();
  }
}

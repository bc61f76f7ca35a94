package dev.remit.connectors.http;

import dev.remit.connectors.common.Pointer;
import dev.remit.connectors.common.Settings;
import dev.remit.core.execution.Connector.Ticket;
import dev.remit.core.execution.Connector.VendorException;
import dev.remit.core.execution.Cut;
import dev.remit.core.lease.Credential;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Tickets as an HTTP system shows them.
 *
 * <p>Promises: what the record does not say counts against the ticket: no requester, no person, not
 * open.
 */
final class HttpTickets {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private final VendorApi vendor;
  private final PathTemplate one;
  private final Pointer id;
  private final Pointer owner;
  private final Pointer requester;
  private final Pointer subject;
  private final Test person;
  private final Test open;

  HttpTickets(Settings settings, VendorApi vendor) {
    this.vendor = vendor;
    this.one = RequestTemplate.path(settings.part("one"));
    this.id = settings.optionalPointer("id").orElse(Pointer.parse("/id"));
    this.owner = settings.pointer("owner");
    this.requester = settings.pointer("requester");
    this.subject = settings.pointer("subject");
    this.person = Test.of(settings.part("person"));
    this.open = Test.of(settings.part("open"));
  }

  /** Whether a field has one of some values, or none of some. */
  record Test(Pointer pointer, List<String> in, List<String> notIn) {
    static Test of(Settings settings) {
      var in = settings.texts("equals").isEmpty() ? settings.texts("in") : settings.texts("equals");
      return new Test(settings.pointer("pointer"), in, settings.texts("not-in"));
    }

    boolean holds(Value record) {
      return pointer
          .text(record)
          .filter(word -> in.isEmpty() || in.contains(word))
          .filter(word -> !notIn.contains(word))
          .isPresent();
    }
  }

  Optional<Ticket> one(String wanted, Credential credential) {
    return vendor
        .read(
            vendor.address(one, Value.object("id", wanted, "ticket", wanted)),
            credential,
            TIMEOUT,
            new Cut())
        .map(this::ticket)
        .filter(ticket -> ticket.id().equals(wanted));
  }

  private Ticket ticket(Value record) {
    return new Ticket(
        id.text(record).orElseThrow(() -> new VendorException("a ticket without identifier")),
        owner.text(record).orElse(""),
        requester.text(record).orElse(""),
        requester.text(record).isPresent() && person.holds(record),
        open.holds(record),
        subject.text(record).orElse(""));
  }
}

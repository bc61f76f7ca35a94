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
 * open; where the system lists its requesters, one who is not the company's own is no person of the
 * ticket.
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
  private final Optional<Requesters> requesters;

  HttpTickets(Settings settings, VendorApi vendor) {
    this.vendor = vendor;
    this.one = RequestTemplate.path(settings.part("one"));
    this.id = settings.optionalPointer("id").orElse(Pointer.parse("/id"));
    this.owner = settings.pointer("owner");
    this.requester = settings.pointer("requester");
    this.subject = settings.pointer("subject");
    this.person = Test.of(settings.part("person"));
    this.open = Test.of(settings.part("open"));
    this.requesters =
        settings
            .optionalPart("requesters")
            .map(part ->
                new Requesters(
                    new HttpListing(part.part("list"), vendor),
                    part.pointer("id"),
                    part.pointer("owner")));
  }

  /** Where the system lists who may be a requester, and whose person each is. */
  private record Requesters(HttpListing list, Pointer id, Pointer owner) {

    /** Whether exactly one is listed under this identifier, and is this company's. */
    boolean isOf(String requester, String company, Credential credential) {
      var found =
          list.all(credential).stream()
              .filter(person -> id.text(person).equals(Optional.of(requester)))
              .toList();
      return found.size() == 1 && owner.text(found.getFirst()).equals(Optional.of(company));
    }
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
        .filter(record -> name(record).equals(wanted))
        .map(record -> ticket(record, credential));
  }

  private String name(Value record) {
    return id.text(record).orElseThrow(() -> new VendorException("a ticket without identifier"));
  }

  private Ticket ticket(Value record, Credential credential) {
    var company = owner.text(record).orElse("");
    var who = requester.text(record).orElse("");
    boolean isPerson =
        !who.isEmpty()
            && person.holds(record)
            && requesters.map(all -> all.isOf(who, company, credential)).orElse(true);
    return new Ticket(
        name(record), company, who, isPerson, open.holds(record), subject.text(record).orElse(""));
  }
}

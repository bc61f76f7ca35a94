package dev.remit.lab.psa;

import dev.remit.lab.estate.Desk;
import dev.remit.lab.estate.Estate;
import dev.remit.lab.estate.Organization;
import dev.remit.lab.estate.Person;
import dev.remit.lab.http.Call;
import dev.remit.lab.http.Json;
import dev.remit.lab.http.Pages;
import dev.remit.lab.http.Refusal;
import dev.remit.lab.http.Reply;
import dev.remit.lab.rmm.Views;
import dev.remit.lab.vendor.Operation;
import java.util.Comparator;
import java.util.List;

/** Companies, their contacts, the queues, and the PSA's own log. */
final class CompanyApi {
  private final Estate estate;

  CompanyApi(Estate estate) {
    this.estate = estate;
  }

  List<Operation> operations() {
    return List.of(
        Operation.get(
            "psa-companies", "/v1/companies", Psa.READ, this::companies, "pageSize", "after"),
        Operation.get(
            "psa-company",
            "/v1/companies/{company}",
            Psa.READ,
            call -> Reply.ok(PsaViews.company(estate.organization(call.pathInt("company"))))),
        Operation.get(
            "psa-contacts",
            "/v1/contacts",
            Psa.READ,
            this::contacts,
            "company",
            "email",
            "pageSize",
            "after"),
        Operation.get("psa-contact", "/v1/contacts/{contact}", Psa.READ, this::contact),
        Operation.get(
            "psa-queues",
            "/v1/queues",
            Psa.READ,
            call -> Reply.ok(Json.object("items", Desk.QUEUES, "total", Desk.QUEUES.size()))),
        Operation.get(
            "psa-activities",
            "/v1/activities",
            Psa.READ,
            call ->
                Reply.ok(
                    Json.object(
                        "items", estate.psaLog().all().stream().map(Views::activity).toList()))));
  }

  private Reply companies(Call call) {
    return Pages.of(estate.organizations(), Organization::id, PsaViews::company, call);
  }

  private List<Person> people() {
    return estate.people().stream()
        .filter(person -> person.kind() == Person.Kind.CONTACT)
        .sorted(Comparator.comparingInt(Person::id))
        .toList();
  }

  private Reply contacts(Call call) {
    List<Person> fitting =
        people().stream()
            .filter(person -> Pages.fits(call, "company", person.organizationId()))
            .filter(person -> Pages.fits(call, "email", person.email()))
            .toList();
    return Pages.of(fitting, Person::id, PsaViews::contact, call);
  }

  private Reply contact(Call call) {
    int id = call.pathInt("contact");
    return Reply.ok(
        people().stream()
            .filter(person -> person.id() == id)
            .findFirst()
            .map(PsaViews::contact)
            .orElseThrow(() -> Refusal.notFound("no contact `" + id + "`")));
  }
}

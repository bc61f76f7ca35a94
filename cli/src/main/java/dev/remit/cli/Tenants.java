package dev.remit.cli;

import dev.remit.cli.people.PeopleApi;
import dev.remit.core.value.Value;
import java.util.ArrayList;
import java.util.List;

/** The tenants that a command is about. */
final class Tenants {

  private Tenants() {}

  /** The one that was named, or all that the server knows. */
  static List<String> chosen(PeopleApi people, String named) {
    if (!named.isEmpty()) {
      return List.of(named);
    }
    List<String> names = new ArrayList<>();
    for (Value tenant : people.get("/v1/tenants").items("tenants")) {
      names.add(Output.text(tenant, "tenant"));
    }
    return names;
  }
}
